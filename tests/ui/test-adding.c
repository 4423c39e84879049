/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-adding-text.h"
#include "fr-invitation-text.h"
#include "fr-invitation.h"
#include "fr-invite-card.h"
#include "fr-invite-sheet.h"
#include "tests.h"
#include "ui-fixture.h"

#define SECOND G_USEC_PER_SEC
#define ERROR_IS(code_) .has_error = TRUE, .code = FR_NODE_ERROR_##code_, .error = "It is so."

/* Words */

static void
test_steps (void)
{
  static const struct
  {
    FrAddingFacts facts;
    FrAddingStep step;
    const char *text;
    FrAddingRemedy remedy;
  } rows[] = {
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_CONNECTING }, FR_ADDING_MEETING_POINT, "Going to the meeting point…" },
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_OFFLINE, .has_meeting_point = TRUE },
      FR_ADDING_MEETING_POINT, "Going to the meeting point…" },
    { { "anna", FR_PERSON_AWAY, .node = FR_NODE_OFFLINE },
      FR_ADDING_NO_MEETING_POINT, "You need a meeting point first.", FR_ADDING_SET_UP_MEETING_POINT },
    { { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_WAITING, .node_error = "It cannot be reached." },
      FR_ADDING_LOST, "It cannot be reached.", FR_ADDING_TRY_AGAIN },
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_FAILED },
      FR_ADDING_LOST, "The meeting point cannot be reached.", FR_ADDING_TRY_AGAIN },
    /* the invitation is for where one is on the way to */
    { { "Anna", FR_PERSON_AWAY, ERROR_IS (OTHER_SERVER), .node = FR_NODE_CONNECTING },
      FR_ADDING_MEETING_POINT, "Going to the meeting point…" },
    { { "Anna", FR_PERSON_AWAY, ERROR_IS (OTHER_SERVER), .node = FR_NODE_ONLINE },
      FR_ADDING_FAILED, "It is so.", FR_ADDING_TRY_AGAIN },
    { { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_ONLINE }, FR_ADDING_LOOKING, "Looking for Anna…" },
    { { "Anna", FR_PERSON_AWAY, .node = FR_NODE_ONLINE }, FR_ADDING_LOOKING, "Looking for Anna…" },
    { { "Anna", FR_PERSON_CONNECTING, .node = FR_NODE_ONLINE }, FR_ADDING_CONNECTING, "Found, connecting…" },
    { { "Anna", FR_PERSON_CONNECTING, .node = FR_NODE_WAITING }, FR_ADDING_CONNECTING, "Found, connecting…" },
    { { "Anna", FR_PERSON_ASKS, .node = FR_NODE_ONLINE }, FR_ADDING_CONNECTING, "Found, connecting…" },
    { { "Anna", FR_PERSON_WAITS, .node = FR_NODE_ONLINE }, FR_ADDING_WAITING, "Waiting for Anna to accept…" },
    { { "Anna", FR_PERSON_HERE, .node = FR_NODE_ONLINE }, FR_ADDING_CONNECTED, "Connected to Anna" },
    { { "Anna", FR_PERSON_HERE, .node = FR_NODE_WAITING }, FR_ADDING_CONNECTED, "Connected to Anna" },
    { { "Anna", FR_PERSON_AWAY, .is_known = TRUE, ERROR_IS (NOT_THERE), .node = FR_NODE_ONLINE },
      FR_ADDING_NOT_HERE, "Anna is not here." },
    { { "ana", FR_PERSON_AWAY, ERROR_IS (NOT_THERE), .node = FR_NODE_ONLINE },
      FR_ADDING_NOBODY, "No one called “ana” here. Check the spelling or ask for a link." },
    { { "Anna", FR_PERSON_AWAY, ERROR_IS (NO_ROUTE), .node = FR_NODE_ONLINE },
      FR_ADDING_NO_WAY, "Your two networks don’t let you connect directly. A relay would help.",
      FR_ADDING_SET_UP_RELAY },
    { { "Anna", FR_PERSON_FAILED, ERROR_IS (REFUSED), .node = FR_NODE_ONLINE },
      FR_ADDING_FAILED, "It is so.", FR_ADDING_TRY_AGAIN },
    { { "Anna", FR_PERSON_CHANGED, ERROR_IS (OTHER_PERSON), .node = FR_NODE_ONLINE },
      FR_ADDING_FAILED, "It is so.", FR_ADDING_NO_REMEDY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrAdding adding;
      g_autofree char *text = NULL;

      fr_adding_begin (&adding, 0);
      fr_adding_take (&adding, &rows[i].facts);
      text = fr_adding_text_describe (adding.step, &rows[i].facts);
      g_assert_cmpint (adding.step, ==, rows[i].step);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint (fr_adding_text_get_remedy (adding.step, &rows[i].facts), ==, rows[i].remedy);
      g_assert_cmpint (fr_adding_remedy_get_label (rows[i].remedy) == NULL, ==, rows[i].remedy == FR_ADDING_NO_REMEDY);
    }
}

