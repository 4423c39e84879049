/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "test-servers.h"
#include "tests.h"

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_guarded_address_add ();
  test_json_guard_add ();
  test_signal_add ();
  test_server_address_add ();
  test_backoff_add ();
  test_peer_guests_add ();
  test_peer_registry_add ();
  test_frame_limit_add ();
  test_server_add ();
  test_server_limits_add ();
  test_client_add ();
  test_client_faults_add ();
  status = g_test_run ();
  test_server_stop_shared ();
  return status;
}
