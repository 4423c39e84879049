/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

/* Galleries that are exported, imported and checked: nothing of the network is needed. */
int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_manifest_add ();
  test_pack_add ();
  test_pack_originals_add ();
  test_gallery_check_add ();
  return g_test_run ();
}