/* What has not worked stands until a later try comes further; whoever was connected once is added. */
static void
test_goes_further (void)
{
  static const FrAddingFacts looking = { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_ONLINE };
  static const FrAddingFacts absent = { "Anna", FR_PERSON_AWAY, .is_known = TRUE, ERROR_IS (NOT_THERE), .node = FR_NODE_ONLINE };
  static const FrAddingFacts going = { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_CONNECTING };
  static const FrAddingFacts lost = { "Anna", FR_PERSON_LOOKING, .node = FR_NODE_WAITING };
  static const FrAddingFacts found = { "Anna", FR_PERSON_CONNECTING, .node = FR_NODE_ONLINE };
  static const FrAddingFacts no_way = { "Anna", FR_PERSON_AWAY, ERROR_IS (NO_ROUTE), .node = FR_NODE_ONLINE };
  static const FrAddingFacts waits = { "Anna", FR_PERSON_WAITS, .node = FR_NODE_ONLINE };
  static const FrAddingFacts here = { "Anna", FR_PERSON_HERE, .node = FR_NODE_ONLINE };
  static const FrAddingFacts refused = { "Anna", FR_PERSON_FAILED, ERROR_IS (REFUSED), .node = FR_NODE_ONLINE };
  static const struct
  {
    const FrAddingFacts *facts;
    FrAddingStep step;
    gboolean changed;
  } rows[] = {
    { &going, FR_ADDING_MEETING_POINT, FALSE }, { &lost, FR_ADDING_LOST, TRUE },
    { &going, FR_ADDING_LOST, FALSE },          { &looking, FR_ADDING_LOOKING, TRUE },
    { &absent, FR_ADDING_NOT_HERE, TRUE },      { &looking, FR_ADDING_NOT_HERE, FALSE },
    { &absent, FR_ADDING_NOT_HERE, FALSE },     { &going, FR_ADDING_NOT_HERE, FALSE },
    { &lost, FR_ADDING_LOST, TRUE },            { &looking, FR_ADDING_LOOKING, TRUE },
    { &found, FR_ADDING_CONNECTING, TRUE },     { &no_way, FR_ADDING_NO_WAY, TRUE },
    { &looking, FR_ADDING_NO_WAY, FALSE },      { &found, FR_ADDING_NO_WAY, FALSE },
    { &absent, FR_ADDING_NOT_HERE, TRUE },      { &found, FR_ADDING_CONNECTING, TRUE },
    { &waits, FR_ADDING_WAITING, TRUE },        { &refused, FR_ADDING_FAILED, TRUE },
    { &looking, FR_ADDING_FAILED, FALSE },      { &waits, FR_ADDING_WAITING, TRUE },
    { &here, FR_ADDING_CONNECTED, TRUE },       { &absent, FR_ADDING_CONNECTED, FALSE },
    { &refused, FR_ADDING_CONNECTED, FALSE },
  };
  FrAdding adding;

  fr_adding_begin (&adding, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (fr_adding_take (&adding, rows[i].facts), ==, rows[i].changed);
      g_assert_cmpint (adding.step, ==, rows[i].step);
    }
  fr_adding_begin (&adding, 0); /* the person asks for another try */
  g_assert_true (fr_adding_take (&adding, &looking));
}

