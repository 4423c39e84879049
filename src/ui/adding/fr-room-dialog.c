/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-room-dialog.h"

#include <glib/gi18n.h>

#include "fr-import-text.h"

/**
 * fr_room_dialog_present:
 * @widget: where pictures are added
 * @room: (nullable): how much room they need
 *
 * Asks, or says that there is not enough.
 *
 * Returns: (transfer none) (nullable): the #AdwMessageDialog, whose "response" tells
 */
GtkWindow *
fr_room_dialog_present (GtkWidget *widget, const FrRoom *room)
{
  GtkRoot *window = gtk_widget_get_root (widget);
  g_autofree char *heading = room != NULL ? fr_import_text_room_heading (room) : NULL;
  g_autofree char *body = room != NULL ? fr_import_text_room_body (room) : NULL;
  AdwMessageDialog *dialog;

  if (heading == NULL || !GTK_IS_WINDOW (window))
    return NULL;
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (window), heading, body));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  if (fr_room_judge (room) == FR_ROOM_NONE)
    adw_message_dialog_add_response (dialog, "cancel", _ ("_Close"));
  else
    {
      adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "add", _ ("_Add"), NULL);
      adw_message_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (dialog, "add");
    }
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}
