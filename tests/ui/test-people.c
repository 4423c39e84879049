/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "fr-introduce-dialog.h"
#include "fr-people-private.h"
#include "fr-person-private.h"
#include "fr-person-row.h"
#include "fr-qr-code.h"
#include "fr-rename-dialog.h"
#include "fr-safety-words.h"
#include "fr-words-dialog.h"
#include "tests.h"
#include "ui-fixture.h"

/* A row about somebody who was met, and the people that she is among. */
typedef struct
{
  UiFixture window;
  FrPeople *people;
  FrPerson *person;
  FrPersonRow *row;
  FrPeerKey key, other;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPersonRecord) record = NULL;

  memset (&fixture->key, 1, sizeof fixture->key);
  memset (&fixture->other, 2, sizeof fixture->other);
  ui_fixture_open (&fixture->window, "Zoë", NULL);
  ui_fixture_wait_for_page (&fixture->window, "main");
  fixture->people = fr_node_get_people (fr_window_get_node (fixture->window.window));
  record = fr_person_record_new (&fixture->key, "Anna", "127.0.0.1:9", "anna");
  record->auto_connect = TRUE;
  fixture->person = fr_people_append (fixture->people, record);
  fixture->row = g_object_ref_sink (fr_person_row_new (fixture->people));
  fr_person_row_set_person (fixture->row, fixture->person);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->row);
  ui_fixture_close (&fixture->window);
}

static GtkWidget *
get_child (Fixture *fixture, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (fixture->row), FR_TYPE_PERSON_ROW, name));
}

static GtkWidget *
find_label (GtkWidget *widget, const char *css_class)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, css_class);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
can_agree (gpointer dialog)
{
  return adw_message_dialog_get_response_enabled (dialog, "same");
}

static int
get_size (GtkWidget *widget, GtkOrientation orientation)
{
  int size;

  gtk_widget_measure (widget, orientation, -1, NULL, &size, NULL, NULL);
  return size;
}

/* Waits for the words, for which there was room before. */
static void
await_words (Fixture *fixture, GtkWindow *dialog, const FrPeerKey *key)
{
  const FrPeerKey *own = fr_node_get_key (fr_window_get_node (fixture->window.window));
  g_auto (GStrv) words = fr_safety_words_make (own, key);
  GtkWidget *label = find_label (GTK_WIDGET (dialog), "words");
  int height = get_size (label, GTK_ORIENTATION_VERTICAL);
  int width = get_size (GTK_WIDGET (dialog), GTK_ORIENTATION_HORIZONTAL);

  g_assert_false (can_agree (dialog));
  fr_test_wait_until (can_agree, dialog, 15);
  for (guint i = 0; words[i] != NULL; i++)
    g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (label)), words[i]));
  g_assert_cmpint (get_size (label, GTK_ORIENTATION_VERTICAL), ==, height);
  g_assert_cmpint (get_size (GTK_WIDGET (dialog), GTK_ORIENTATION_HORIZONTAL), ==, width);
}

