/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-introduce-dialog.h"

#include <glib/gi18n.h>

struct _FrIntroduceDialog
{
  AdwWindow parent_instance;

  /* template widgets */
  GtkLabel *heading;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *error_label;

  /* owned */
  FrPeople *people;
  FrPerson *person;
  GtkFilterListModel *others; /* of FrPerson */
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrIntroduceDialog, fr_introduce_dialog, ADW_TYPE_WINDOW)

/* Other computers are told of by their person's first one, and one's own by oneself. */
static gboolean
is_other (gpointer item, gpointer data)
{
  return item != data && fr_introduce_dialog_can_begin (item);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fr_person_get_name (item));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_others (FrIntroduceDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->others));

  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "nobody" : "list");
}

/* Somebody has come or gone. */
static void
n_here_cb (FrIntroduceDialog *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->others), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
row_activated_cb (FrIntroduceDialog *self, GtkListBoxRow *row)
{
  guint position = (guint) gtk_list_box_row_get_index (row);
  g_autoptr (FrPerson) to = g_list_model_get_item (G_LIST_MODEL (self->others), position);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (to == NULL)
    return;
  if (!fr_people_introduce (self->people, self->person, to, &error))
    {
      gtk_label_set_label (self->error_label, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
      return;
    }
  /* Translators: the names of two people */
  message = g_strdup_printf (_ ("%1$s and %2$s know of each other now. They decide whether to connect."),
                             fr_person_get_name (self->person), fr_person_get_name (to));
  g_signal_emit (self, signals[MESSAGE], 0, message);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fr_introduce_dialog_dispose (GObject *object)
{
  FrIntroduceDialog *self = FR_INTRODUCE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_INTRODUCE_DIALOG);
  g_clear_object (&self->others);
  g_clear_object (&self->person);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (fr_introduce_dialog_parent_class)->dispose (object);
}

static void
fr_introduce_dialog_class_init (FrIntroduceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_introduce_dialog_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_INTRODUCE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-introduce-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FrIntroduceDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, FrIntroduceDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, FrIntroduceDialog, list);
  gtk_widget_class_bind_template_child (widget_class, FrIntroduceDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_introduce_dialog_init (FrIntroduceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_introduce_dialog_new:
 * @parent: (nullable): over which window
 * @people: people
 * @person: one of them, whom others are to know
 *
 * Returns: (transfer none): a dialog, to be presented
 */
FrIntroduceDialog *
fr_introduce_dialog_new (GtkWindow *parent, FrPeople *people, FrPerson *person)
{
  FrIntroduceDialog *self = g_object_new (FR_TYPE_INTRODUCE_DIALOG, "transient-for", parent, NULL);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_other, g_object_ref (person), g_object_unref));
  /* Translators: the name of a person */
  g_autofree char *heading = g_strdup_printf (_ ("Introduce %s To…"), fr_person_get_name (person));

  self->people = g_object_ref (people);
  self->person = g_object_ref (person);
  self->others = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (people)), filter);
  gtk_label_set_label (self->heading, heading);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->others), make_row, NULL, NULL);
  g_signal_connect_object (self->others, "items-changed", G_CALLBACK (show_others), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "notify::n-here", G_CALLBACK (n_here_cb), self, G_CONNECT_SWAPPED);
  show_others (self);
  return self;
}

/**
 * fr_introduce_dialog_can_begin:
 * @person: somebody
 *
 * Returns: whether they may be introduced to others now: they are here, and somebody else than the person here
 */
gboolean
fr_introduce_dialog_can_begin (FrPerson *person)
{
  return fr_person_is_contact (person) && fr_person_get_state (person) == FR_PERSON_HERE
         && fr_person_get_owner (person) == NULL && !fr_person_get_mine (person);
}
