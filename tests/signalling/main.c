/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_json_guard_add ();
  test_signal_add ();
  test_server_address_add ();
  return g_test_run ();
}