/* Nobody has to watch for longer than five seconds, or at all where nothing will come of it soon. */
static void
test_goes_on (void)
{
  static const struct
  {
    FrAddingStep step;
    FrAddingFacts facts;
    gboolean at_once, later;
  } rows[] = {
    { FR_ADDING_MEETING_POINT, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_LOOKING, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_CONNECTING, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_WAITING, { "Anna" }, FALSE, TRUE },
    { FR_ADDING_CONNECTED, { "Anna" }, FALSE, FALSE },
    { FR_ADDING_NO_MEETING_POINT, { "Anna" }, FALSE, FALSE },
    { FR_ADDING_LOST, { "Anna", .node = FR_NODE_WAITING }, TRUE, TRUE },
    { FR_ADDING_LOST, { "Anna", .node = FR_NODE_FAILED }, FALSE, FALSE },
    { FR_ADDING_NOT_HERE, { "Anna" }, TRUE, TRUE },
    { FR_ADDING_NOBODY, { "ana" }, FALSE, FALSE },
    { FR_ADDING_NO_WAY, { "Anna" }, FALSE, FALSE },
    { FR_ADDING_FAILED, { "Anna", FR_PERSON_AWAY }, TRUE, TRUE },
    { FR_ADDING_FAILED, { "Anna", FR_PERSON_FAILED }, FALSE, FALSE },
    { FR_ADDING_FAILED, { "Anna", FR_PERSON_CHANGED }, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrAdding adding = { rows[i].step, 100 * SECOND };

      g_assert_cmpint (fr_adding_text_goes_on (&adding, &rows[i].facts, 105 * SECOND - 1), ==, rows[i].at_once);
      g_assert_cmpint (fr_adding_text_goes_on (&adding, &rows[i].facts, 105 * SECOND), ==, rows[i].later);
      g_assert_cmpint (fr_adding_get_patience_us (&adding, 102 * SECOND), ==, 3 * SECOND);
      g_assert_cmpint (fr_adding_get_patience_us (&adding, 200 * SECOND), ==, 0);
    }
}

/* What people paste is a whole message as often as a link. */
static void
test_pick (void)
{
  g_autofree char *longest = g_strnfill (FR_INVITATION_TEXT_MAX_SIZE, ' ');
  g_autofree char *longer = g_strnfill (FR_INVITATION_TEXT_MAX_SIZE + 1, ' ');
  static const struct
  {
    const char *text, *picked;
  } rows[] = {
    { "", "" },
    { "  anna\n", "anna" },
    { "freshet:invite?name=A", "freshet:invite?name=A" },
    { "Hi! Add me:\nFreshet:Invite?name=A&key=b\nSee you.", "Freshet:Invite?name=A&key=b" },
    { "Add me (freshet:invite?name=A), I am there.", "freshet:invite?name=A" },
    { "“freshet:invite?name=A”", "freshet:invite?name=A" },
    { "Here: freshet:invite?name=A.", "freshet:invite?name=A" },
    { "freshet:invite?a freshet:invite?b", "freshet:invite?a" },
    { "freshet:other?a", "freshet:other?a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *picked = fr_invitation_text_pick (rows[i].text);

      g_assert_cmpstr (picked, ==, rows[i].picked);
    }
  memcpy (longest, "freshet:invite?", strlen ("freshet:invite?"));
  memcpy (longer, "freshet:invite?", strlen ("freshet:invite?"));
  longest[40] = longer[40] = 'x';
  {
    g_autofree char *picked = fr_invitation_text_pick (longest), *not_picked = fr_invitation_text_pick (longer);

    g_assert_cmpstr (picked, ==, "freshet:invite?");
    g_assert_cmpuint (strlen (not_picked), ==, 41);
  }
}

static void
test_read (void)
{
  static const struct
  {
    const char *server, *place;
  } rows[] = {
    { "wss://meet.example.org/a?key=secret", "Meets at meet.example.org" },
    { "ws://192.168.1.7:9001/", "Meets at 192.168.1.7" },
  };
  g_autofree char *name = NULL, *place = NULL;

  g_assert_false (fr_invitation_text_read ("anna", &name, &place));
  g_assert_false (fr_invitation_text_read ("freshet:invite?name=Anna", &name, &place));
  g_assert_null (name);
  g_assert_null (place);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrInvitation invitation = { .name = (char *) "Zoë", .key = { { 1 } }, .server = (char *) rows[i].server,
                                  .address = (char *) "zoe" };
      g_autofree char *uri = fr_invitation_to_uri (&invitation);
      g_autofree char *who = NULL, *where = NULL;

      g_assert_true (fr_invitation_text_read (uri, &who, &where));
      g_assert_cmpstr (who, ==, "Zoë");
      g_assert_cmpstr (where, ==, rows[i].place);
    }
}

/* The sheet: Anna's, at a meeting point that Bert runs. */

typedef struct
{
  char *anna_folder, *bert_folder, *server;
  FrNode *anna, *bert;
  FrInviteSheet *sheet;
  FrInvitationEntry *entry;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->anna_folder = fr_test_folder_new ();
  fixture->bert_folder = fr_test_folder_new ();
  fixture->bert = ui_fixture_open_node (fixture->bert_folder, "Bert", NULL);
  fixture->server = ui_fixture_serve (fixture->bert);
  fixture->anna = ui_fixture_open_node (fixture->anna_folder, "Anna", fixture->server);
  ui_fixture_wait_online (fixture->anna);
  fixture->sheet = fr_invite_sheet_new (fixture->anna, NULL);
  fixture->entry = fr_invite_sheet_get_entry (fixture->sheet);
  gtk_window_present (GTK_WINDOW (fixture->sheet));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->sheet != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->sheet));
  ui_fixture_settle ();
  ui_fixture_close_node (fixture->anna);
  if (fixture->bert != NULL)
    ui_fixture_close_node (fixture->bert);
  fr_test_folder_free (fixture->anna_folder);
  fr_test_folder_free (fixture->bert_folder);
  g_free (fixture->server);
}

