/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_end_to_end_add ();
  test_other_computers_add ();
  test_transfers_add ();
  test_trouble_add ();
  test_control_add ();
  test_recovery_add ();
  test_moving_add ();
  return g_test_run ();
}
