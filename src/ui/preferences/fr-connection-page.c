/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-connection-page.h"

#include "fr-announce.h"
#include "fr-doctor-text.h"
#include "fr-doctor.h"
#include "fr-limits-group.h"
#include "fr-meeting-point-form.h"
#include "fr-meeting-text.h"

struct _FrConnectionPage
{
  AdwPreferencesPage parent_instance;

  /* template widgets */
  AdwActionRow *state_row;
  AdwPreferencesGroup *form_group;
  FrMeetingPointForm *form;
  GtkWidget *serve_button;
  AdwComboRow *admission_row;
  GtkSwitch *open_switch;
  FrLimitsGroup *limits_group;

  /* owned */
  FrNode *node;
  FrDoctor *doctor; /* nullable: the meeting point is being tried */
};

G_DEFINE_FINAL_TYPE (FrConnectionPage, fr_connection_page, ADW_TYPE_PREFERENCES_PAGE)

static void
set_state (FrConnectionPage *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (self->state_row, escaped);
}

static void
show_state (FrConnectionPage *self)
{
  const GError *error = fr_node_get_error (self->node);
  const FrMeetingFacts facts = { .state = fr_node_get_state (self->node),
                                 .error = error != NULL ? error->message : NULL,
                                 .serving = fr_node_get_serving (self->node) };
  g_autofree char *text = fr_meeting_text_describe_now (&facts, fr_node_get_server (self->node));

  if (self->doctor == NULL) /* which says it to the end */
    set_state (self, text);
}

static void
end_try (FrConnectionPage *self)
{
  g_autoptr (FrDoctorStep) step = NULL;
  g_autoptr (FrDoctor) doctor = g_steal_pointer (&self->doctor);

  if (doctor == NULL)
    return;
  step = g_list_model_get_item (G_LIST_MODEL (doctor), FR_DOCTOR_MEETING_POINT);
  g_signal_handlers_disconnect_by_data (step, self);
  fr_doctor_stop (doctor);
}

/* The doctor's first step is all that is asked for here. */
static void
tried_cb (FrConnectionPage *self, FrDoctorStep *step)
{
  FrDoctorStepState state = fr_doctor_step_get_state (step);
  g_autofree char *text = NULL;
  FrDoctorFacts facts;

  if (state == FR_DOCTOR_WAITING)
    return;
  fr_doctor_text_gather (step, &facts);
  text = fr_doctor_text_describe (&facts);
  set_state (self, text);
  if (state == FR_DOCTOR_LOOKING)
    return;
  fr_announce (GTK_WIDGET (self), text);
  end_try (self);
}

static void
try_clicked_cb (FrConnectionPage *self)
{
  g_autoptr (FrDoctorStep) step = NULL;

  end_try (self);
  self->doctor = fr_doctor_new (self->node, NULL);
  step = g_list_model_get_item (G_LIST_MODEL (self->doctor), FR_DOCTOR_MEETING_POINT);
  g_signal_connect_object (step, "changed", G_CALLBACK (tried_cb), self, G_CONNECT_SWAPPED);
  fr_doctor_run (self->doctor);
}

static void
served_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrConnectionPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = fr_node_serve_finish (FR_NODE (source), result, &error);

  if (self->node == NULL) /* closed meanwhile */
    return;
  gtk_widget_set_sensitive (self->serve_button, TRUE);
  if (server != NULL)
    return;
  set_state (self, error->message);
  fr_announce (GTK_WIDGET (self), error->message);
}

static void
serve_clicked_cb (FrConnectionPage *self)
{
  gtk_widget_set_sensitive (self->serve_button, FALSE);
  fr_node_serve_async (self->node, TRUE, 0, NULL, served_cb, g_object_ref (self));
}

static void
open_cb (FrConnectionPage *self)
{
  if (self->node != NULL && gtk_switch_get_active (self->open_switch) != fr_node_get_open (self->node))
    fr_node_set_open (self->node, gtk_switch_get_active (self->open_switch));
}

/* The rows are in the order of FrAdmissionRule. */
static void
admission_cb (FrConnectionPage *self)
{
  FrAdmissionRule rule = (FrAdmissionRule) adw_combo_row_get_selected (self->admission_row);

  if (self->node != NULL && rule <= FR_ADMIT_CONTACTS && rule != fr_node_get_admission_rule (self->node))
    fr_node_set_admission_rule (self->node, rule);
}

static void
fr_connection_page_dispose (GObject *object)
{
  FrConnectionPage *self = FR_CONNECTION_PAGE (object);

  /* AdwPreferencesWindow of libadwaita 1.2 never lets go of the groups of its pages */
  if (self->form_group != NULL)
    {
      adw_preferences_group_remove (self->form_group, GTK_WIDGET (self->form));
      fr_limits_group_set_node (self->limits_group, NULL);
    }
  end_try (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_CONNECTION_PAGE);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_connection_page_parent_class)->dispose (object);
}

static void
fr_connection_page_class_init (FrConnectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_connection_page_dispose;
  g_type_ensure (FR_TYPE_MEETING_POINT_FORM);
  g_type_ensure (FR_TYPE_LIMITS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-connection-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrConnectionPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionPage, form_group);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionPage, form);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionPage, serve_button);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionPage, admission_row);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionPage, open_switch);
  gtk_widget_class_bind_template_child (widget_class, FrConnectionPage, limits_group);
  gtk_widget_class_bind_template_callback (widget_class, try_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, serve_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, admission_cb);
}

static void
fr_connection_page_init (FrConnectionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_connection_page_set_node:
 * @self: a page
 * @node: whose meeting point; once
 */
void
fr_connection_page_set_node (FrConnectionPage *self, FrNode *node)
{
  adw_combo_row_set_selected (self->admission_row, fr_node_get_admission_rule (node));
  gtk_switch_set_active (self->open_switch, fr_node_get_open (node));
  g_set_object (&self->node, node);
  fr_meeting_point_form_set_node (self->form, node);
  fr_limits_group_set_node (self->limits_group, node);
  g_signal_connect_object (node, "notify::state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::serving", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}