static GtkWidget *
get_child (gpointer widget, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name));
}

static const char *
get_text (Fixture *fixture)
{
  return fr_adding_view_get_text (fr_invitation_entry_get_adding (fixture->entry));
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
says_copy_again (gpointer data)
{
  return g_str_equal (gtk_button_get_label (data), "_Copy Link");
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GtkWidget *card = get_child (fixture->sheet, "card"), *button = get_child (card, "copy_button");
  g_autofree char *link = fr_node_get_invitation (fixture->anna), *copied = NULL;

  g_assert_true (gtk_widget_get_visible (get_child (card, "code")));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Copied");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (button), NULL, text_cb, &copied);
  fr_test_wait_until (is_set, &copied, 10);
  g_assert_cmpstr (copied, ==, link);
  fr_test_wait_until (says_copy_again, button, 10);

  g_signal_emit_by_name (button, "clicked"); /* and it goes while it says so */
  g_clear_pointer ((GtkWindow **) &fixture->sheet, gtk_window_destroy);
}

/* Who has been nowhere has nothing to show, and is helped. */
static void
test_no_meeting_point (void)
{
  g_autofree char *folder = fr_test_folder_new ();
  FrNode *node = ui_fixture_open_node (folder, "Anna", NULL);
  FrInviteSheet *sheet = fr_invite_sheet_new (node, NULL);
  FrInvitationEntry *entry = fr_invite_sheet_get_entry (sheet);
  GtkStack *stack = GTK_STACK (get_child (sheet, "stack"));
  g_autofree char *server = NULL;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "none");
  fr_invite_sheet_fill_in (sheet, "bert");
  g_assert_true (fr_invitation_entry_submit (entry));
  g_assert_cmpstr (fr_adding_view_get_text (fr_invitation_entry_get_adding (entry)), ==,
                   "You need a meeting point first.");
  g_assert_true (gtk_widget_get_visible (get_child (fr_invitation_entry_get_adding (entry), "remedy_button")));
  server = ui_fixture_serve (node);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "card");
  gtk_window_destroy (GTK_WINDOW (sheet));
  ui_fixture_close_node (node);
  fr_test_folder_free (g_steal_pointer (&folder));
}

