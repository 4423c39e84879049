/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-failures-dialog.h"

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
