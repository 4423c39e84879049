/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "fr-test-support.h"
#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_wishes_add ();
  test_recent_searches_add ();
  return fr_test_run ();
}
