/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>

#include "fr-node-error.h"
#include "fr-person-private.h"
#include "fr-test-support.h"

#include "crowd.h"
#include "tests.h"

/* A store that takes nothing about people for a while, as on a disk that is full. */

static void
execute (Crowd *crowd, const char *sql)
{
  g_autofree char *path = g_build_filename (crowd->folder, "freshet.db", NULL);
  sqlite3 *connection;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  sqlite3_busy_timeout (connection, 5000);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (connection);
}

static void
fill_disk (Crowd *crowd)
{
  execute (crowd, "CREATE TRIGGER no_insert BEFORE INSERT ON people BEGIN SELECT RAISE (ABORT, 'full'); END;"
                  "CREATE TRIGGER no_update BEFORE UPDATE ON people BEGIN SELECT RAISE (ABORT, 'full'); END;"
                  "CREATE TRIGGER no_delete BEFORE DELETE ON people BEGIN SELECT RAISE (ABORT, 'full'); END;");
}

static void
make_room (Crowd *crowd)
{
  execute (crowd, "DROP TRIGGER no_insert; DROP TRIGGER no_update; DROP TRIGGER no_delete;");
}

static void
trouble_cb (FrPeople *people, const char *message, gpointer data)
{
  g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_NOT_KEPT, NULL);

  g_assert_cmpstr (message, ==, error->message);
  ++*(guint *) data;
}

static gboolean
all_have_failed (gpointer people)
{
  return ((FrPeople *) people)->n_writing == 0 && ((FrPeople *) people)->unwritten->len > 0;
}

static gboolean
all_is_written (gpointer people)
{
  return ((FrPeople *) people)->n_writing == 0 && ((FrPeople *) people)->unwritten->len == 0;
}

/* Somebody is added, somebody blocked, somebody removed and comes back, and one has another key: all that is kept, in the
 * end, and the person was told once. */
static void
test_tried_again (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  FrPerson *zoe, *mia, *tom;
  guint n_told = 0;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  g_signal_connect (crowd->people, "trouble", G_CALLBACK (trouble_cb), &n_told);
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  tom = crowd_add (crowd, "tom");
  fr_test_wait_until (all_is_written, crowd->people, 5);

  fill_disk (crowd);
  mia = crowd_add (crowd, "mia");
  crowd_report_named (crowd, FR_REPORT_LINK_UP, &crowd->mia, "mia", "Mia");
  fr_people_block (crowd->people, mia);
  fr_people_take_other_key (crowd->people, zoe, &crowd->own);
  g_assert_true (fr_people_accept_other (crowd->people, zoe, &crowd->own));
  fr_people_remove (crowd->people, tom);
  fr_test_wait_until (all_have_failed, crowd->people, 5);
  before = crowd_list_stored (crowd);
  g_assert_cmpuint (before->len, ==, 2);
  g_assert_true (fr_peer_key_equal (&((FrPersonRecord *) g_ptr_array_index (before, 0))->key, &crowd->zoe));
  g_assert_cmpuint (n_told, ==, 1);

  make_room (crowd);
  fr_test_wait_until (all_is_written, crowd->people, 20);
  after = crowd_list_stored (crowd);
  g_assert_cmpuint (after->len, ==, 2);
  for (guint i = 0; i < after->len; i++)
    {
      const FrPersonRecord *record = g_ptr_array_index (after, i);
      gboolean is_mia = fr_peer_key_equal (&record->key, &crowd->mia);

      g_assert_true (is_mia || fr_peer_key_equal (&record->key, &crowd->own));
      g_assert_cmpint (record->blocked, ==, is_mia);
      g_assert_cmpint (record->auto_connect, ==, !is_mia);
    }
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_cmpuint (crowd->people->write_pause_ms, ==, 0);

  /* the next time is told of again */
  fill_disk (crowd);
  crowd_add (crowd, "ben");
  fr_test_wait_until (all_have_failed, crowd->people, 5);
  g_assert_cmpuint (n_told, ==, 2);
}

/* What has been done otherwise since is not undone by what could not be written then. */
static void
test_outdated (Crowd *crowd, gconstpointer data)
{
  g_autoptr (GPtrArray) stored = NULL;
  FrPerson *zoe, *tom;

  fr_people_set_server (crowd->people, SERVER, "me", TRUE);
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  tom = crowd_add (crowd, "tom");
  fr_test_wait_until (all_is_written, crowd->people, 5);

  fill_disk (crowd);
  fr_people_remove (crowd->people, zoe);
  fr_people_remove (crowd->people, tom);
  fr_people_remove (crowd->people, crowd_add (crowd, "mia"));
  fr_test_wait_until (all_have_failed, crowd->people, 5);
  make_room (crowd);
  zoe = crowd_add_invited (crowd, "Zoë", &crowd->zoe, SERVER);
  tom = crowd_add (crowd, "tom");
  fr_test_wait_until (all_is_written, crowd->people, 20);
  stored = crowd_list_stored (crowd);
  g_assert_cmpuint (stored->len, ==, 2);
  for (guint i = 0; i < stored->len; i++)
    g_assert_cmpstr (((FrPersonRecord *) g_ptr_array_index (stored, i))->address, !=, "mia");
}

void
test_people_store_add (void)
{
  g_test_add ("/node/people-store/tried-again", Crowd, NULL, crowd_set_up, test_tried_again, crowd_tear_down);
  g_test_add ("/node/people-store/outdated", Crowd, NULL, crowd_set_up, test_outdated, crowd_tear_down);
}
