/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-connection-page.h"
#include "fr-doctor-page.h"
#include "fr-doctor-text.h"
#include "fr-peer-server.h"
#include "fr-preferences-window.h"

#include "tests.h"
#include "ui-fixture.h"

/* The words */

static void
test_texts (void)
{
  static const struct
  {
    FrDoctorFacts facts;
    const char *title, *text, *icon, *remedy, *action, *announced;
  } rows[] = {
    { { FR_DOCTOR_MEETING_POINT, FR_DOCTOR_WAITING }, "Meeting Point", "Not looked at yet", NULL, NULL, NULL, NULL },
    { { FR_DOCTOR_MEETING_POINT, FR_DOCTOR_LOOKING }, "Meeting Point", "Looking at the meeting point…", NULL, NULL, NULL,
      NULL },
    { { FR_DOCTOR_MEETING_POINT, FR_DOCTOR_GOOD, .ms = 12 }, "Meeting Point", "Reached in 12 ms", "emblem-ok-symbolic",
      NULL, NULL, "Meeting Point: Reached in 12 ms" },
    { { FR_DOCTOR_MEETING_POINT, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_PROBLEM, FR_DOCTOR_REMEDY_CHANGE_SERVER,
        .message = "It cannot be reached." },
      "Meeting Point", "It cannot be reached.", "dialog-warning-symbolic", "_Change…", "win.connection",
      "Meeting Point: It cannot be reached." },
    { { FR_DOCTOR_MEETING_POINT, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NO_SERVER, FR_DOCTOR_REMEDY_SET_UP_SERVER },
      "Meeting Point", "You have no meeting point, so nobody new can find you.", "dialog-warning-symbolic", "_Set Up…",
      "win.connection", "Meeting Point: You have no meeting point, so nobody new can find you." },
    { { FR_DOCTOR_NAME, FR_DOCTOR_LOOKING }, "Your Name", "Looking at your name…", NULL, NULL, NULL, NULL },
    { { FR_DOCTOR_NAME, FR_DOCTOR_GOOD, .subject = "anna" }, "Your Name", "You are “anna” there", "emblem-ok-symbolic",
      NULL, NULL, "Your Name: You are “anna” there" },
    { { FR_DOCTOR_NAME, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_TAKEN, FR_DOCTOR_REMEDY_CHOOSE_NAME, .subject = "anna-7f3k" },
      "Your Name", "Somebody else has it; you are “anna-7f3k”.", "dialog-warning-symbolic", "Choose Another _Name…",
      "win.preferences", "Your Name: Somebody else has it; you are “anna-7f3k”." },
    { { FR_DOCTOR_NAME, FR_DOCTOR_NOT_LOOKED_AT }, "Your Name", "Not looked at", "list-remove-symbolic", NULL, NULL,
      NULL },
    { { FR_DOCTOR_STUN, FR_DOCTOR_LOOKING }, "Finding Your Address (STUN)", "Asking for your address…", NULL, NULL, NULL,
      NULL },
    { { FR_DOCTOR_STUN, FR_DOCTOR_GOOD, .ms = 3, .subject = "a.org" }, "Finding Your Address (STUN)",
      "Your address is known", "emblem-ok-symbolic", NULL, NULL, "Finding Your Address (STUN): Your address is known" },
    { { FR_DOCTOR_STUN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NO_ANSWER, FR_DOCTOR_REMEDY_CHANGE_RELAYS, .subject = "a.org" },
      "Finding Your Address (STUN)", "No answer from “a.org”. People in other networks may not reach you.",
      "dialog-warning-symbolic", "_Change…", "win.connection",
      "Finding Your Address (STUN): No answer from “a.org”. People in other networks may not reach you." },
    { { FR_DOCTOR_STUN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_UNKNOWN_NAME, FR_DOCTOR_REMEDY_CHANGE_RELAYS,
        .subject = "a.org" },
      "Finding Your Address (STUN)", "There is no server called “a.org”. Check the address, and that you are online.",
      "dialog-warning-symbolic", "_Change…", "win.connection",
      "Finding Your Address (STUN): There is no server called “a.org”. Check the address, and that you are online." },
    { { FR_DOCTOR_STUN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NOT_A_SERVER, FR_DOCTOR_REMEDY_CHANGE_RELAYS,
        .subject = "a.org" },
      "Finding Your Address (STUN)", "Something answers at “a.org”, but it does not help there. Check the address.",
      "dialog-warning-symbolic", "_Change…", "win.connection",
      "Finding Your Address (STUN): Something answers at “a.org”, but it does not help there. Check the address." },
    { { FR_DOCTOR_STUN, FR_DOCTOR_NOT_NEEDED }, "Finding Your Address (STUN)", "Not set up", "list-remove-symbolic",
      NULL, NULL, "Finding Your Address (STUN): Not set up" },
    { { FR_DOCTOR_TURN, FR_DOCTOR_LOOKING }, "Relay (TURN)", "Asking the relay…", NULL, NULL, NULL, NULL },
    { { FR_DOCTOR_TURN, FR_DOCTOR_GOOD }, "Relay (TURN)", "Ready", "emblem-ok-symbolic", NULL, NULL,
      "Relay (TURN): Ready" },
    { { FR_DOCTOR_TURN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_REFUSED, FR_DOCTOR_REMEDY_CHANGE_RELAYS, .subject = "a.org" },
      "Relay (TURN)", "“a.org” does not let you in. Check name and password.", "dialog-warning-symbolic", "_Change…",
      "win.connection", "Relay (TURN): “a.org” does not let you in. Check name and password." },
    { { FR_DOCTOR_TURN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_FULL, FR_DOCTOR_REMEDY_CHANGE_RELAYS, .subject = "a.org" },
      "Relay (TURN)", "“a.org” has no room for you now. Try again later.", "dialog-warning-symbolic", "_Change…",
      "win.connection", "Relay (TURN): “a.org” has no room for you now. Try again later." },
    { { FR_DOCTOR_TURN, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NO_ANSWER, FR_DOCTOR_REMEDY_CHANGE_RELAYS, .subject = "a.org" },
      "Relay (TURN)", "No answer from “a.org”. Check the address.", "dialog-warning-symbolic", "_Change…",
      "win.connection", "Relay (TURN): No answer from “a.org”. Check the address." },
    { { FR_DOCTOR_TURN, FR_DOCTOR_NOT_NEEDED }, "Relay (TURN)", "Not set up. It helps where networks are strict.",
      "list-remove-symbolic", NULL, NULL, "Relay (TURN): Not set up. It helps where networks are strict." },
    { { FR_DOCTOR_PATH, FR_DOCTOR_LOOKING }, "Path to Bert", "Looking for a path…", NULL, NULL, NULL, NULL },
    { { FR_DOCTOR_PATH, FR_DOCTOR_GOOD, FR_DOCTOR_FOUND_DIRECTLY, .ms = 7, .subject = "Bert" }, "Path to Bert",
      "Directly, 7 ms", "emblem-ok-symbolic", NULL, NULL, "Path to Bert: Directly, 7 ms" },
    { { FR_DOCTOR_PATH, FR_DOCTOR_GOOD, FR_DOCTOR_FOUND_DIRECTLY, .subject = "Bert" }, "Path to Bert", "Directly",
      "emblem-ok-symbolic", NULL, NULL, "Path to Bert: Directly" },
    { { FR_DOCTOR_PATH, FR_DOCTOR_GOOD, FR_DOCTOR_FOUND_RELAYED, .ms = 70, .subject = "Bert" }, "Path to Bert",
      "Through a relay, 70 ms", "emblem-ok-symbolic", NULL, NULL, "Path to Bert: Through a relay, 70 ms" },
    { { FR_DOCTOR_PATH, FR_DOCTOR_GOOD, FR_DOCTOR_FOUND_RELAYED, .subject = "Bert" }, "Path to Bert", "Through a relay",
      "emblem-ok-symbolic", NULL, NULL, "Path to Bert: Through a relay" },
    { { FR_DOCTOR_PATH, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_AWAY, .subject = "Bert" }, "Path to Bert", "Bert is not here.",
      "dialog-warning-symbolic", NULL, NULL, "Path to Bert: Bert is not here." },
    { { FR_DOCTOR_PATH, FR_DOCTOR_BAD, FR_DOCTOR_FOUND_NO_WAY, FR_DOCTOR_REMEDY_SET_UP_RELAY, .subject = "Bert" },
      "Path to Bert", "Your two networks don’t let you connect directly.", "dialog-warning-symbolic",
      "_Set Up a Relay…", "win.connection", "Path to Bert: Your two networks don’t let you connect directly." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = fr_doctor_text_get_title (&rows[i].facts, "Bert");
      g_autofree char *text = fr_doctor_text_describe (&rows[i].facts);
      g_autofree char *announced = fr_doctor_text_announce (&rows[i].facts, "Bert");

      g_assert_cmpstr (title, ==, rows[i].title);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (fr_doctor_text_get_icon (&rows[i].facts), ==, rows[i].icon);
      g_assert_cmpstr (fr_doctor_text_get_remedy (&rows[i].facts), ==, rows[i].remedy);
      g_assert_cmpstr (fr_doctor_text_get_action (&rows[i].facts), ==, rows[i].action);
      g_assert_cmpstr (announced, ==, rows[i].announced);
    }
}

static void
test_summary (void)
{
  static const struct
  {
    gboolean is_running;
    guint n_bad, n_left_out;
    const char *text;
  } rows[] = {
    { TRUE, 0, 0, "Looking…" },         { TRUE, 2, 0, "Looking…" },          { FALSE, 0, 0, "All Is Well" },
    { FALSE, 1, 1, "1 Thing to Mend" }, { FALSE, 3, 0, "3 Things to Mend" }, { FALSE, 0, 1, "Not Looked at to the End" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_doctor_text_summarize (rows[i].is_running, rows[i].n_bad, rows[i].n_left_out);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* The page */

typedef struct
{
  UiFixture fixture;
  FrPeerServer *server;
  char *address;
  FrMainView *main_view;
  FrDoctorPage *page;
} Lab;

static FrPeerServer *
serve (guint port)
{
  FrPeerServerConfig config = { .interface = "127.0.0.1", .port = port };
  FrPeerServer *server = fr_peer_server_new (&config);

  g_assert_true (fr_peer_server_start (server, NULL));
  return server;
}

static void
lab_init (Lab *lab)
{
  *lab = (Lab){ .server = serve (0) };
  lab->address = g_strdup_printf ("127.0.0.1:%u", fr_peer_server_get_port (lab->server));
  ui_fixture_open (&lab->fixture, "Anna", lab->address);
  ui_fixture_wait_for_page (&lab->fixture, "main");
  lab->main_view = fr_window_get_main_view (lab->fixture.window);
  lab->page = fr_main_view_get_doctor_page (lab->main_view);
}

static void
stop_serving (Lab *lab)
{
  fr_peer_server_stop (lab->server);
  g_clear_object (&lab->server);
}

static void
lab_clear (Lab *lab)
{
  ui_fixture_close (&lab->fixture);
  if (lab->server != NULL)
    stop_serving (lab);
  g_free (lab->address);
}

static GtkWidget *
get_child (Lab *lab, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (lab->page), FR_TYPE_DOCTOR_PAGE, name));
}

static const char *
get_summary (Lab *lab)
{
  return gtk_label_get_label (GTK_LABEL (get_child (lab, "summary")));
}

static GtkWidget *
get_row_child (Lab *lab, int index, const char *name)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_child (lab, "list")), index);

  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (row), G_OBJECT_TYPE (row), name));
}