/* Opens the dialog, looks whether all words are in it, and says something. */
static void
answer (Fixture *fixture, const FrPeerKey *key, const char *response)
{
  GtkWindow *dialog
      = fr_words_dialog_new (GTK_WINDOW (fixture->window.window), fixture->people, fixture->person);

  gtk_window_present (dialog);
  await_words (fixture, dialog, key);
  g_assert_true (adw_message_dialog_has_response (ADW_MESSAGE_DIALOG (dialog), response)
                 || g_str_equal (response, "cancel"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
  ui_fixture_settle ();
}

/* It is closed before the words are there, and nothing of it stays. */
static void
test_closed_early (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = fr_words_dialog_new (GTK_WINDOW (fixture->window.window), fixture->people, fixture->person);

  gtk_window_present (dialog);
  g_object_ref (dialog);
  gtk_window_close (dialog);
  gtk_window_destroy (dialog);
  fr_test_assert_finalizes (dialog);
  ui_fixture_settle ();
  g_assert_false (fr_person_get_checked (fixture->person));
}

/* That they were not compared is told on the person's page. */
static void
test_checked (Fixture *fixture, gconstpointer data)
{
  GtkLabel *label = GTK_LABEL (get_child (fixture, "checked_label"));

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_cmpstr (gtk_label_get_label (label), ==, "Not checked yet");
  answer (fixture, &fixture->key, "cancel");
  g_assert_cmpstr (gtk_label_get_label (label), ==, "Not checked yet");
  answer (fixture, &fixture->key, "same");
  g_assert_cmpstr (gtk_label_get_label (label), ==, "Checked");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_true (fr_person_get_checked (fixture->person));
}

/* Somebody else is where she was: nothing but an answer changes that, and no other answer than one makes it her. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  FrPeerKey key;
  int width;

  g_assert_false (gtk_widget_get_visible (get_child (fixture, "other_box")));
  fr_people_take_other_key (fixture->people, fixture->person, &fixture->other);
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "other_box")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "retry_button")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "checked_label")));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (get_child (fixture, "state_label"))),
                            "This may not be the Anna you know."));
  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 340);
  answer (fixture, &fixture->other, "cancel");
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "other_box")));
  answer (fixture, &fixture->other, "refuse");
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "other_box")));
  g_assert_true (fr_person_get_key (fixture->person, &key));
  g_assert_true (fr_peer_key_equal (&key, &fixture->key));

  fr_people_retry (fixture->people, fixture->person);
  fr_people_take_other_key (fixture->people, fixture->person, &fixture->other);
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.refuse-other", NULL);
  g_assert_false (fr_person_get_other_key (fixture->person, NULL));

  fr_people_retry (fixture->people, fixture->person);
  fr_people_take_other_key (fixture->people, fixture->person, &fixture->other);
  answer (fixture, &fixture->other, "same");
  g_assert_true (fr_person_get_key (fixture->person, &key));
  g_assert_true (fr_peer_key_equal (&key, &fixture->other));
  g_assert_true (fr_person_get_checked (fixture->person));
}

/* While words are compared, somebody else comes: what is said was not about them. */
static void
test_changed_meanwhile (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;
  FrPeerKey key;

  fr_people_take_other_key (fixture->people, fixture->person, &fixture->other);
  dialog = fr_words_dialog_new (GTK_WINDOW (fixture->window.window), fixture->people, fixture->person);
  memset (&key, 3, sizeof key);
  fr_people_take_other_key (fixture->people, fixture->person, &key);
  gtk_window_present (dialog);
  await_words (fixture, dialog, &fixture->other);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "same");
  gtk_window_destroy (dialog);
  ui_fixture_settle ();
  g_assert_true (fr_person_get_key (fixture->person, &key));
  g_assert_true (fr_peer_key_equal (&key, &fixture->key));
  g_assert_true (fr_person_get_other_key (fixture->person, NULL));
}

/* What they call themselves stands beside what the person calls them, who can call them something else. */
static void
test_rename (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label = get_child (fixture, "own_name_label");

  for (guint i = 0; i < 2; i++)
    {
      GtkWindow *dialog
          = fr_rename_dialog_new (GTK_WINDOW (fixture->window.window), fixture->people, fixture->person);
      GtkWidget *entry = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));

      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Anna");
      gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
      g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "rename"));
      gtk_editable_set_text (GTK_EDITABLE (entry), "Aunt Anna");
      g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "rename"));
      gtk_window_present (dialog);
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), i == 0 ? "cancel" : "rename");
      gtk_window_destroy (dialog);
      ui_fixture_settle ();
    }
  g_assert_cmpstr (fr_person_get_name (fixture->person), ==, "Aunt Anna");
  g_assert_false (gtk_widget_get_visible (label));
  fr_person_met (fixture->person, &fixture->key, "Annie", NULL, NULL);
  g_assert_true (gtk_widget_get_visible (label));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "Goes by “Annie” now");
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  return NULL;
}

static void
say_in_dialog (const char *response)
{
  GtkWidget *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_fixture_settle ();
}

