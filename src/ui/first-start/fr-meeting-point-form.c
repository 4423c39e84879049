/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-meeting-point-form.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-meeting-text.h"
#include "fr-relay-uri.h"

#define COMMAND "freshet-cli serve --interface 0.0.0.0 --port 9000"

struct _FrMeetingPointForm
{
  AdwBin parent_instance;

  /* template widgets */
  GtkEditable *address;
  AdwExpanderRow *more_row;
  GtkEditable *stun;
  GtkEditable *turn;
  GtkLabel *error_label;
  GtkWidget *going_box;
  GtkSpinner *spinner;
  GtkLabel *going_label;
  GtkWidget *connect_button;

  /* owned */
  FrNode *node;

  /* state */
  guint is_chosen : 1; /* what was wrong with the one before may be heard of once more */
};

enum
{
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrMeetingPointForm, fr_meeting_point_form, ADW_TYPE_BIN)

static void
set_error (FrMeetingPointForm *self, GtkEditable *row, const char *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), message != NULL);
  if (message == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
      gtk_accessible_reset_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  fr_announce (GTK_WIDGET (self), message);
}

static void
clear_errors (FrMeetingPointForm *self)
{
  set_error (self, self->address, NULL);
  set_error (self, self->stun, NULL);
  set_error (self, self->turn, NULL);
}

static void
show_going (FrMeetingPointForm *self, const char *text)
{
  if (text != NULL && gtk_widget_has_focus (self->connect_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->address)); /* as the button goes */
  gtk_spinner_set_spinning (self->spinner, text != NULL);
  gtk_label_set_label (self->going_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->going_box, text != NULL);
  gtk_widget_set_visible (self->connect_button, text == NULL);
}

static void
update (FrMeetingPointForm *self)
{
  const GError *error = fr_node_get_error (self->node);
  const FrMeetingFacts facts = { .is_chosen = self->is_chosen,
                                 .state = fr_node_get_state (self->node),
                                 .error = error != NULL ? error->message : NULL };
  FrMeetingStep step = fr_meeting_text_choose (&facts);
  g_autofree char *text = fr_meeting_text_describe (step, &facts);

  if (step == FR_MEETING_IDLE)
    return;
  show_going (self, step == FR_MEETING_GOING ? text : NULL);
  if (step == FR_MEETING_FAILED)
    set_error (self, self->address, text);
  if (step != FR_MEETING_THERE)
    return;
  self->is_chosen = FALSE;
  g_signal_emit (self, signals[CONNECTED], 0);
}

static gboolean
use_relays (FrMeetingPointForm *self)
{
  const char *stun = gtk_editable_get_text (self->stun), *turn = gtk_editable_get_text (self->turn);
  g_autoptr (GError) error = NULL;

  if (fr_node_set_relays (self->node, stun, turn, &error))
    return TRUE;
  adw_expander_row_set_expanded (self->more_row, TRUE);
  set_error (self, *stun == '\0' || fr_relay_uri_is_stun (stun) ? self->turn : self->stun, error->message);
  return FALSE;
}

static void
changed_cb (FrMeetingPointForm *self)
{
  clear_errors (self);
  self->is_chosen = FALSE;
  show_going (self, NULL);
  gtk_widget_set_sensitive (self->connect_button, *gtk_editable_get_text (self->address) != '\0');
}

static void
help_cb (FrMeetingPointForm *self, const char *response)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), COMMAND);
}

static void
help_clicked_cb (FrMeetingPointForm *self)
{
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("How to Run One"), NULL);

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      /* Translators: a command; then an address that looks like example.org:9000 */
      _ ("A meeting point is a small program that comes with Freshet. Start it on a computer that is always on and that "
         "all of you can reach:\n\n%s\n\nThen everybody fills in the address of that computer, such as “%s”."),
      COMMAND, "example.org:9000");
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"), "copy", _ ("_Copy Command"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "copy");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (help_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
fr_meeting_point_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FR_MEETING_POINT_FORM (widget)->address));
}

static void
fr_meeting_point_form_dispose (GObject *object)
{
  FrMeetingPointForm *self = FR_MEETING_POINT_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_MEETING_POINT_FORM);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_meeting_point_form_parent_class)->dispose (object);
}

static void
fr_meeting_point_form_class_init (FrMeetingPointFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_meeting_point_form_dispose;
  widget_class->grab_focus = fr_meeting_point_form_grab_focus;
  signals[CONNECTED] = g_signal_new ("connected", FR_TYPE_MEETING_POINT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-meeting-point-form.ui");
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, address);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, more_row);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, stun);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, turn);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, error_label);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, going_box);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, going_label);
  gtk_widget_class_bind_template_child (widget_class, FrMeetingPointForm, connect_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fr_meeting_point_form_connect);
  gtk_widget_class_bind_template_callback (widget_class, help_clicked_cb);
}

static void
fr_meeting_point_form_init (FrMeetingPointForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_meeting_point_form_set_node:
 * @self: a form
 * @node: whom it is for; once
 */
void
fr_meeting_point_form_set_node (FrMeetingPointForm *self, FrNode *node)
{
  const char *stun = fr_node_get_stun (node), *turn = fr_node_get_turn (node);

  gtk_editable_set_text (self->stun, stun != NULL ? stun : "");
  gtk_editable_set_text (self->turn, turn != NULL ? turn : "");
  if (fr_node_get_server (node) != NULL && fr_node_get_serving (node) == NULL)
    gtk_editable_set_text (self->address, fr_node_get_server (node));
  g_set_object (&self->node, node);
  g_signal_connect_object (node, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

void
fr_meeting_point_form_set_address (FrMeetingPointForm *self, const char *address)
{
  gtk_editable_set_text (self->address, address);
}

/**
 * fr_meeting_point_form_show_more:
 * @self: a form
 *
 * Shows what helps through firewalls.
 */
void
fr_meeting_point_form_show_more (FrMeetingPointForm *self)
{
  adw_expander_row_set_expanded (self->more_row, TRUE);
}

/**
 * fr_meeting_point_form_connect:
 * @self: a form
 *
 * Goes to the meeting point that is filled in. What will not do stands below it.
 */
void
fr_meeting_point_form_connect (FrMeetingPointForm *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));
  g_autoptr (GError) error = NULL;

  clear_errors (self);
  if (*address == '\0' || !use_relays (self))
    return;
  if (!fr_node_connect_server (self->node, address, &error))
    {
      set_error (self, self->address, error->message);
      return;
    }
  self->is_chosen = TRUE;
  show_going (self, _ ("Going to the meeting point…"));
  fr_announce (GTK_WIDGET (self), _ ("Going to the meeting point…"));
}

/**
 * fr_meeting_point_form_get_error:
 * @self: a form
 *
 * Returns: (nullable): why it did not work
 */
const char *
fr_meeting_point_form_get_error (FrMeetingPointForm *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->error_label)) ? gtk_label_get_label (self->error_label) : NULL;
}
