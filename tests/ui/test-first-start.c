/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-first-start.h"
#include "fr-first-step.h"
#include "fr-meeting-text.h"
#include "fr-name-entry.h"

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
  return fr_meeting_point_form_get_error (data) != NULL;
}

static void
said_cb (guint *n)
{
  (*n)++;
}

static gboolean
is_said (gpointer data)
{
  return *(guint *) data > 0;
}

static GtkWidget *
get_child (gpointer widget, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name));
}

static void
connect_to (FrMeetingPointForm *form, const char *address)
{
  fr_meeting_point_form_set_address (form, address);
  fr_meeting_point_form_connect (form);
}

/* What will not do stands there in words, and what was typed stays; what does is said once. */
static void
test_form (void)
{
  g_autofree char *folder = fr_test_folder_new (), *other_folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL), *other = ui_fixture_open_node (other_folder, "Bert", NULL);
  g_autofree char *server = ui_fixture_serve (other);
  FrMeetingPointForm *form = g_object_ref_sink (g_object_new (FR_TYPE_MEETING_POINT_FORM, NULL));
  guint n_connected = 0;

  fr_meeting_point_form_set_node (form, node);
  g_signal_connect_swapped (form, "connected", G_CALLBACK (said_cb), &n_connected);
  connect_to (form, "   ");
  g_assert_null (fr_meeting_point_form_get_error (form));
  connect_to (form, "what is this?");
  g_assert_nonnull (strstr (fr_meeting_point_form_get_error (form), "what is this?"));
  connect_to (form, "127.0.0.1:1");
  g_assert_null (fr_meeting_point_form_get_error (form));
  fr_test_wait_until (has_error, form, 15);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_child (form, "address"))), ==, "127.0.0.1:1");
  g_assert_cmpuint (n_connected, ==, 0);
  connect_to (form, server);
  fr_test_wait_until (is_said, &n_connected, 15);
  g_assert_null (fr_meeting_point_form_get_error (form));
  fr_node_disconnect_server (node); /* is no news here any more */
  ui_fixture_settle ();
  g_assert_cmpuint (n_connected, ==, 1);
  g_object_unref (form);
  ui_fixture_close_node (node);
  ui_fixture_close_node (other);
  fr_test_folder_free (g_steal_pointer (&folder));
  fr_test_folder_free (g_steal_pointer (&other_folder));
}

/* The row that is wrong is marked, and can be seen. */
static void
test_relays (void)
{
  static const struct
  {
    const char *stun, *turn, *wrong;
  } rows[] = {
    { "turn://a:b@example.org", "", "stun" },
    { "", "stun://example.org", "turn" },
    { "stun://example.org:3478", "nothing", "turn" },
    { "nothing", "nothing", "stun" },
  };
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL);
  FrMeetingPointForm *form = g_object_ref_sink (g_object_new (FR_TYPE_MEETING_POINT_FORM, NULL));

  fr_meeting_point_form_set_node (form, node);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (get_child (form, "stun")), rows[i].stun);
      gtk_editable_set_text (GTK_EDITABLE (get_child (form, "turn")), rows[i].turn);
      connect_to (form, "127.0.0.1:1");
      g_assert_nonnull (fr_meeting_point_form_get_error (form));
      g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (get_child (form, "more_row"))));
      g_assert_cmpint (gtk_widget_has_css_class (get_child (form, "stun"), "error"), ==, rows[i].wrong[0] == 's');
      g_assert_cmpint (gtk_widget_has_css_class (get_child (form, "turn"), "error"), ==, rows[i].wrong[0] == 't');
      g_assert_null (fr_node_get_stun (node));
      g_assert_null (fr_node_get_server (node));
    }
  g_object_unref (form);
  ui_fixture_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

typedef struct
{
  char *folder;
  FrNode *node;
  FrFirstStart *first_start;
  GtkWindow *window;
  int finished; /* -1: not; else whether pictures are to be chosen */
} Fixture;

static void
finished_cb (Fixture *fixture, gboolean choose)
{
  fixture->finished = choose;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fr_test_folder_new ();
  fixture->node = ui_fixture_open_node (fixture->folder, NULL, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->first_start = g_object_new (FR_TYPE_FIRST_START, NULL);
  fixture->finished = -1;
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->first_start));
  fr_first_start_set_node (fixture->first_start, fixture->node);
  g_signal_connect_swapped (fixture->first_start, "finished", G_CALLBACK (finished_cb), fixture);
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  ui_fixture_close_node (fixture->node);
  fr_test_folder_free (fixture->folder);
}

static void
give_name (Fixture *fixture)
{
  fr_first_start_fill_in (fixture->first_start, "  Zoë ");
  g_assert_true (fr_first_start_move (fixture->first_start, FR_FIRST_GO_ON));
}

static gboolean
is_ready (gpointer data)
{
  return g_strcmp0 (fr_first_start_get_page (data), "ready") == 0;
}

static void
test_steps (Fixture *fixture, gconstpointer data)
{
  FrFirstStart *first_start = fixture->first_start;

  g_assert_cmpstr (fr_first_start_get_page (first_start), ==, "name");
  g_assert_false (fr_first_start_move (first_start, FR_FIRST_GO_ON));
  give_name (fixture);
  g_assert_cmpstr (fr_first_start_get_page (first_start), ==, "choice");
  g_assert_cmpstr (fr_node_get_name (fixture->node), ==, "Zoë");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (first_start), "first-start.back", NULL));
  g_assert_cmpstr (fr_first_start_get_page (first_start), ==, "name");
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_ON));
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_CHOOSE_FAR));
  g_assert_cmpstr (fr_first_start_get_page (first_start), ==, "far");
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_BACK));
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_ON)); /* later */
  g_assert_cmpstr (fr_first_start_get_page (first_start), ==, "pictures");
  g_assert_cmpint (fixture->finished, ==, -1);
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_ON));
  g_assert_cmpint (fixture->finished, ==, FALSE);
}