/* Whoever is misspelt is said to be nobody, and does not stay once the spelling is right. */
static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (fixture->anna));
  g_autoptr (FrPerson) person = NULL;

  fr_invite_sheet_fill_in (fixture->sheet, " bret ");
  g_assert_true (fr_invitation_entry_submit (fixture->entry));
  g_assert_false (fr_invitation_entry_submit (fixture->entry)); /* twice is once */
  ui_fixture_await_step (fixture->entry, FR_ADDING_NOBODY);
  g_assert_cmpstr (get_text (fixture), ==, "No one called “bret” here. Check the spelling or ask for a link.");
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);

  fr_invite_sheet_fill_in (fixture->sheet, "bert");
  g_assert_null (get_text (fixture));
  g_assert_true (fr_invitation_entry_submit (fixture->entry));
  ui_fixture_await_step (fixture->entry, FR_ADDING_CONNECTED);
  g_assert_cmpuint (g_list_model_get_n_items (people), ==, 1);
  person = g_list_model_get_item (people, 0);
  g_assert_cmpstr (fr_person_get_name (person), ==, "Bert");
  g_assert_true (gtk_widget_get_visible (get_child (fixture->entry, "leave_button")));
}

static gboolean
somebody_asks (gpointer data)
{
  return fr_people_get_n_asking (data) > 0;
}

static gboolean
nobody_asks (gpointer data)
{
  return fr_people_get_n_asking (data) == 0;
}

static gboolean
is_here (gpointer data)
{
  return fr_person_get_state (data) == FR_PERSON_HERE;
}

static gboolean
is_connected (gpointer data)
{
  return g_strcmp0 (fr_adding_view_get_text (data), "Connected to Bert") == 0;
}

static gboolean
may_leave (gpointer data)
{
  return gtk_widget_get_visible (get_child (data, "leave_button"));
}

/* While Bert makes up his mind that is said, and after a while, that it goes on by itself. */
static void
test_accepted (Fixture *fixture, gconstpointer data)
{
  FrPeople *people = fr_node_get_people (fixture->bert);
  g_autofree char *link = fr_node_get_invitation (fixture->bert);
  g_autofree char *message = g_strdup_printf ("Hi Anna, here it is: %s. See you!", link);
  g_autoptr (FrPerson) anna = NULL;

  fr_node_set_admission_rule (fixture->bert, FR_ADMIT_ASK);
  fr_invite_sheet_fill_in (fixture->sheet, message);
  g_assert_true (gtk_widget_get_visible (get_child (fixture->entry, "person_row")));
  g_assert_true (fr_invitation_entry_submit (fixture->entry));
  ui_fixture_await_step (fixture->entry, FR_ADDING_WAITING);
  g_assert_cmpstr (get_text (fixture), ==, "Waiting for Bert to accept…");
  fr_test_wait_until (may_leave, fixture->entry, 10);
  g_assert_true (gtk_widget_get_visible (get_child (fr_invitation_entry_get_adding (fixture->entry), "hint_label")));

  fr_test_wait_until (somebody_asks, people, 20);
  anna = g_list_model_get_item (G_LIST_MODEL (people), 0);
  fr_people_accept (people, anna);
  ui_fixture_await_step (fixture->entry, FR_ADDING_CONNECTED);
  g_signal_emit_by_name (get_child (fixture->entry, "leave_button"), "clicked");
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find_window (FR_TYPE_INVITE_SHEET));
  fixture->sheet = NULL;
}

