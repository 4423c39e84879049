/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-head.h"

#include <glib/gi18n.h>

#include "fr-person-actions.h"
#include "fr-person-text.h"

/* In this order. */
static const struct
{
  FrPersonOffers offer;
  const char *label;
  const char *action;
  gboolean is_suggested;
} offers[] = {
  { FR_PERSON_OFFER_ANSWER, N_ ("_Decline"), "person.decline", FALSE },
  { FR_PERSON_OFFER_ANSWER, N_ ("_Accept"), "person.accept", TRUE },
  { FR_PERSON_OFFER_OTHER, N_ ("_Compare Words…"), "person.compare", FALSE },
  { FR_PERSON_OFFER_OTHER, N_ ("_Don’t Connect"), "person.refuse-other", TRUE },
  { FR_PERSON_OFFER_RELAY, N_ ("_Set Up a Relay…"), "win.connection", FALSE },
  { FR_PERSON_OFFER_RETRY, N_ ("_Try Again"), "person.retry", FALSE },
  { FR_PERSON_OFFER_UNBLOCK, N_ ("_Unblock"), "person.unblock", FALSE },
  { FR_PERSON_OFFER_ADD, N_ ("_Add"), "person.add", TRUE },
  { FR_PERSON_OFFER_SHARE, N_ ("_Share Something…"), "person.share", TRUE },
};

struct _FrPersonHead
{
  AdwBin parent_instance;

  /* template widgets */
  GtkBox *box;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkSpinner *spinner;
  GtkWidget *here_icon;
  GtkLabel *state_label;
  GtkLabel *own_name_label;
  GtkBox *buttons;

  /* owned */
  FrPerson *person; /* nullable */
  GSignalGroup *person_signals;

  /* borrowed */
  GtkWidget *offered[G_N_ELEMENTS (offers)];

  /* state */
  gboolean narrow;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrPersonHead, fr_person_head, ADW_TYPE_BIN)

static void
show_offers (FrPersonHead *self)
{
  FrPersonOffers now = fr_person_actions_list_offers (self->person);
  gboolean had_focus = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      had_focus |= gtk_widget_has_focus (self->offered[i]) && !(now & offers[i].offer);
      gtk_widget_set_visible (self->offered[i], now & offers[i].offer);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), now != 0);
  if (had_focus && !fr_person_head_take_focus (self))
    gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}

static void
show_person (FrPersonHead *self)
{
  FrPersonState state = fr_person_get_state (self->person);
  gboolean is_busy = state == FR_PERSON_LOOKING || state == FR_PERSON_CONNECTING;
  gboolean is_wrong = (state == FR_PERSON_FAILED || state == FR_PERSON_CHANGED) && !fr_person_get_blocked (self->person);
  g_autofree char *text = fr_person_text_describe_person (self->person);
  g_autofree char *own_name = fr_person_text_describe_own_name (fr_person_get_own_name (self->person));

  adw_avatar_set_text (self->avatar, fr_person_get_name (self->person));
  gtk_label_set_label (self->name_label, fr_person_get_name (self->person));
  gtk_label_set_label (self->state_label, text);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), "error");
  gtk_label_set_label (self->own_name_label, own_name != NULL ? own_name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->own_name_label), own_name != NULL);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_widget_set_visible (self->here_icon, state == FR_PERSON_HERE);
  show_offers (self);
}

static void
set_narrow (FrPersonHead *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->buttons, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    gtk_widget_set_hexpand (self->offered[i], narrow);
}

static void
fr_person_head_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, FR_PERSON_HEAD (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_person_head_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrPersonHead *self = FR_PERSON_HEAD (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (g_value_get_boolean (value) == self->narrow)
    return;
  set_narrow (self, g_value_get_boolean (value));
  g_object_notify_by_pspec (object, pspec);
}

static void
fr_person_head_dispose (GObject *object)
{
  FrPersonHead *self = FR_PERSON_HEAD (object);

  g_clear_object (&self->person_signals);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PERSON_HEAD);
  g_clear_object (&self->person);
  G_OBJECT_CLASS (fr_person_head_parent_class)->dispose (object);
}

static void
fr_person_head_class_init (FrPersonHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_person_head_get_property;
  object_class->set_property = fr_person_head_set_property;
  object_class->dispose = fr_person_head_dispose;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-person-head.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, box);
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, avatar);
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, name_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, here_icon);
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, state_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, own_name_label);
  gtk_widget_class_bind_template_child (widget_class, FrPersonHead, buttons);
}

static void
fr_person_head_init (FrPersonHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ (offers[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), offers[i].action);
      if (offers[i].is_suggested)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_set_visible (button, FALSE);
      gtk_box_append (self->buttons, button);
      self->offered[i] = button;
    }
  self->person_signals = g_signal_group_new (FR_TYPE_PERSON);
  g_signal_group_connect_swapped (self->person_signals, "notify", G_CALLBACK (show_person), self);
}

/**
 * fr_person_head_set_person:
 * @self: a head
 * @person: (nullable): whom it is about
 */
void
fr_person_head_set_person (FrPersonHead *self, FrPerson *person)
{
  g_set_object (&self->person, person);
  g_signal_group_set_target (self->person_signals, person);
  if (person != NULL)
    show_person (self);
}

const char *
fr_person_head_get_state (FrPersonHead *self)
{
  return gtk_label_get_label (self->state_label);
}

/**
 * fr_person_head_take_focus:
 * @self: a head
 *
 * Gives the focus to what is done most likely: that is the last button.
 *
 * Returns: whether there is one
 */
gboolean
fr_person_head_take_focus (FrPersonHead *self)
{
  for (gsize i = G_N_ELEMENTS (offers); i > 0; i--)
    if (gtk_widget_get_visible (self->offered[i - 1]))
      return gtk_widget_grab_focus (self->offered[i - 1]);
  return FALSE;
}