/* Only once words were compared, and only when the person says so once more. */
static void
test_mine (Fixture *fixture, gconstpointer data)
{
  GtkLabel *label = GTK_LABEL (get_child (fixture, "checked_label"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.mine", NULL);
  g_assert_null (find_dialog ());
  answer (fixture, &fixture->key, "same");
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.mine", NULL);
  say_in_dialog ("cancel");
  g_assert_false (fr_person_get_mine (fixture->person));
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.mine", NULL);
  say_in_dialog ("yes");
  g_assert_true (fr_person_get_mine (fixture->person));
  g_assert_cmpstr (gtk_label_get_label (label), ==, "Your other computer, once it says so too");
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.not-mine", NULL);
  g_assert_false (fr_person_get_mine (fixture->person));
  g_assert_cmpstr (gtk_label_get_label (label), ==, "Checked");
}

/* What was checked when the question was asked need not be when it is answered. The person is told over their window. */
static void
test_not_mine_after_all (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *dialog;

  gtk_window_set_child (window, GTK_WIDGET (fixture->row));
  answer (fixture, &fixture->key, "same");
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.mine", NULL);
  fr_people_set_checked (fixture->people, fixture->person, &fixture->key, FALSE);
  ui_fixture_respond ("yes");
  dialog = GTK_WIDGET (ui_fixture_await_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == window);
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), ==, "Compare the words with Anna first.");
  g_assert_false (fr_person_get_mine (fixture->person));
  ui_fixture_respond ("close");
  gtk_window_destroy (window);
}

static GtkWidget *
get_dialog_child (const char *name)
{
  GtkWindow *dialog = ui_fixture_await_window (FR_TYPE_INTRODUCE_DIALOG);

  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), FR_TYPE_INTRODUCE_DIALOG, name));
}

static guint
count_others (void)
{
  GtkListBox *list = GTK_LIST_BOX (get_dialog_child ("list"));
  GtkStack *stack = GTK_STACK (get_dialog_child ("stack"));
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, (int) n) != NULL)
    n++;
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, n == 0 ? "nobody" : "list");
  return n;
}

static void
come (Fixture *fixture, FrPerson *person, FrPersonState state)
{
  fr_person_set_state (person, state, NULL);
  fr_people_count (fixture->people);
}

static FrPerson *
append (Fixture *fixture, guint8 number, const char *name, gboolean added)
{
  const FrPeerKey key = { { number } };
  g_autoptr (FrPersonRecord) record = fr_person_record_new (&key, name, "127.0.0.1:9", name);

  record->auto_connect = added;
  return fr_people_append (fixture->people, record);
}

static void
message_cb (FrPersonRow *row, const char *message, gpointer data)
{
  *(char **) data = g_strdup (message);
}

/* Only to contacts who are here, and whoever comes or goes meanwhile is in the list or is not. */
static void
test_introduce (Fixture *fixture, gconstpointer data)
{
  FrPerson *boris = append (fixture, 3, "<Boris>", TRUE), *stranger = append (fixture, 4, "Carl", FALSE);
  FrPerson *mine = append (fixture, 5, "Zoë", TRUE);
  g_autofree char *message = NULL;

  g_signal_connect (fixture->row, "message", G_CALLBACK (message_cb), &message);
  fr_person_set_mine (mine, TRUE);
  come (fixture, stranger, FR_PERSON_HERE);
  come (fixture, mine, FR_PERSON_HERE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.introduce", NULL);
  g_assert_null (ui_fixture_find_window (FR_TYPE_INTRODUCE_DIALOG)); /* she is away */
  come (fixture, fixture->person, FR_PERSON_HERE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.introduce", NULL);
  g_assert_cmpuint (count_others (), ==, 0);
  come (fixture, boris, FR_PERSON_HERE);
  g_assert_cmpuint (count_others (), ==, 1);
  come (fixture, boris, FR_PERSON_AWAY);
  g_assert_cmpuint (count_others (), ==, 0);
  come (fixture, boris, FR_PERSON_HERE);
  g_assert_cmpuint (count_others (), ==, 1);

  come (fixture, fixture->person, FR_PERSON_AWAY);
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_dialog_child ("list")), 0)));
  g_assert_true (gtk_widget_get_visible (get_dialog_child ("error_label")));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_dialog_child ("error_label"))), ==,
                   "Anna is not here now. Try again when both are.");
  g_assert_null (message);
  come (fixture, fixture->person, FR_PERSON_HERE);
  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_dialog_child ("list")), 0)));
  g_assert_cmpstr (message, ==, "Anna and <Boris> know of each other now. They decide whether to connect.");
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find_window (FR_TYPE_INTRODUCE_DIALOG));
}

