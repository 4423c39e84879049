/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-passphrase-dialog.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "fr-backup.h"
#include "fr-preferences-text.h"

typedef struct
{
  AdwMessageDialog *dialog; /* borrowed, all: they live as long as the question */
  GtkEditable *first;
  GtkEditable *again;
  GtkLabel *hint;
} Question;

static void
changed_cb (Question *question)
{
  const char *first = gtk_editable_get_text (question->first), *again = gtk_editable_get_text (question->again);
  FrPassphraseFault fault = fr_preferences_text_check_passphrase (first, again);
  g_autofree char *text = fr_preferences_text_describe_passphrase (fault);

  gtk_label_set_label (question->hint, text != NULL ? text : "");
  adw_message_dialog_set_response_enabled (question->dialog, "save", fault == FR_PASSPHRASE_OK);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (GTask) task = data;
  const Question *question = g_task_get_task_data (task);
  gboolean saves = g_str_equal (response, "save");

  /* they change once more as they go, one after the other */
  g_signal_handlers_disconnect_by_data (question->first, (gpointer) question);
  g_signal_handlers_disconnect_by_data (question->again, (gpointer) question);
  g_task_return_pointer (task, saves ? g_strdup (gtk_editable_get_text (question->first)) : NULL,
                         (GDestroyNotify) fr_passphrase_dialog_free);
}

static GtkEditable *
add_entry (Question *question, GtkWidget *box, const char *name)
{
  GtkWidget *entry = gtk_entry_new (); /* GtkPasswordEntry of 4.8 is spoken to after its end where it had the focus */

  g_object_set (entry, "visibility", FALSE, "input-purpose", GTK_INPUT_PURPOSE_PASSWORD, "placeholder-text", name,
                "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), question);
  gtk_box_append (GTK_BOX (box), entry);
  return GTK_EDITABLE (entry);
}

static GtkWidget *
make_entries (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  question->first = add_entry (question, box, _ ("Passphrase"));
  question->again = add_entry (question, box, _ ("Once more"));
  question->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (question->hint, TRUE);
  gtk_label_set_xalign (question->hint, 0);
  gtk_widget_add_css_class (GTK_WIDGET (question->hint), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->hint));
  return box;
}

/**
 * fr_passphrase_dialog_ask_async:
 * @widget: where the question comes from
 * @callback: (scope async): called with the answer
 * @data: for @callback
 */
void
fr_passphrase_dialog_ask_async (GtkWidget *widget, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (widget, NULL, callback, data);
  Question *question = g_new0 (Question, 1);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Save Your Key and People"),
      _ ("Whoever has the file and its passphrase can be you. Without the passphrase it is of no use to anybody, you "
         "included. Pictures are not in it."));

  g_task_set_source_tag (task, fr_passphrase_dialog_ask_async);
  g_task_set_task_data (task, question, g_free);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save…"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "save");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_extra_child (question->dialog, make_entries (question));
  changed_cb (question);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * fr_passphrase_dialog_ask_finish:
 * @widget: where the question came from
 * @result: what the callback got
 *
 * Returns: (transfer full) (nullable): the passphrase, for fr_passphrase_dialog_free(); %NULL if the person thought
 *   better of it
 */
char *
fr_passphrase_dialog_ask_finish (GtkWidget *widget, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, widget), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * fr_passphrase_dialog_free:
 * @passphrase: (nullable) (transfer full): a passphrase
 */
void
fr_passphrase_dialog_free (char *passphrase)
{
  if (passphrase == NULL)
    return;
  sodium_memzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}
