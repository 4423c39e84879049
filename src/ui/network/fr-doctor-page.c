/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-doctor-page.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-doctor-row.h"
#include "fr-doctor-text.h"
#include "fr-wrap-layout.h"

struct _FrDoctorPage
{
  AdwBin parent_instance;

  /* template widgets */
  GtkLabel *summary;
  GtkListBox *list;
  GtkWidget *buttons;
  GtkButton *look_button;
  GtkWidget *copy_button;

  /* owned */
  FrDoctor *doctor; /* nullable */
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrDoctorPage, fr_doctor_page, ADW_TYPE_BIN)

static const char *
get_person_name (FrDoctorPage *self)
{
  FrPerson *person = fr_doctor_get_person (self->doctor);

  return person != NULL ? fr_person_get_name (person) : NULL;
}

static guint
count_left_out (FrDoctor *doctor)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (doctor)); i++)
    {
      g_autoptr (FrDoctorStep) step = g_list_model_get_item (G_LIST_MODEL (doctor), i);

      n += fr_doctor_step_get_state (step) == FR_DOCTOR_NOT_LOOKED_AT;
    }
  return n;
}

static void
update (FrDoctorPage *self)
{
  gboolean is_running = fr_doctor_is_running (self->doctor);
  g_autofree char *text
      = fr_doctor_text_summarize (is_running, fr_doctor_count_bad (self->doctor), count_left_out (self->doctor));

  gtk_label_set_label (self->summary, text);
  gtk_button_set_label (self->look_button, is_running ? _ ("_Stop") : _ ("_Look Again"));
  gtk_widget_set_sensitive (self->copy_button, !is_running);
}

static void
running_cb (FrDoctorPage *self)
{
  update (self);
  if (!fr_doctor_is_running (self->doctor))
    fr_announce (GTK_WIDGET (self), gtk_label_get_label (self->summary));
}

static void
step_changed_cb (FrDoctorPage *self, FrDoctorStep *step)
{
  g_autofree char *text = NULL;
  FrDoctorFacts facts;

  fr_doctor_text_gather (step, &facts);
  text = fr_doctor_text_announce (&facts, get_person_name (self));
  if (text != NULL)
    fr_announce (GTK_WIDGET (self), text);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  FrDoctorPage *self = data;

  g_signal_connect_object (item, "changed", G_CALLBACK (step_changed_cb), self, G_CONNECT_SWAPPED);
  return fr_doctor_row_new (item, get_person_name (self));
}

static void
look_clicked_cb (FrDoctorPage *self)
{
  if (fr_doctor_is_running (self->doctor))
    fr_doctor_stop (self->doctor);
  else
    fr_doctor_run (self->doctor);
}

static void
copy_clicked_cb (FrDoctorPage *self)
{
  g_autofree char *report = fr_doctor_make_report (self->doctor);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), report);
  g_signal_emit (self, signals[MESSAGE], 0, _ ("Report copied. It has no names and no addresses in it."));
}

static void
fr_doctor_page_dispose (GObject *object)
{
  FrDoctorPage *self = FR_DOCTOR_PAGE (object);

  fr_doctor_page_close (self);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_DOCTOR_PAGE);
  G_OBJECT_CLASS (fr_doctor_page_parent_class)->dispose (object);
}

static void
fr_doctor_page_class_init (FrDoctorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_doctor_page_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_DOCTOR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-doctor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrDoctorPage, summary);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorPage, list);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorPage, look_button);
  gtk_widget_class_bind_template_child (widget_class, FrDoctorPage, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, look_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
}

static void
fr_doctor_page_init (FrDoctorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* below each other where two of them do not fit */
  gtk_widget_set_layout_manager (self->buttons, fr_wrap_layout_new (12));
}

/**
 * fr_doctor_page_open:
 * @self: a page
 * @node: whose connections are looked at
 * @person: (nullable): to whom the path is looked at too
 *
 * Begins to look, from the beginning.
 */
void
fr_doctor_page_open (FrDoctorPage *self, FrNode *node, FrPerson *person)
{
  fr_doctor_page_close (self);
  self->doctor = fr_doctor_new (node, person);
  g_signal_connect_object (self->doctor, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->doctor), create_row, self, NULL);
  fr_doctor_run (self->doctor);
}

/**
 * fr_doctor_page_close:
 * @self: a page
 *
 * Nobody looks at it any more.
 */
void
fr_doctor_page_close (FrDoctorPage *self)
{
  if (self->doctor == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->doctor, running_cb, self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->doctor)); i++)
    {
      g_autoptr (FrDoctorStep) step = g_list_model_get_item (G_LIST_MODEL (self->doctor), i);

      g_signal_handlers_disconnect_by_func (step, step_changed_cb, self);
    }
  fr_doctor_stop (self->doctor);
  g_clear_object (&self->doctor);
}

/**
 * fr_doctor_page_take_focus:
 * @self: a page
 *
 * Gives the focus to what stops looking, or looks again.
 */
void
fr_doctor_page_take_focus (FrDoctorPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->look_button));
}

FrDoctor *
fr_doctor_page_get_doctor (FrDoctorPage *self)
{
  return self->doctor;
}
