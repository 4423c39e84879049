/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fr-introduce-dialog.h"
#include "fr-node-error.h"
#include "fr-rename-dialog.h"
#include "fr-words-dialog.h"

struct _FrPersonActions
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget *widget; /* whose actions they are */

  /* owned */
  FrPeople *people;
  FrPerson *person; /* nullable */
  GSimpleActionGroup *group;
  GSignalGroup *person_signals;

  /* state */
  gboolean opens;
};

enum
{
  MESSAGE,
  OPEN,
  SHARE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPersonActions, fr_person_actions, G_TYPE_OBJECT)

static void
set_enabled (FrPersonActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled && self->person != NULL);
}

static gboolean
is_away (FrPerson *person)
{
  FrPersonState state = fr_person_get_state (person);

  return state == FR_PERSON_AWAY || state == FR_PERSON_FAILED;
}

static void
update (FrPersonActions *self)
{
  FrPerson *person = self->person;
  FrPersonState state = fr_person_get_state (person);
  FrPersonOffers offers = fr_person_actions_list_offers (person);
  gboolean is_blocked = fr_person_get_blocked (person), is_met = fr_person_get_key (person, NULL);
  gboolean is_introduced = fr_person_is_introduced_only (person), is_mine = fr_person_get_mine (person);
  gboolean is_computer = fr_person_get_owner (person) != NULL;

  set_enabled (self, "share", offers & FR_PERSON_OFFER_SHARE);
  set_enabled (self, "retry", offers & FR_PERSON_OFFER_RETRY);
  set_enabled (self, "add", offers & FR_PERSON_OFFER_ADD);
  set_enabled (self, "remove", !is_blocked && !is_computer && !is_introduced && state != FR_PERSON_ASKS);
  set_enabled (self, "block", !is_blocked && state != FR_PERSON_CHANGED && is_met);
  set_enabled (self, "compare", !is_blocked && is_met);
  set_enabled (self, "unblock", is_blocked);
  set_enabled (self, "rename", is_blocked || fr_person_get_added (person));
  set_enabled (self, "find-out-why", !is_blocked && !is_introduced && (offers & FR_PERSON_OFFER_RETRY));
  set_enabled (self, "introduce", fr_introduce_dialog_can_begin (person));
  set_enabled (self, "mine",
               !is_mine && !is_computer && fr_person_get_checked (person) && fr_person_is_contact (person));
  set_enabled (self, "not-mine", is_mine);
}

static void
say (FrPersonActions *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static GtkWindow *
get_window (FrPersonActions *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* What needs no question */

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[OPEN], 0);
}

static void
share_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[SHARE], 0);
}

static void
retry_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;

  fr_people_retry (self->people, self->person);
}

/* Somebody who asks or was introduced, or who is only connected. */
static void
accept_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;

  fr_people_accept (self->people, self->person);
}

static void
decline_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;
  g_autoptr (FrPerson) person = g_object_ref (self->person); /* who goes out of the list */

  fr_people_turn_away (self->people, person);
}

static void
refuse_other_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;

  fr_people_refuse_other (self->people, self->person);
}

static void
not_mine_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;

  fr_people_set_mine (self->people, self->person, FALSE, NULL);
}

static void
unblock_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;
  g_autoptr (FrPerson) person = g_object_ref (self->person); /* who goes out of the list */
  /* Translators: the name of a person */
  g_autofree char *text = g_strdup_printf (_ ("%s is not blocked any more"), fr_person_get_name (person));

  say (self, text); /* the row goes with the person, and all this with the row */
  fr_people_unblock (self->people, person);
}

static void
find_out_why_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;
  FrPeerKey key;
  g_autofree char *who = fr_person_get_key (self->person, &key) ? fr_peer_key_to_string (&key)
                                                                 : g_strdup (fr_person_get_address (self->person));

  gtk_widget_activate_action (self->widget, "win.find-out-why", "s", who);
}

/* What has a dialog of its own */

static void
compare_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;

  gtk_window_present (fr_words_dialog_new (get_window (self), self->people, self->person));
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;

  gtk_window_present (fr_rename_dialog_new (get_window (self), self->people, self->person));
}

static void
introduce_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  FrPersonActions *self = data;
  FrIntroduceDialog *dialog = fr_introduce_dialog_new (get_window (self), self->people, self->person);

  g_signal_connect_object (dialog, "message", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What is asked once more: the widget may be about somebody else by then. */
typedef struct
{
  FrPeople *people;
  FrPerson *person;
  gboolean (*act) (FrPeople *people, FrPerson *person, GError **error);
} Question;

static void
question_free (Question *question, GClosure *closure)
{
  g_object_unref (question->people);
  g_object_unref (question->person);
  g_free (question);
}

/* That there are too many, or that they are not checked any more, is to be seen. */
static void
show_error (GtkWindow *parent, FrPerson *person, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, fr_person_get_name (person), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (response, "yes") && !question->act (question->people, question->person, &error))
    show_error (gtk_window_get_transient_for (GTK_WINDOW (dialog)), question->person, error);
}

static void
ask (FrPersonActions *self, const char *heading, const char *body, const char *yes,
     gboolean (*act) (FrPeople *people, FrPerson *person, GError **error))
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), NULL, body);
  Question *question = g_new (Question, 1);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), heading, fr_person_get_name (self->person));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  question->people = g_object_ref (self->people);
  question->person = g_object_ref (self->person);
  question->act = act;
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, (GClosureNotify) question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
block (FrPeople *people, FrPerson *person, GError **error)
{
  fr_people_block (people, person);
  return TRUE;
}

