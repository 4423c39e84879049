/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-connection-dialog.h"

#include "fr-announce.h"
#include "fr-meeting-point-form.h"
#include "fr-meeting-text.h"
#include "fr-name-entry.h"

struct _FrConnectionDialog
{
  AdwWindow parent_instance;

  /* template widgets */
  FrNameEntry *name_entry;
  FrMeetingPointForm *form;
  GtkWidget *serve_button;
  GtkLabel *state_label;
  AdwComboRow *admission_row;
  GtkSwitch *open_switch;

  /* owned */
  FrNode *node;
};

G_DEFINE_FINAL_TYPE (FrConnectionDialog, fr_connection_dialog, ADW_TYPE_WINDOW)

static void
show_state (FrConnectionDialog *self)
{
  const GError *error = fr_node_get_error (self->node);
  const FrMeetingFacts facts = { .state = fr_node_get_state (self->node),
                                 .error = error != NULL ? error->message : NULL,
                                 .serving = fr_node_get_serving (self->node) };
  g_autofree char *text = fr_meeting_text_describe_now (&facts, fr_node_get_server (self->node));

  gtk_label_set_label (self->state_label, text);
}

static void
served_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = fr_node_serve_finish (FR_NODE (source), result, &error);

  if (self->node == NULL) /* closed meanwhile */
    return;
  gtk_widget_set_sensitive (self->serve_button, TRUE);
  if (server != NULL)
    return;
  gtk_label_set_label (self->state_label, error->message);
  fr_announce (GTK_WIDGET (self), error->message);
}

static void
serve_clicked_cb (FrConnectionDialog *self)
{
  gtk_widget_set_sensitive (self->serve_button, FALSE);
  fr_node_serve_async (self->node, TRUE, 0, NULL, served_cb, g_object_ref (self));
}

static void
take_name (FrConnectionDialog *self)
{
  if (fr_name_entry_get_valid (self->name_entry))
    fr_node_set_name (self->node, fr_name_entry_get_name (self->name_entry), NULL);
}

static void
open_cb (FrConnectionDialog *self)
{
  if (self->node != NULL && gtk_switch_get_active (self->open_switch) != fr_node_get_open (self->node))
    fr_node_set_open (self->node, gtk_switch_get_active (self->open_switch));
}

/* The rows are in the order of FrAdmissionRule. */
static void
admission_cb (FrConnectionDialog *self)
{
  FrAdmissionRule rule = (FrAdmissionRule) adw_combo_row_get_selected (self->admission_row);

  if (self->node != NULL && rule <= FR_ADMIT_CONTACTS && rule != fr_node_get_admission_rule (self->node))
    fr_node_set_admission_rule (self->node, rule);
}

static void
connected_cb (FrConnectionDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request_cb (FrConnectionDialog *self)
{
  take_name (self);
  return GDK_EVENT_PROPAGATE;
}

static void
fr_connection_dialog_dispose (GObject *object)
{
  FrConnectionDialog *self = FR_CONNECTION_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_CONNECTION_DIALOG);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_connection_dialog_parent_class)->dispose (object);
}

static void
fr_connection_dialog_class_init (FrConnectionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_connection_dialog_dispose;
  g_type_ensure (FR_TYPE_NAME_ENTRY);
  g_type_ensure (FR_TYPE_MEETING_POINT_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-connection-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FrConnectionDialog, name_entry);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionDialog, form);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionDialog, serve_button);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionDialog, state_label);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionDialog, admission_row);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionDialog, open_switch);
  gtk_widget_class_bind_template_callback (widget_class, take_name);
  gtk_widget_class_bind_template_callback (widget_class, serve_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, admission_cb);
  gtk_widget_class_bind_template_callback (widget_class, connected_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_connection_dialog_init (FrConnectionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_connection_dialog_new:
 * @node: whose name and server
 * @parent: the window it belongs to
 *
 * Returns: (transfer none): a window that is not shown yet
 */
FrConnectionDialog *
fr_connection_dialog_new (FrNode *node, GtkWindow *parent)
{
  FrConnectionDialog *self = g_object_new (FR_TYPE_CONNECTION_DIALOG, "transient-for", parent, NULL);
  const char *name = fr_node_get_name (node);

  adw_combo_row_set_selected (self->admission_row, fr_node_get_admission_rule (node));
  g_set_object (&self->node, node);
  fr_name_entry_set_name (self->name_entry, name != NULL ? name : "");
  fr_meeting_point_form_set_node (self->form, node);
  gtk_switch_set_active (self->open_switch, fr_node_get_open (node));
  g_signal_connect_object (node, "notify::state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::serving", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
  return self;
}