/* Back from a meeting point that runs, and there again; then pictures are to be chosen. */
static void
test_here (Fixture *fixture, gconstpointer data)
{
  FrFirstStart *first_start = fixture->first_start;

  give_name (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (fr_first_start_move (first_start, FR_FIRST_CHOOSE_HERE));
      fr_test_wait_until (is_ready, first_start, 15);
      g_assert_nonnull (fr_node_get_serving (fixture->node));
      if (i == 0)
        g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_BACK));
    }
  /* nobody else can reach this one, and that is not hidden */
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (get_child (first_start, "ready_page"))),
                            "no network"));
  g_assert_true (fr_first_start_move (first_start, FR_FIRST_GO_ON));
  g_signal_emit_by_name (get_child (first_start, "choose_button"), "clicked");
  g_assert_cmpint (fixture->finished, ==, TRUE);
}

/* A link that was opened before there was a name answers whom to share with; Bert lets her in, and she goes on. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bert_folder = fr_test_folder_new ();
  FrNode *bert = ui_fixture_open_node (bert_folder, "Bert", NULL);
  g_autofree char *server = ui_fixture_serve (bert), *link = fr_node_get_invitation (bert);
  FrInvitationEntry *entry = fr_first_start_get_invitation_entry (fixture->first_start);

  fr_first_start_take_invitation (fixture->first_start, link);
  g_assert_cmpstr (fr_first_start_get_page (fixture->first_start), ==, "name");
  give_name (fixture);
  g_assert_cmpstr (fr_first_start_get_page (fixture->first_start), ==, "invitation");
  g_assert_true (gtk_widget_get_visible (get_child (entry, "person_row")));
  g_assert_true (fr_invitation_entry_submit (entry));
  g_assert_cmpstr (fr_adding_view_get_text (fr_invitation_entry_get_adding (entry)), ==, "Going to the meeting point…");
  ui_fixture_await_step (entry, FR_ADDING_CONNECTED);
  g_assert_cmpstr (fr_adding_view_get_text (fr_invitation_entry_get_adding (entry)), ==, "Connected to Bert");
  g_signal_emit_by_name (get_child (entry, "leave_button"), "clicked");
  g_assert_cmpstr (fr_first_start_get_page (fixture->first_start), ==, "pictures");
  ui_fixture_close_node (bert);
  fr_test_folder_free (g_steal_pointer (&bert_folder));
}

/* An invitation leads away from the meeting point that was started a minute ago. */
static void
test_link_from_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bert_folder = fr_test_folder_new ();
  FrNode *bert = ui_fixture_open_node (bert_folder, "Bert", NULL);
  g_autofree char *server = ui_fixture_serve (bert), *link = fr_node_get_invitation (bert);
  FrInvitationEntry *entry = fr_first_start_get_invitation_entry (fixture->first_start);

  give_name (fixture);
  g_assert_true (fr_first_start_move (fixture->first_start, FR_FIRST_CHOOSE_INVITATION));
  fr_invitation_entry_fill_in (entry, "bert"); /* there is no place yet where somebody could be called that */
  g_assert_false (fr_invitation_entry_submit (entry));
  g_assert_nonnull (strstr (fr_invitation_entry_get_error (entry), "“bert” is neither an address nor an invitation"));
  g_assert_true (fr_first_start_move (fixture->first_start, FR_FIRST_GO_BACK));
  g_assert_true (fr_first_start_move (fixture->first_start, FR_FIRST_CHOOSE_HERE));
  fr_test_wait_until (is_ready, fixture->first_start, 15);
  fr_first_start_take_invitation (fixture->first_start, link);
  g_assert_cmpstr (fr_first_start_get_page (fixture->first_start), ==, "invitation");
  g_assert_true (fr_invitation_entry_submit (entry));
  ui_fixture_await_step (entry, FR_ADDING_CONNECTED);
  g_assert_cmpstr (fr_node_get_server (fixture->node), ==, fr_node_get_server (bert));
  ui_fixture_close_node (bert);
  fr_test_folder_free (g_steal_pointer (&bert_folder));
}

void
test_first_start_add (void)
{
  g_test_add_func ("/ui/first-start/way", test_way);
  g_test_add_func ("/ui/first-start/meeting", test_meeting);
  g_test_add_func ("/ui/first-start/meeting-here", test_meeting_here);
  g_test_add_func ("/ui/first-start/names", test_names);
  g_test_add_func ("/ui/first-start/form", test_form);
  g_test_add_func ("/ui/first-start/relays", test_relays);
  g_test_add ("/ui/first-start/steps", Fixture, NULL, set_up, test_steps, tear_down);
  g_test_add ("/ui/first-start/here", Fixture, NULL, set_up, test_here, tear_down);
  g_test_add ("/ui/first-start/link", Fixture, NULL, set_up, test_link, tear_down);
  g_test_add ("/ui/first-start/link-from-elsewhere", Fixture, NULL, set_up, test_link_from_elsewhere, tear_down);
}