static const char *
get_text (Lab *lab, int index)
{
  return gtk_label_get_label (GTK_LABEL (get_row_child (lab, index, "text_label")));
}

static gboolean
is_over (gpointer data)
{
  Lab *lab = data;

  return !fr_doctor_is_running (fr_doctor_page_get_doctor (lab->page));
}

static void
click (GtkWidget *button)
{
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
message_cb (FrDoctorPage *page, const char *text, char **out_text)
{
  g_free (*out_text);
  *out_text = g_strdup (text);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer slot)
{
  return *(gpointer *) slot != NULL;
}

static void
test_page (void)
{
  g_autofree char *message = NULL, *report = NULL, *expected = NULL;
  GtkWindow *window;
  Lab lab;
  guint port;

  lab_init (&lab);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.fixture.window), "win.doctor", NULL));
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "doctor");
  g_assert_cmpstr (get_summary (&lab), ==, "Looking…");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (get_child (&lab, "look_button"))), ==, "_Stop");
  g_assert_false (gtk_widget_get_sensitive (get_child (&lab, "copy_button")));
  fr_test_wait_until (is_over, &lab, 20);
  g_assert_cmpstr (get_summary (&lab), ==, "All Is Well");
  g_assert_true (g_str_has_prefix (get_text (&lab, FR_DOCTOR_MEETING_POINT), "Reached in "));
  g_assert_cmpstr (get_text (&lab, FR_DOCTOR_NAME), ==, "You are “anna” there");
  g_assert_cmpstr (get_text (&lab, FR_DOCTOR_STUN), ==, "Not set up");
  g_assert_false (gtk_widget_get_visible (get_row_child (&lab, FR_DOCTOR_MEETING_POINT, "remedy_button")));
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_child (&lab, "list")), FR_DOCTOR_PATH));

  /* it is gone, and comes back */
  port = fr_peer_server_get_port (lab.server);
  stop_serving (&lab);
  click (get_child (&lab, "look_button"));
  fr_test_wait_until (is_over, &lab, 20);
  g_assert_cmpstr (get_summary (&lab), ==, "1 Thing to Mend");
  g_assert_cmpstr (get_text (&lab, FR_DOCTOR_NAME), ==, "Not looked at");
  click (get_row_child (&lab, FR_DOCTOR_MEETING_POINT, "remedy_button"));
  window = ui_fixture_await_window (FR_TYPE_PREFERENCES_WINDOW);
  g_assert_cmpstr (adw_preferences_window_get_visible_page_name (ADW_PREFERENCES_WINDOW (window)), ==, "connection");
  gtk_window_close (window);
  lab.server = serve (port);
  click (get_child (&lab, "look_button"));
  fr_test_wait_until (is_over, &lab, 20);
  g_assert_cmpstr (get_summary (&lab), ==, "All Is Well");
  g_assert_false (gtk_widget_get_visible (get_row_child (&lab, FR_DOCTOR_MEETING_POINT, "remedy_button")));

  g_signal_connect (lab.page, "message", G_CALLBACK (message_cb), &message);
  click (get_child (&lab, "copy_button"));
  g_assert_cmpstr (message, ==, "Report copied. It has no names and no addresses in it.");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (lab.page)), NULL, text_read_cb, &report);
  fr_test_wait_until (is_set, &report, 5);
  expected = fr_doctor_make_report (fr_doctor_page_get_doctor (lab.page));
  g_assert_cmpstr (report, ==, expected);
  fr_main_view_back (lab.main_view);
  g_assert_null (fr_doctor_page_get_doctor (lab.page));
  lab_clear (&lab);
}

