/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-row.h"

#include <glib/gi18n.h>

#include "fr-introduce-dialog.h"
#include "fr-person-text.h"
#include "fr-rename-dialog.h"
#include "fr-words-dialog.h"

struct _FrPersonRow
{
  AdwBin parent_instance;

  /* template widgets */
  GtkWidget *retry_button;
  GtkSpinner *spinner;
  GtkWidget *here_icon;
  GtkWidget *answer_box;
  GtkWidget *other_box;
  GtkWidget *own_name_label;
  GtkWidget *checked_label;
  GtkLabel *state_label;

  /* owned */
  FrPeople *people;
  FrPerson *person;
  GSignalGroup *person_signals;
};

enum
{
  PROP_0,
  PROP_PERSON,
  N_PROPS
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPersonRow, fr_person_row, ADW_TYPE_BIN)

static void
show_state (FrPersonRow *self)
{
  FrPersonState state = fr_person_get_state (self->person);
  gboolean is_busy = state == FR_PERSON_LOOKING || state == FR_PERSON_CONNECTING;
  gboolean is_blocked = fr_person_get_blocked (self->person);
  gboolean is_met = fr_person_get_key (self->person, NULL);
  gboolean has_other = state == FR_PERSON_CHANGED;
  gboolean is_introduced = fr_person_is_introduced_only (self->person);
  gboolean is_computer = fr_person_get_owner (self->person) != NULL, is_mine = fr_person_get_mine (self->person);
  gboolean is_away = state == FR_PERSON_AWAY || state == FR_PERSON_FAILED;
  gboolean may_retry = !is_blocked && !is_introduced && is_away;
  g_autofree char *text = fr_person_text_describe_person (self->person);
  g_autofree char *own_name = fr_person_text_describe_own_name (fr_person_get_own_name (self->person));
  g_autofree char *check = fr_person_text_describe_check_of (self->person);

  gtk_label_set_label (self->state_label, text);
  gtk_label_set_label (GTK_LABEL (self->own_name_label), own_name != NULL ? own_name : "");
  gtk_widget_set_visible (self->own_name_label, own_name != NULL);
  gtk_label_set_label (GTK_LABEL (self->checked_label), check);
  gtk_widget_set_visible (self->checked_label, is_met && !is_blocked && !has_other);
  if ((state == FR_PERSON_FAILED || has_other) && !is_blocked)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), "error");
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_widget_set_visible (self->here_icon, state == FR_PERSON_HERE);
  gtk_widget_set_visible (self->answer_box, state == FR_PERSON_ASKS || (is_introduced && is_away));
  gtk_widget_set_visible (self->other_box, has_other);
  gtk_widget_set_visible (self->retry_button, may_retry);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.retry", may_retry);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.remove",
                                 !is_blocked && !is_computer && !is_introduced && state != FR_PERSON_ASKS);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.block",
                                 !is_blocked && !has_other && is_met);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.compare", !is_blocked && is_met);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.unblock", is_blocked);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.rename",
                                 is_blocked || fr_person_get_added (self->person));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.introduce", fr_introduce_dialog_can_begin (self->person));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.mine",
                                 !is_mine && !is_computer && fr_person_get_checked (self->person)
                                     && fr_person_is_contact (self->person));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.not-mine", is_mine);
}

static void
retry_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    fr_people_retry (self->people, self->person);
}

static void
accept_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    fr_people_accept (self->people, self->person);
}

static void
decline_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    fr_people_turn_away (self->people, self->person);
}

static void
refuse_other_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    fr_people_refuse_other (self->people, self->person);
}

static void
compare_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL && fr_person_get_key (self->person, NULL))
    gtk_window_present (fr_words_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->people, self->person));
}

static void
rename_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    gtk_window_present (fr_rename_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->people, self->person));
}

static void
message_cb (FrPersonRow *self, const char *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
introduce_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);
  FrIntroduceDialog *dialog;

  if (self->person == NULL)
    return;
  dialog = fr_introduce_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->people, self->person);
  g_signal_connect_object (dialog, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
unblock_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL && fr_person_get_blocked (self->person))
    fr_people_unblock (self->people, self->person);
}

