/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-row.h"

#include "fr-doctor-text.h"

struct _FrDoctorRow
{
  GtkListBoxRow parent_instance;

  /* template widgets */
  GtkStack *mark;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *title_label;
  GtkLabel *text_label;
  GtkButton *remedy_button;

  /* owned */
  FrDoctorStep *step;
  char *person; /* nullable */
};

G_DEFINE_FINAL_TYPE (FrDoctorRow, fr_doctor_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_mark (FrDoctorRow *self, const FrDoctorFacts *facts)
{
  const char *classes[] = { fr_doctor_text_get_icon_class (facts), NULL };
  gboolean is_looking = facts->state == FR_DOCTOR_LOOKING;

  gtk_image_set_from_icon_name (self->icon, fr_doctor_text_get_icon (facts));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_spinner_set_spinning (self->spinner, is_looking);
  gtk_stack_set_visible_child_name (self->mark, is_looking ? "spinner" : "icon");
}

static void
show_remedy (FrDoctorRow *self, const FrDoctorFacts *facts)
{
  const char *remedy = fr_doctor_text_get_remedy (facts);

  if (remedy != NULL)
    {
      gtk_button_set_label (self->remedy_button, remedy);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->remedy_button), fr_doctor_text_get_action (facts));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->remedy_button), remedy != NULL);
}

static void
update (FrDoctorRow *self)
{
  g_autofree char *title = NULL, *text = NULL, *both = NULL;
  FrDoctorFacts facts;

  fr_doctor_text_gather (self->step, &facts);
  title = fr_doctor_text_get_title (&facts, self->person);
  text = fr_doctor_text_describe (&facts);
  both = g_strconcat (title, ", ", text, NULL);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->text_label, text);
  show_mark (self, &facts);
  show_remedy (self, &facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
}

static void
fr_doctor_row_dispose (GObject *object)
{
  FrDoctorRow *self = FR_DOCTOR_ROW (object);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_DOCTOR_ROW);
  g_clear_object (&self->step);
  G_OBJECT_CLASS (fr_doctor_row_parent_class)->dispose (object);
}

static void
fr_doctor_row_finalize (GObject *object)
{
  g_free (FR_DOCTOR_ROW (object)->person);
  G_OBJECT_CLASS (fr_doctor_row_parent_class)->finalize (object);
}

static void
fr_doctor_row_class_init (FrDoctorRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_doctor_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_doctor_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-doctor-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FrDoctorRow, mark);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorRow, remedy_button);
}

static void
fr_doctor_row_init (FrDoctorRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_doctor_row_new:
 * @step: what it shows
 * @person: (nullable): to whom a path is looked for
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
fr_doctor_row_new (FrDoctorStep *step, const char *person)
{
  FrDoctorRow *self = g_object_new (FR_TYPE_DOCTOR_ROW, NULL);

  self->step = g_object_ref (step);
  self->person = g_strdup (person);
  g_signal_connect_object (step, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