static void
block_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  /* Translators: the name of a person */
  ask (data, _ ("Block %s?"),
       _ ("You will not be connected, they will not find your pictures, and theirs will not be shown to you."),
       _ ("_Block"), block);
}

static gboolean
forget (FrPeople *people, FrPerson *person, GError **error)
{
  fr_people_remove (people, person);
  return TRUE;
}

static void
remove_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  /* Translators: the name of a person */
  ask (data, _ ("Remove %s?"),
       _ ("Your computers will not connect to each other by themselves any more. Pictures stay where they are."),
       _ ("_Remove"), forget);
}

static gboolean
set_mine (FrPeople *people, FrPerson *person, GError **error)
{
  return fr_people_set_mine (people, person, TRUE, error);
}

static void
mine_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  /* Translators: the name of a person, which is perhaps one's own */
  ask (data, _ ("Is %s You?"),
       _ ("Say so only if this is your own computer. It will count as you: the people you are connected to will see it "
          "as yours, and it will find what you find with them. Say the same at the other computer."),
       _ ("_This Is My Other Computer"), set_mine);
}

static const GActionEntry entries[] = {
  { "open", open_action },           { "share", share_action },
  { "retry", retry_action },         { "remove", remove_action },
  { "accept", accept_action },       { "decline", decline_action },
  { "add", accept_action },          { "compare", compare_action },
  { "rename", rename_action },       { "refuse-other", refuse_other_action },
  { "block", block_action },         { "unblock", unblock_action },
  { "introduce", introduce_action }, { "mine", mine_action },
  { "not-mine", not_mine_action },   { "find-out-why", find_out_why_action },
};

static void
fr_person_actions_dispose (GObject *object)
{
  FrPersonActions *self = FR_PERSON_ACTIONS (object);

  g_clear_object (&self->person_signals);
  g_clear_object (&self->person);
  g_clear_object (&self->people);
  g_clear_object (&self->group);
  G_OBJECT_CLASS (fr_person_actions_parent_class)->dispose (object);
}

static void
fr_person_actions_class_init (FrPersonActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_person_actions_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_PERSON_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN]
      = g_signal_new ("open", FR_TYPE_PERSON_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHARE]
      = g_signal_new ("share", FR_TYPE_PERSON_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_person_actions_init (FrPersonActions *self)
{
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  self->person_signals = g_signal_group_new (FR_TYPE_PERSON);
  g_signal_group_connect_swapped (self->person_signals, "notify", G_CALLBACK (update), self);
}

/**
 * fr_person_actions_new:
 * @widget: who has them, as "person"; it has to live longer
 * @people: whom they are for
 * @opens: whether there is more to be shown of a person
 *
 * Returns: (transfer full): actions about nobody yet
 */
FrPersonActions *
fr_person_actions_new (GtkWidget *widget, FrPeople *people, gboolean opens)
{
  FrPersonActions *self = g_object_new (FR_TYPE_PERSON_ACTIONS, NULL);

  self->widget = widget;
  self->people = g_object_ref (people);
  self->opens = opens;
  fr_person_actions_set_person (self, NULL);
  gtk_widget_insert_action_group (widget, "person", G_ACTION_GROUP (self->group));
  return self;
}

/**
 * fr_person_actions_set_person:
 * @self: actions
 * @person: (nullable): whom they are about
 */
void
fr_person_actions_set_person (FrPersonActions *self, FrPerson *person)
{
  g_set_object (&self->person, person);
  g_signal_group_set_target (self->person_signals, person);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    set_enabled (self, entries[i].name, TRUE);
  set_enabled (self, "open", self->opens);
  if (person != NULL)
    update (self);
}

FrPerson *
fr_person_actions_get_person (FrPersonActions *self)
{
  return self->person;
}

/**
 * fr_person_actions_make_menu:
 *
 * Returns: (transfer full): the menu of a person
 */
GMenuModel *
fr_person_actions_make_menu (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/app/freshet/Freshet/ui/fr-person-menu.ui");

  return G_MENU_MODEL (g_object_ref (gtk_builder_get_object (builder, "menu")));
}

/**
 * fr_person_actions_list_offers:
 * @person: a person
 *
 * Returns: what the person here is offered to do about them, beside the words for how it stands
 */
FrPersonOffers
fr_person_actions_list_offers (FrPerson *person)
{
  FrPersonState state = fr_person_get_state (person);
  gboolean is_introduced = fr_person_is_introduced_only (person);
  FrPersonOffers offers = 0;

  if (fr_person_get_blocked (person))
    return FR_PERSON_OFFER_UNBLOCK;
  if (state == FR_PERSON_ASKS || (is_introduced && is_away (person)))
    offers |= FR_PERSON_OFFER_ANSWER;
  else if (state == FR_PERSON_CHANGED)
    offers |= FR_PERSON_OFFER_OTHER;
  else if (is_away (person))
    offers |= FR_PERSON_OFFER_RETRY;
  if (is_away (person) && g_error_matches (fr_person_get_error (person), FR_NODE_ERROR, FR_NODE_ERROR_NO_ROUTE))
    offers |= FR_PERSON_OFFER_RELAY;
  if (!fr_person_get_added (person) && fr_person_get_owner (person) == NULL && fr_person_get_key (person, NULL)
      && !(offers & FR_PERSON_OFFER_ANSWER))
    offers |= FR_PERSON_OFFER_ADD;
  if (fr_person_is_contact (person) && fr_person_get_owner (person) == NULL)
    offers |= FR_PERSON_OFFER_SHARE;
  return offers;
}