/* Another computer of hers, and somebody she has introduced. */
static void
test_introduced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrAcquaintances) list = fr_acquaintances_new (FR_ACQUAINTANCE_COMPUTERS);
  g_autoptr (FrNetworkReport) news = fr_network_report_new (FR_REPORT_INTRODUCED);
  g_autoptr (FrAcquaintance) boris = fr_acquaintance_new (&fixture->other, "Boris", NULL, NULL);
  const FrPeerKey laptop = { { 9 } };
  FrPerson *person;

  g_ptr_array_add (list->subjects, fr_acquaintance_new (&laptop, "Anna", NULL, NULL));
  news->key = fixture->key;
  news->acquaintances = g_steal_pointer (&list);
  fr_people_take_report (fixture->people, news);
  fr_person_row_set_person (fixture->row, fr_people_find_key (fixture->people, &laptop));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (fixture, "checked_label"))), ==,
                   "Not checked yet; introduced by another computer of Anna");

  fr_people_take_acquaintance (fixture->people, fixture->person, boris);
  person = fr_people_find_key (fixture->people, &fixture->other);
  fr_person_row_set_person (fixture->row, person);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (fixture, "state_label"))), ==, "Introduced by Anna");
  g_assert_true (gtk_widget_get_visible (get_child (fixture, "answer_box")));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "retry_button")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->row), "person.accept", NULL);
  g_assert_true (fr_person_get_added (person));
  g_assert_false (gtk_widget_get_visible (get_child (fixture, "answer_box")));
}

/* What the desktop or a shell hands over is still the link that it was. */
static void
test_opened (void)
{
  FrInvitation invitation = { .name = (char *) "Zoë & Anna", .server = (char *) "wss://example.org/a?key=b",
                              .address = (char *) "zoe", .turn = (char *) "turn://zoe:p%40s@example.org" };
  g_autoptr (FrInvitation) again = NULL;
  g_autofree char *uri = NULL, *opened = NULL;
  g_autoptr (GFile) file = NULL;

  memset (&invitation.key, 1, sizeof invitation.key);
  uri = fr_invitation_to_uri (&invitation);
  file = g_file_new_for_commandline_arg (uri);
  g_assert_true (g_file_has_uri_scheme (file, "freshet"));
  opened = g_file_get_uri (file);
  again = fr_invitation_parse (opened);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->name, ==, invitation.name);
  g_assert_cmpstr (again->server, ==, invitation.server);
  g_assert_cmpstr (again->turn, ==, invitation.turn);
}

/* The corner of every code is a frame of seven modules with a square of three in it. */
static void
test_qr_code (void)
{
  g_autofree char *longest = g_strnfill (2953, 'x'), *longer = g_strnfill (2954, 'x');
  FrQrCode *code = g_object_ref_sink (g_object_new (FR_TYPE_QR_CODE, NULL));

  g_assert_cmpuint (fr_qr_code_get_width (code), ==, 0);
  g_assert_true (fr_qr_code_set_text (code, "freshet:invite?name=Anna"));
  g_assert_cmpuint (fr_qr_code_get_width (code), ==, 25);
  for (guint y = 0; y < 8; y++)
    for (guint x = 0; x < 8; x++)
      {
        guint ring = MAX (ABS ((int) x - 3), ABS ((int) y - 3));

        g_assert_cmpint (fr_qr_code_is_dark (code, x, y), ==, ring == 3 || ring <= 1);
      }
  g_assert_true (fr_qr_code_set_text (code, longest));
  g_assert_cmpuint (fr_qr_code_get_width (code), ==, 177);
  g_assert_false (fr_qr_code_set_text (code, longer));
  g_assert_cmpuint (fr_qr_code_get_width (code), ==, 0);
  g_object_unref (code);
}

void
test_people_add (void)
{
  g_test_add ("/ui/people/checked", Fixture, NULL, set_up, test_checked, tear_down);
  g_test_add ("/ui/people/closed-early", Fixture, NULL, set_up, test_closed_early, tear_down);
  g_test_add ("/ui/people/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/ui/people/changed-meanwhile", Fixture, NULL, set_up, test_changed_meanwhile, tear_down);
  g_test_add ("/ui/people/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/ui/people/mine", Fixture, NULL, set_up, test_mine, tear_down);
  g_test_add ("/ui/people/not-mine-after-all", Fixture, NULL, set_up, test_not_mine_after_all, tear_down);
  g_test_add ("/ui/people/introduce", Fixture, NULL, set_up, test_introduce, tear_down);
  g_test_add ("/ui/people/introduced", Fixture, NULL, set_up, test_introduced, tear_down);
  g_test_add_func ("/ui/people/opened", test_opened);
  g_test_add_func ("/ui/people/qr-code", test_qr_code);
}