/* What is done when the person has said yes once more. The row may be about somebody else by then. */
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
ask (FrPersonRow *self, const char *heading, const char *body, const char *yes,
     gboolean (*act) (FrPeople *people, FrPerson *person, GError **error))
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, body);
  Question *question = g_new (Question, 1);

  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), heading, fr_person_get_name (self->person));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes", ADW_RESPONSE_DESTRUCTIVE);
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
block_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    /* Translators: the name of a person */
    ask (self, _ ("Block %s?"),
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
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    /* Translators: the name of a person */
    ask (self, _ ("Remove %s?"),
         _ ("Your computers will not connect to each other by themselves any more. Pictures stay where they are."),
         _ ("_Remove"), forget);
}

static gboolean
set_mine (FrPeople *people, FrPerson *person, GError **error)
{
  return fr_people_set_mine (people, person, TRUE, error);
}

static void
mine_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    /* Translators: the name of a person, which is perhaps one's own */
    ask (self, _ ("Is %s You?"),
         _ ("Say so only if this is your own computer. It will count as you: the people you are connected to will see it "
            "as yours, and it will find what you find with them. Say the same at the other computer."),
         _ ("_This Is My Other Computer"), set_mine);
}

static void
not_mine_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPersonRow *self = FR_PERSON_ROW (widget);

  if (self->person != NULL)
    fr_people_set_mine (self->people, self->person, FALSE, NULL);
}

static void
fr_person_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrPersonRow *self = FR_PERSON_ROW (object);

  if (id == PROP_PERSON)
    g_value_set_object (value, self->person);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_person_row_dispose (GObject *object)
{
  FrPersonRow *self = FR_PERSON_ROW (object);

  g_clear_object (&self->person_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PERSON_ROW);
  g_clear_object (&self->person);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (fr_person_row_parent_class)->dispose (object);
}

static void
fr_person_row_class_init (FrPersonRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_person_row_get_property;
  object_class->dispose = fr_person_row_dispose;
  properties[PROP_PERSON]
      = g_param_spec_object ("person", NULL, NULL, FR_TYPE_PERSON,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, here_icon);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, answer_box);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, other_box);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, own_name_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, checked_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, state_label);
  gtk_widget_class_install_action (widget_class, "person.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "person.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "person.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "person.decline", NULL, decline_action);
  gtk_widget_class_install_action (widget_class, "person.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "person.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "person.refuse-other", NULL, refuse_other_action);
  gtk_widget_class_install_action (widget_class, "person.block", NULL, block_action);
  gtk_widget_class_install_action (widget_class, "person.unblock", NULL, unblock_action);
  gtk_widget_class_install_action (widget_class, "person.introduce", NULL, introduce_action);
  gtk_widget_class_install_action (widget_class, "person.mine", NULL, mine_action);
  gtk_widget_class_install_action (widget_class, "person.not-mine", NULL, not_mine_action);
}

static void
fr_person_row_init (FrPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->person_signals = g_signal_group_new (FR_TYPE_PERSON);
  g_signal_group_connect_swapped (self->person_signals, "notify", G_CALLBACK (show_state), self);
}

/**
 * fr_person_row_new:
 * @people: whom the actions are for
 *
 * Returns: (transfer floating): a row about nobody yet
 */
FrPersonRow *
fr_person_row_new (FrPeople *people)
{
  FrPersonRow *self = g_object_new (FR_TYPE_PERSON_ROW, NULL);

  self->people = g_object_ref (people);
  return self;
}

/**
 * fr_person_row_set_person:
 * @self: a row
 * @person: (nullable): whom it is about
 */
void
fr_person_row_set_person (FrPersonRow *self, FrPerson *person)
{
  if (!g_set_object (&self->person, person))
    return;
  g_signal_group_set_target (self->person_signals, person);
  if (person != NULL)
    show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}
