/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_audience_add ();
  test_check_add ();
  test_content_add ();
  test_crash_add ();
  test_database_add ();
  test_describe_add ();
  test_disk_full_add ();
  test_files_add ();
  test_find_incoming_add ();
  test_incoming_add ();
  test_newest_add ();
  test_origin_name_add ();
  test_originals_add ();
  test_people_add ();
  test_acquaintances_add ();
  test_reader_add ();
  test_rescue_add ();
  test_room_add ();
  test_search_add ();
  test_hidden_add ();
  test_shown_add ();
  test_store_add ();
  test_wanted_add ();
  test_wishes_add ();
  test_at_once_add ();
  return g_test_run ();
}