/* To somebody who was added and is not here; and nothing is left of it when the window closes meanwhile. */
static void
test_person (void)
{
  FrPerson *person;
  FrPeople *people;
  Lab lab;

  lab_init (&lab);
  people = fr_node_get_people (fr_window_get_node (lab.fixture.window));
  ui_fixture_wait_online (fr_window_get_node (lab.fixture.window));
  person = fr_people_add (people, "bert", NULL);
  g_assert_nonnull (person);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lab.fixture.window), "win.find-out-why", "s", "bert"));
  g_assert_true (fr_doctor_get_person (fr_doctor_page_get_doctor (lab.page)) == person);
  fr_test_wait_until (is_over, &lab, 40);
  g_assert_cmpstr (get_text (&lab, FR_DOCTOR_PATH), ==, "bert is not here.");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_row_child (&lab, FR_DOCTOR_PATH, "title_label"))), ==,
                   "Path to bert");
  g_assert_false (gtk_widget_get_visible (get_row_child (&lab, FR_DOCTOR_PATH, "remedy_button")));

  click (get_child (&lab, "look_button"));
  click (get_child (&lab, "look_button"));
  g_assert_cmpstr (get_summary (&lab), ==, "Not Looked at to the End");
  click (get_child (&lab, "look_button"));
  lab_clear (&lab);
}

