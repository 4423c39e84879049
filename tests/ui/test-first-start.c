/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-first-start.h"
#include "fr-name-entry.h"
#include "fr-server-chooser.h"

#include "tests.h"
#include "ui-fixture.h"

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    gboolean is_valid, has_problem;
  } rows[] = {
    { "", FALSE, FALSE },
    { "   ", FALSE, FALSE },
    { "Zoë", TRUE, FALSE },
    { "李小龍", TRUE, FALSE },
    { "1234567890123456789012345678901234567890", TRUE, FALSE },
    { "12345678901234567890123456789012345678901", FALSE, TRUE },
    { "in\342\200\213visible", FALSE, TRUE },
  };
  FrNameEntry *entry = g_object_ref_sink (g_object_new (FR_TYPE_NAME_ENTRY, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fr_name_entry_set_name (entry, rows[i].name);
      g_assert_cmpint (fr_name_entry_get_valid (entry), ==, rows[i].is_valid);
      g_assert_cmpint (fr_name_entry_get_problem (entry) != NULL, ==, rows[i].has_problem);
    }
  g_object_unref (entry);
}

static gboolean
has_error (gpointer data)
{
  return fr_server_chooser_get_error (data) != NULL;
}

static void
connected_cb (gboolean *is_connected)
{
  *is_connected = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* What will not do stands there in words; what does is said once. */
static void
test_server (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL);
  FrServerChooser *chooser = g_object_ref_sink (g_object_new (FR_TYPE_SERVER_CHOOSER, NULL));
  gboolean is_connected = FALSE;

  fr_server_chooser_set_node (chooser, node);
  g_signal_connect_swapped (chooser, "connected", G_CALLBACK (connected_cb), &is_connected);
  fr_server_chooser_join (chooser, "   ");
  g_assert_null (fr_server_chooser_get_error (chooser));
  fr_server_chooser_join (chooser, "what is this?");
  g_assert_nonnull (fr_server_chooser_get_error (chooser));
  fr_server_chooser_join (chooser, "127.0.0.1:1");
  g_assert_null (fr_server_chooser_get_error (chooser));
  fr_test_wait_until (has_error, chooser, 15);
  fr_server_chooser_serve (chooser);
  fr_test_wait_until (is_true, &is_connected, 15);
  g_assert_null (fr_server_chooser_get_error (chooser));
  g_assert_nonnull (fr_node_get_serving (node));
  g_object_unref (chooser);
  ui_fixture_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

static void
said_cb (guint *n)
{
  (*n)++;
}

static void
test_steps (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, NULL, NULL);
  FrFirstStart *first_start = g_object_ref_sink (g_object_new (FR_TYPE_FIRST_START, NULL));
  guint n_finished = 0;

  fr_first_start_set_node (first_start, node);
  g_signal_connect_swapped (first_start, "finished", G_CALLBACK (said_cb), &n_finished);
  g_assert_cmpstr (fr_first_start_get_step (first_start), ==, "name");
  g_assert_false (fr_first_start_next (first_start));
  fr_first_start_fill_in (first_start, "  Zoë ");
  g_assert_true (fr_first_start_next (first_start));
  g_assert_cmpstr (fr_first_start_get_step (first_start), ==, "server");
  g_assert_cmpstr (fr_node_get_name (node), ==, "Zoë");
  g_assert_cmpuint (n_finished, ==, 0);
  g_object_unref (first_start);
  ui_fixture_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

void
test_first_start_add (void)
{
  g_test_add_func ("/ui/first-start/names", test_names);
  g_test_add_func ("/ui/first-start/server", test_server);
  g_test_add_func ("/ui/first-start/steps", test_steps);
}
