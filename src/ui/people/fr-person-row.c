/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-row.h"

#include <glib/gi18n.h>

#include "fr-person-actions.h"
#include "fr-person-text.h"

struct _FrPersonRow
{
  AdwBin parent_instance;

  /* template widgets */
  GtkLabel *heading;
  GtkWidget *retry_button;
  GtkSpinner *spinner;
  GtkWidget *here_icon;
  GtkWidget *answer_box;
  GtkWidget *other_box;
  GtkWidget *relay_button;
  GtkWidget *own_name_label;
  GtkWidget *checked_label;
  GtkLabel *state_label;
  GtkMenuButton *menu_button;

  /* owned */
  FrPersonActions *actions; /* nullable: nothing can be done */
  FrPerson *person;
  GSignalGroup *person_signals;

  /* state */
  gboolean is_dropping;
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
  OPEN,
  SHARE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPersonRow, fr_person_row, ADW_TYPE_BIN)

static void
show_check (FrPersonRow *self, gboolean has_other)
{
  g_autofree char *check = fr_person_text_describe_check_of (self->person);
  g_autofree char *own_name = fr_person_text_describe_own_name (fr_person_get_own_name (self->person));
  gboolean is_told = fr_person_text_is_check_worth_telling (self->person);

  gtk_label_set_label (GTK_LABEL (self->own_name_label), own_name != NULL ? own_name : "");
  gtk_widget_set_visible (self->own_name_label, own_name != NULL);
  gtk_label_set_label (GTK_LABEL (self->checked_label), check);
  gtk_widget_set_visible (self->checked_label,
                          is_told && !fr_person_get_blocked (self->person) && !has_other);
}

static char *
describe (FrPersonRow *self)
{
  if (self->is_dropping)
    /* Translators: the name of a person: what happens to pictures that are dropped here */
    return g_strdup_printf (_ ("Drop to Share with %s"), fr_person_get_name (self->person));
  return fr_person_text_describe_person (self->person);
}

static void
show_state (FrPersonRow *self)
{
  FrPersonState state = fr_person_get_state (self->person);
  FrPersonOffers offers = fr_person_actions_list_offers (self->person);
  gboolean is_busy = state == FR_PERSON_LOOKING || state == FR_PERSON_CONNECTING;
  gboolean is_blocked = fr_person_get_blocked (self->person), has_other = state == FR_PERSON_CHANGED;
  g_autofree char *text = describe (self);
  g_autofree char *more = NULL;

  /* Translators: the name of a person */
  more = g_strdup_printf (_ ("More about %s"), fr_person_get_name (self->person));
  gtk_label_set_label (self->state_label, text);
  if ((state == FR_PERSON_FAILED || has_other) && !is_blocked)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), "error");
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_widget_set_visible (self->here_icon, state == FR_PERSON_HERE);
  gtk_widget_set_visible (self->answer_box, offers & FR_PERSON_OFFER_ANSWER);
  gtk_widget_set_visible (self->other_box, offers & FR_PERSON_OFFER_OTHER);
  gtk_widget_set_visible (self->relay_button, offers & FR_PERSON_OFFER_RELAY);
  gtk_widget_set_visible (self->retry_button, offers & FR_PERSON_OFFER_RETRY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
  show_check (self, has_other);
}

static void
message_cb (FrPersonRow *self, const char *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
open_cb (FrPersonRow *self)
{
  g_signal_emit (self, signals[OPEN], 0, self->person);
}

static void
share_cb (FrPersonRow *self)
{
  g_signal_emit (self, signals[SHARE], 0, self->person);
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

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PERSON_ROW);
  g_clear_object (&self->person_signals);
  g_clear_object (&self->person);
  if (self->actions != NULL)
    gtk_widget_insert_action_group (GTK_WIDGET (self), "person", NULL);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (fr_person_row_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, heading);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, here_icon);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, answer_box);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, other_box);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, relay_button);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, own_name_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, checked_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonRow, menu_button);
}

static void
fr_person_row_class_init (FrPersonRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_person_row_get_property;
  object_class->dispose = fr_person_row_dispose;
  properties[PROP_PERSON]
      = g_param_spec_object ("person", NULL, NULL, FR_TYPE_PERSON,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_PERSON);
  signals[SHARE] = g_signal_new ("share", FR_TYPE_PERSON_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 FR_TYPE_PERSON);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
fr_person_row_init (FrPersonRow *self)
{
  g_autoptr (GMenuModel) menu = fr_person_actions_make_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu_button, menu);
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

  self->actions = fr_person_actions_new (GTK_WIDGET (self), people, TRUE);
  g_signal_connect_object (self->actions, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "share", G_CALLBACK (share_cb), self, G_CONNECT_SWAPPED);
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
  fr_person_actions_set_person (self->actions, person);
  g_signal_group_set_target (self->person_signals, person);
  if (person != NULL)
    show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

FrPerson *
fr_person_row_get_person (FrPersonRow *self)
{
  return self->person;
}

void
fr_person_row_set_heading (FrPersonRow *self, const char *heading)
{
  gtk_label_set_label (self->heading, heading != NULL ? heading : "");
  gtk_widget_set_visible (GTK_WIDGET (self->heading), heading != NULL);
}

/**
 * fr_person_row_set_dropping:
 * @self: a row
 * @dropping: whether pictures are held over it
 *
 * Says that they would be shared with the person.
 */
void
fr_person_row_set_dropping (FrPersonRow *self, gboolean dropping)
{
  if (dropping == self->is_dropping)
    return;
  self->is_dropping = dropping;
  if (dropping)
    gtk_widget_add_css_class (GTK_WIDGET (self), "drop-here");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-here");
  if (self->person != NULL)
    show_state (self);
}
