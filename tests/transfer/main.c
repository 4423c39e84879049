/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_block_set_add ();
  test_deadline_add ();
  test_download_plan_add ();
  test_upload_plan_add ();
  test_transfer_add ();
  test_rate_add ();
  test_hostile_holder_add ();
  test_hostile_asker_add ();
  return g_test_run ();
}
