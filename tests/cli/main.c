/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_codec_add ();
  test_connection_add ();
  test_socket_add ();
  test_output_add ();
  test_options_add ();
  test_qr_add ();
  test_commands_add ();
  test_xray_add ();
  test_backup_people_add ();
  test_keeping_add ();
  return g_test_run ();
}