static AdwActionRow *
get_state_row (FrConnectionPage *page)
{
  return ADW_ACTION_ROW (gtk_widget_get_template_child (GTK_WIDGET (page), FR_TYPE_CONNECTION_PAGE, "state_row"));
}

static gboolean
says_reached (gpointer page)
{
  return g_str_has_prefix (adw_action_row_get_subtitle (get_state_row (page)), "Reached in ");
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* Of the preferences: the meeting point alone; and from there the doctor is opened in the window behind. */
static void
test_try (void)
{
  GtkWindow *window;
  GtkWidget *page;
  Lab lab;

  lab_init (&lab);
  ui_fixture_wait_online (fr_window_get_node (lab.fixture.window));
  gtk_widget_activate_action (GTK_WIDGET (lab.fixture.window), "win.connection", NULL);
  window = ui_fixture_await_window (FR_TYPE_PREFERENCES_WINDOW);
  page = GTK_WIDGET (adw_preferences_window_get_visible_page (ADW_PREFERENCES_WINDOW (window)));
  click (find_button (page, "_Try"));
  click (find_button (page, "_Try")); /* again, before it is over */
  fr_test_wait_until (says_reached, page, 10);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.doctor", NULL));
  g_assert_cmpstr (fr_main_view_get_visible_name (lab.main_view), ==, "doctor");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window)));
  lab_clear (&lab);
}

void
test_doctor_add (void)
{
  g_test_add_func ("/ui/doctor/texts", test_texts);
  g_test_add_func ("/ui/doctor/summary", test_summary);
  g_test_add_func ("/ui/doctor/page", test_page);
  g_test_add_func ("/ui/doctor/person", test_person);
  g_test_add_func ("/ui/doctor/try", test_try);
}
