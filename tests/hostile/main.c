/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "fr-test-support.h"
#include "hostile-ground.h"
#include "tests.h"

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_greetings_add ();
  test_floods_add ();
  test_lies_add ();
  test_acquaintances_add ();
  test_newest_add ();
  test_transfers_add ();
  test_penalty_add ();
  test_doors_add (); /* before what leaves the victim with all the sessions that it may have, for a while */
  test_dials_add ();
  test_server_add ();
  result = fr_test_run ();
  ground_clear ();
  test_server_clear ();
  return result;
}
