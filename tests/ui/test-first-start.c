/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-first-start.h"
#include "fr-first-step.h"
#include "fr-meeting-text.h"
#include "fr-name-entry.h"
#include "fr-server-chooser.h"

#include "tests.h"
#include "ui-fixture.h"

/* Each step, and each move that can be made there. */
static void
test_way (void)
{
  static const FrFirstFacts none = { FALSE, FALSE }, link = { FALSE, TRUE }, place = { TRUE, FALSE }, both = { TRUE, TRUE };
  static const struct
  {
    FrFirstStep step;
    FrFirstMove move;
    const FrFirstFacts *facts;
    FrFirstStep next;
  } rows[] = {
    { FR_FIRST_NAME, FR_FIRST_GO_ON, &none, FR_FIRST_CHOICE },
    { FR_FIRST_NAME, FR_FIRST_GO_ON, &link, FR_FIRST_INVITATION },
    { FR_FIRST_NAME, FR_FIRST_GO_ON, &place, FR_FIRST_PICTURES },
    { FR_FIRST_NAME, FR_FIRST_GO_ON, &both, FR_FIRST_INVITATION },
    { FR_FIRST_NAME, FR_FIRST_GO_BACK, &none, FR_FIRST_NAME },
    { FR_FIRST_NAME, FR_FIRST_TAKE_LINK, &link, FR_FIRST_NAME },
    { FR_FIRST_NAME, FR_FIRST_CHOOSE_HERE, &none, FR_FIRST_NAME },
    { FR_FIRST_CHOICE, FR_FIRST_CHOOSE_INVITATION, &none, FR_FIRST_INVITATION },
    { FR_FIRST_CHOICE, FR_FIRST_CHOOSE_HERE, &none, FR_FIRST_HERE },
    { FR_FIRST_CHOICE, FR_FIRST_CHOOSE_FAR, &none, FR_FIRST_FAR },
    { FR_FIRST_CHOICE, FR_FIRST_TAKE_LINK, &link, FR_FIRST_INVITATION },
    { FR_FIRST_CHOICE, FR_FIRST_GO_ON, &none, FR_FIRST_PICTURES },
    { FR_FIRST_CHOICE, FR_FIRST_GO_BACK, &none, FR_FIRST_NAME },
    { FR_FIRST_INVITATION, FR_FIRST_GO_ON, &none, FR_FIRST_PICTURES },
    { FR_FIRST_INVITATION, FR_FIRST_GO_BACK, &none, FR_FIRST_CHOICE },
    { FR_FIRST_INVITATION, FR_FIRST_CHOOSE_FAR, &none, FR_FIRST_FAR }, /* to set up a relay */
    { FR_FIRST_HERE, FR_FIRST_GO_ON, &place, FR_FIRST_PICTURES },
    { FR_FIRST_HERE, FR_FIRST_GO_BACK, &place, FR_FIRST_CHOICE },
    { FR_FIRST_HERE, FR_FIRST_TAKE_LINK, &both, FR_FIRST_INVITATION },
    { FR_FIRST_FAR, FR_FIRST_GO_ON, &place, FR_FIRST_PICTURES },
    { FR_FIRST_FAR, FR_FIRST_GO_BACK, &none, FR_FIRST_CHOICE },
    { FR_FIRST_PICTURES, FR_FIRST_GO_BACK, &place, FR_FIRST_CHOICE },
    { FR_FIRST_PICTURES, FR_FIRST_TAKE_LINK, &link, FR_FIRST_INVITATION },
    { FR_FIRST_PICTURES, FR_FIRST_GO_ON, &none, FR_FIRST_OVER },
    { FR_FIRST_OVER, FR_FIRST_GO_BACK, &none, FR_FIRST_OVER },
    { FR_FIRST_OVER, FR_FIRST_GO_ON, &none, FR_FIRST_OVER },
    { FR_FIRST_OVER, FR_FIRST_CHOOSE_FAR, &none, FR_FIRST_OVER },
    { FR_FIRST_CHOICE, FR_FIRST_N_MOVES, &none, FR_FIRST_CHOICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (fr_first_step_go (rows[i].step, rows[i].move, rows[i].facts), ==, rows[i].next);
  for (guint step = 0; step <= FR_FIRST_N_STEPS; step++)
    g_assert_cmpint (fr_first_step_get_page (step) != NULL, ==, step < FR_FIRST_OVER);
}

static void
test_meeting (void)
{
  static const struct
  {
    FrMeetingFacts facts;
    FrMeetingStep step;
    const char *text, *now;
  } rows[] = {
    { { FALSE, FR_NODE_OFFLINE }, FR_MEETING_IDLE, NULL, "Not connected now." },
    { { FALSE, FR_NODE_WAITING, "It is gone." }, FR_MEETING_IDLE, NULL, "It is gone." }, /* from before */
    { { FALSE, FR_NODE_ONLINE }, FR_MEETING_IDLE, NULL, "Connected to ws://a:1/." },
    { { TRUE, FR_NODE_OFFLINE }, FR_MEETING_GOING, "Going to the meeting point…", "Not connected now." },
    { { TRUE, FR_NODE_CONNECTING }, FR_MEETING_GOING, "Going to the meeting point…", "Going to the meeting point…" },
    { { TRUE, FR_NODE_WAITING, "It is gone." }, FR_MEETING_FAILED, "It is gone.", "It is gone." },
    { { TRUE, FR_NODE_WAITING }, FR_MEETING_FAILED, "The meeting point cannot be reached.", "Not connected now." },
    { { TRUE, FR_NODE_FAILED, "It is another." }, FR_MEETING_FAILED, "It is another.", "It is another." },
    { { TRUE, FR_NODE_ONLINE, .serving = "ws://b:1/" }, FR_MEETING_THERE, NULL, "It runs here, at ws://b:1/." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrMeetingStep step = fr_meeting_text_choose (&rows[i].facts);
      g_autofree char *text = fr_meeting_text_describe (step, &rows[i].facts);
      g_autofree char *now = fr_meeting_text_describe_now (&rows[i].facts, "ws://a:1/");

      g_assert_cmpint (step, ==, rows[i].step);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (now, ==, rows[i].now);
    }
}

/* Nothing is promised that cannot be. */
static void
test_meeting_here (void)
{
  static const struct
  {
    const char *serving;
    gboolean for_network;
  } rows[] = {
    { "ws://192.168.1.7:9000/", TRUE }, { "ws://10.0.0.1:9000/", TRUE }, { NULL, TRUE },
    { "ws://127.0.0.1:9000/", FALSE },  { "ws://localhost:9000/", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const FrMeetingFacts facts = { .serving = rows[i].serving };
      g_autofree char *text = fr_meeting_text_describe_here (&facts);

      g_assert_cmpint (g_str_has_prefix (text, "Works for people on this network"), ==, rows[i].for_network);
    }
}

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
  g_test_add_func ("/ui/first-start/way", test_way);
  g_test_add_func ("/ui/first-start/meeting", test_meeting);
  g_test_add_func ("/ui/first-start/meeting-here", test_meeting_here);
  g_test_add_func ("/ui/first-start/names", test_names);
  g_test_add_func ("/ui/first-start/server", test_server);
  g_test_add_func ("/ui/first-start/steps", test_steps);
}
