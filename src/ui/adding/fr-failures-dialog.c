/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-failures-dialog.h"

#include <glib/gi18n.h>

#include "fr-failure.h"

struct _FrFailuresDialog
{
  AdwWindow parent_instance;

  /* template widgets */
  GListStore *failures;
  GtkWidget *retry_button;
};

enum
{
  RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrFailuresDialog, fr_failures_dialog, ADW_TYPE_WINDOW)

/* A row: what it is called, and why. */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = make_label ("heading"), *message = make_label ("dim-label");

  gtk_widget_add_css_class (box, "failure-row");
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_wrap (GTK_LABEL (message), TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), message);
  gtk_list_item_set_child (list_item, box);
  gtk_list_item_set_activatable (list_item, FALSE);
}

/* What takes the focus is the list's own cell, which has no name by itself. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  FrFailure *failure = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  g_autofree char *label = g_strdup_printf (_ ("%s: %s"), fr_failure_get_name (failure), fr_failure_get_message (failure));

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), fr_failure_get_name (failure));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), fr_failure_get_message (failure));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
retry_clicked_cb (FrFailuresDialog *self)
{
  g_signal_emit (self, signals[RETRY], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fr_failures_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_FAILURES_DIALOG);
  G_OBJECT_CLASS (fr_failures_dialog_parent_class)->dispose (object);
}

static void
fr_failures_dialog_class_init (FrFailuresDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_failures_dialog_dispose;
  g_type_ensure (FR_TYPE_FAILURE);
  signals[RETRY] = g_signal_new ("retry", FR_TYPE_FAILURES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-failures-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FrFailuresDialog, failures);
  gtk_widget_class_bind_template_child (widget_class, FrFailuresDialog, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_failures_dialog_init (FrFailuresDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_failures_dialog_present_list:
 * @widget: where it was asked for
 * @title: what they have in common
 * @failures: (transfer none): what to show, of #FrFailure
 *
 * Opens a window of its own.
 *
 * Returns: (transfer none): the window
 */
FrFailuresDialog *
fr_failures_dialog_present_list (GtkWidget *widget, const char *title, GListModel *failures)
{
  FrFailuresDialog *self = g_object_new (FR_TYPE_FAILURES_DIALOG, "transient-for", gtk_widget_get_root (widget),
                                         "title", title, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (failures); i++)
    {
      g_autoptr (FrFailure) failure = g_list_model_get_item (failures, i);

      g_list_store_append (self->failures, failure);
    }
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/**
 * fr_failures_dialog_set_can_retry:
 * @self: a dialog
 * @can_retry: whether it has a button to try all of it again
 */
void
fr_failures_dialog_set_can_retry (FrFailuresDialog *self, gboolean can_retry)
{
  gtk_widget_set_visible (self->retry_button, can_retry);
}
