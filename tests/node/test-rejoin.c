/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "fr-neighbour-list.h"
#include "fr-record.h"
#include "fr-test-support.h"

#include "node-lab.h"
#include "rude-peer.h"
#include "tests.h"

/* Starting again without a server: by what is remembered of others. */

static gboolean
is_here (gpointer data)
{
  return fr_people_get_n_here (fr_node_get_people (data)) > 0;
}

static FrNode *
open_with_doorbell (NodeLab *lab, guint i, const char *name, const char *server)
{
  FrNodeOptions options = { .folder = lab->folders[i], .name = name, .server = server, .open = TRUE, .doorbell = TRUE };

  return lab_open_node_with (&options);
}

static char *
read_neighbours (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  sqlite3 *connection;
  sqlite3_stmt *statement;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &connection, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (connection, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (connection, "SELECT value FROM settings WHERE name = 'neighbours'", -1, &statement,
                                       NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (connection);
  return text;
}

/* A record comes a little after the link, and one that says where the doorbell is perhaps after that. */
static gboolean
knows_a_doorbell (gpointer folder)
{
  g_autofree char *text = read_neighbours (folder);
  g_autoptr (GPtrArray) records = fr_neighbour_list_read (text);

  for (guint i = 0; i < records->len; i++)
    {
      g_auto (FrRecord) record = { 0 };
      gsize size;
      const void *data = g_bytes_get_data (g_ptr_array_index (records, i), &size);

      if (fr_record_parse (data, size, &record) && *record.doorbell != '\0')
        return TRUE;
    }
  return FALSE;
}

/* The server is gone for ever; whoever starts again is back by the record of a neighbour, at its doorbell. */
static void
test_doorbell (void)
{
  NodeLab lab = { .n_nodes = 2 };
  g_autofree char *address = NULL;
  FrPeerServer *server = rude_server_new (0, &address);
  g_autoptr (FrPerson) person = NULL;

  for (guint i = 0; i < 2; i++)
    {
      lab.folders[i] = fr_test_folder_new ();
      lab.nodes[i] = open_with_doorbell (&lab, i, i == 0 ? "Anna" : "Ben", address);
      fr_test_wait_until (lab_is_online, lab.nodes[i], 10);
    }
  fr_test_wait_until (lab_is_here, lab_add_person (lab.nodes[1], "anna"), 15);
  fr_test_wait_until (is_here, lab.nodes[0], 5);
  fr_test_wait_until (knows_a_doorbell, lab.folders[1], 20);
  lab_close_node (g_steal_pointer (&lab.nodes[1]));
  fr_peer_server_stop (server);
  g_object_unref (server);
  lab.nodes[1] = open_with_doorbell (&lab, 1, NULL, NULL);
  g_assert_true (fr_node_get_open (lab.nodes[1]));
  fr_test_wait_until (is_here, lab.nodes[1], 20);
  person = g_list_model_get_item (G_LIST_MODEL (fr_node_get_people (lab.nodes[1])), 0);
  g_assert_cmpstr (fr_person_get_name (person), ==, "Anna");
  g_assert_cmpstr (fr_way_to_string (fr_person_get_way (person)), ==, "doorbell");
  lab_clear (&lab);
}

static GBytes *
make_record (const char *name)
{
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  Freshet__PeerRecord *message = fr_record_sign (identity, name, "ws://127.0.0.1:9000/", name, NULL, TRUE);
  GBytes *packed = fr_message_pack (&message->base);

  fr_record_free_message (message);
  return packed;
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) read = NULL, cut = NULL, none = NULL, noise = NULL;
  g_autofree char *text = NULL, *damaged = NULL;

  for (guint i = 0; i <= FR_NEIGHBOUR_LIST_MAX; i++)
    g_ptr_array_add (records, make_record ("somebody"));
  text = fr_neighbour_list_write (records);
  read = fr_neighbour_list_read (text);
  g_assert_cmpuint (read->len, ==, FR_NEIGHBOUR_LIST_MAX);
  for (guint i = 0; i < read->len; i++)
    g_assert_true (g_bytes_equal (g_ptr_array_index (read, i), g_ptr_array_index (records, i)));
  /* one that was changed on the disk is passed over, and the end may be missing */
  damaged = g_strndup (text, strlen (text) / 2);
  damaged[40] = damaged[40] == 'A' ? 'B' : 'A';
  cut = fr_neighbour_list_read (damaged);
  g_assert_cmpuint (cut->len, <, FR_NEIGHBOUR_LIST_MAX / 2 + 1);
  none = fr_neighbour_list_read (NULL);
  noise = fr_neighbour_list_read ("####////++++");
  g_assert_cmpuint (none->len + noise->len, ==, 0);
}

void
test_rejoin_add (void)
{
  g_test_add_func ("/node/rejoin/list", test_list);
  g_test_add_func ("/node/rejoin/doorbell", test_doorbell);
}