/* Who is away is not nobody; one's own invitation, and one for another place, are refused in words. */
static void
test_not_here (Fixture *fixture, gconstpointer data)
{
  FrInvitation away = { .name = (char *) "Carla", .key = { { 7 } }, .server = (char *) fr_node_get_server (fixture->anna),
                        .address = (char *) "carla" };
  FrInvitation elsewhere = { .name = (char *) "Dora", .key = { { 8 } }, .server = (char *) "wss://example.org/",
                             .address = (char *) "dora" };
  g_autofree char *own = fr_node_get_invitation (fixture->anna);
  g_autofree char *away_link = fr_invitation_to_uri (&away), *elsewhere_link = fr_invitation_to_uri (&elsewhere);

  fr_invite_sheet_fill_in (fixture->sheet, own);
  g_assert_false (fr_invitation_entry_submit (fixture->entry));
  g_assert_cmpstr (fr_invitation_entry_get_error (fixture->entry), ==,
                   "That is your own address. Ask the other person for theirs.");
  fr_invite_sheet_fill_in (fixture->sheet, elsewhere_link);
  g_assert_null (fr_invitation_entry_get_error (fixture->entry));
  g_assert_false (fr_invitation_entry_submit (fixture->entry));
  g_assert_nonnull (strstr (fr_invitation_entry_get_error (fixture->entry), "another meeting point"));
  fr_invite_sheet_fill_in (fixture->sheet, away_link);
  g_assert_true (fr_invitation_entry_submit (fixture->entry));
  ui_fixture_await_step (fixture->entry, FR_ADDING_NOT_HERE);
  g_assert_cmpstr (get_text (fixture), ==, "Carla is not here.");
  g_assert_true (may_leave (fixture->entry));
}

/* Whoever takes up the invitation while it is shown is let in, or not, right there. */
static void
test_asked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = get_child (get_child (fixture->sheet, "card"), "asking");
  FrPeople *anna = fr_node_get_people (fixture->anna), *bert = fr_node_get_people (fixture->bert);
  g_autofree char *link = fr_node_get_invitation (fixture->anna);
  FrPerson *person;

  fr_node_set_admission_rule (fixture->anna, FR_ADMIT_ASK);
  g_assert_false (gtk_widget_get_visible (get_child (view, "box")));
  person = fr_people_add (bert, link, NULL);
  fr_test_wait_until (somebody_asks, anna, 20);
  g_assert_true (gtk_widget_get_visible (get_child (view, "box")));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (view, "label"))), ==, "Bert would like to connect to you");
  gtk_widget_activate_action (view, "asking.accept", NULL);
  fr_test_wait_until (is_here, person, 20);
  fr_test_wait_until (nobody_asks, anna, 20);
  g_assert_false (gtk_widget_get_visible (get_child (view, "box")));
  fr_test_wait_until (is_connected, get_child (view, "accepted"), 20);
}

static void
test_asked_in_vain (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = get_child (get_child (fixture->sheet, "card"), "asking");
  FrPeople *anna = fr_node_get_people (fixture->anna);
  g_autofree char *link = fr_node_get_invitation (fixture->anna);

  fr_node_set_admission_rule (fixture->anna, FR_ADMIT_ASK);
  fr_people_add (fr_node_get_people (fixture->bert), link, NULL);
  fr_test_wait_until (somebody_asks, anna, 20);
  gtk_widget_activate_action (view, "asking.decline", NULL);
  g_assert_false (gtk_widget_get_visible (get_child (view, "box")));
  g_assert_null (fr_adding_view_get_text (FR_ADDING_VIEW (get_child (view, "accepted"))));
}

void
test_adding_add (void)
{
  g_test_add_func ("/ui/adding/steps", test_steps);
  g_test_add_func ("/ui/adding/goes-further", test_goes_further);
  g_test_add_func ("/ui/adding/goes-on", test_goes_on);
  g_test_add_func ("/ui/adding/pick", test_pick);
  g_test_add_func ("/ui/adding/read", test_read);
  g_test_add ("/ui/adding/copy", Fixture, NULL, set_up, test_copy, tear_down);
  g_test_add_func ("/ui/adding/no-meeting-point", test_no_meeting_point);
  g_test_add ("/ui/adding/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/ui/adding/accepted", Fixture, NULL, set_up, test_accepted, tear_down);
  g_test_add ("/ui/adding/not-here", Fixture, NULL, set_up, test_not_here, tear_down);
  g_test_add ("/ui/adding/asked", Fixture, NULL, set_up, test_asked, tear_down);
  g_test_add ("/ui/adding/asked-in-vain", Fixture, NULL, set_up, test_asked_in_vain, tear_down);
}
