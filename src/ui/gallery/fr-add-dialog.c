/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-add-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * fr_add_dialog_make_heading:
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 *
 * Returns: (transfer full): the question about them
 */
char *
fr_add_dialog_make_heading (const char *const *paths)
{
  guint n = g_strv_length ((char **) paths);
  g_autofree char *name = n == 1 ? g_filename_display_basename (paths[0]) : NULL;

  if (n == 1)
    /* Translators: the name of a file or folder */
    return g_strdup_printf (_ ("Add “%s”?"), name);
  return g_strdup_printf (ngettext ("Add %u file or folder?", "Add %u files or folders?", n), n);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_signal_handlers_disconnect_by_data (dialog, task);
  g_task_return_boolean (task, g_str_equal (response, "add"));
}

/**
 * fr_add_dialog_ask_async:
 * @widget: where the question comes from
 * @heading: the question
 * @callback: (scope async): called with the answer
 * @data: for @callback
 */
void
fr_add_dialog_ask_async (GtkWidget *widget, const char *heading, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (widget, NULL, callback, data);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  GtkWidget *dialog = adw_message_dialog_new (window, heading, NULL);

  g_task_set_source_tag (task, fr_add_dialog_ask_async);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _ ("Everyone who can reach you will find these. Place and camera data are still "
                                  "inside."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "add", _ ("_Add"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "add");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * fr_add_dialog_ask_finish:
 * @widget: where the question came from
 * @result: what the callback got
 *
 * Returns: whether the answer was yes
 */
gboolean
fr_add_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, widget), FALSE);
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
