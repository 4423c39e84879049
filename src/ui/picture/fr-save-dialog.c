/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-save-dialog.h"

#include <glib/gi18n.h>

#include "fr-title.h"

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_signal_handlers_disconnect_by_data (dialog, task);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  g_task_return_pointer (task, file != NULL ? g_file_get_path (file) : NULL, g_free);
}

static void
propose_folder (GtkFileChooser *chooser)
{
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);
  g_autoptr (GFile) folder = g_file_new_for_path (pictures != NULL ? pictures : g_get_home_dir ());

  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

/**
 * fr_save_dialog_ask_async:
 * @widget: where the question comes from
 * @title: what the picture is called
 * @type: what kind it is, as Item.Type of the protocol
 * @callback: (scope async): called with the answer
 * @data: for @callback
 *
 * Asks for the name of a file; one that fits the title is proposed.
 */
void
fr_save_dialog_ask_async (GtkWidget *widget, const char *title, guint type, GAsyncReadyCallback callback,
                          gpointer data)
{
  GTask *task = g_task_new (widget, NULL, callback, data);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *name = fr_title_to_file_name (title, type);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Save Picture As"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE,
                                     _ ("_Save"), _ ("_Cancel"));

  g_task_set_source_tag (task, fr_save_dialog_ask_async);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  propose_folder (GTK_FILE_CHOOSER (dialog));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * fr_save_dialog_ask_finish:
 * @widget: where the question came from
 * @result: what the callback got
 *
 * Returns: (transfer full) (nullable) (type filename): the path; %NULL if the person thought better of it
 */
char *
fr_save_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, widget), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
