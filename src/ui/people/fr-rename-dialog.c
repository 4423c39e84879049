/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-rename-dialog.h"

#include <glib/gi18n.h>

#include "fr-peer-name.h"

/* Of whom the name is to be. */
typedef struct
{
  FrPeople *people;
  FrPerson *person;
  GtkEditable *entry; /* borrowed */
} Renaming;

static void
renaming_free (Renaming *renaming, GClosure *closure)
{
  g_object_unref (renaming->people);
  g_object_unref (renaming->person);
  g_free (renaming);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Renaming *renaming)
{
  if (g_str_equal (response, "rename"))
    fr_people_rename (renaming->people, renaming->person, gtk_editable_get_text (renaming->entry), NULL);
}

static void
changed_cb (AdwMessageDialog *dialog, GtkEditable *entry)
{
  adw_message_dialog_set_response_enabled (
      dialog, "rename", fr_peer_name_normalise (gtk_editable_get_text (entry), NULL) == FR_PEER_NAME_OK);
}

/**
 * fr_rename_dialog_new:
 * @parent: (nullable): over which window
 * @people: people
 * @person: one of them, who was added or is blocked
 *
 * Returns: (transfer none): a dialog about what they are called here
 */
GtkWindow *
fr_rename_dialog_new (GtkWindow *parent, FrPeople *people, FrPerson *person)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (parent, NULL, _ ("The name is for you alone. They do not see it.")));
  GtkWidget *entry = gtk_entry_new ();
  Renaming *renaming = g_new0 (Renaming, 1);

  renaming->people = g_object_ref (people);
  renaming->person = g_object_ref (person);
  renaming->entry = GTK_EDITABLE (entry);
  /* Translators: the name of a person */
  adw_message_dialog_format_heading (dialog, _ ("Rename %s"), fr_person_get_name (person));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "rename", _ ("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "rename", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "rename");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_editable_set_text (GTK_EDITABLE (entry), fr_person_get_name (person));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), renaming, (GClosureNotify) renaming_free, 0);
  return GTK_WINDOW (dialog);
}
