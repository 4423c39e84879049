/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-you-page.h"

#include <glib/gi18n.h>

#include "fr-invite-sheet.h"
#include "fr-job-row.h"
#include "fr-key-backup.h"
#include "fr-name-entry.h"
#include "fr-own-computers.h"
#include "fr-passphrase-dialog.h"
#include "fr-preferences-text.h"

struct _FrYouPage
{
  AdwPreferencesPage parent_instance;

  /* template widgets */
  FrNameEntry *name_entry;
  AdwActionRow *invitation_row;
  FrOwnComputers *computers;
  FrJobRow *backup_row;

  /* owned */
  FrNode *node;
  char *passphrase; /* while it is asked where to; wiped */
  char *path;       /* of what is being saved */
};

G_DEFINE_FINAL_TYPE (FrYouPage, fr_you_page, ADW_TYPE_PREFERENCES_PAGE)

static void
show_invitation (FrYouPage *self)
{
  g_autofree char *invitation = fr_node_get_invitation (self->node);
  g_autofree char *text = NULL, *escaped = NULL;

  if (invitation != NULL)
    text = g_strdup_printf (_ ("Your address is “%s”"), fr_node_get_address (self->node));
  else
    text = g_strdup (_ ("You get an address as soon as you are connected to a meeting point."));
  escaped = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->invitation_row, escaped);
}

static void
invitation_clicked_cb (FrYouPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (fr_invite_sheet_new (self->node, GTK_WINDOW (root))));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrYouPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  fr_key_backup_save_finish (FR_NODE (source), result, &error);
  if (self->node == NULL) /* gone meanwhile */
    return;
  text = fr_preferences_text_describe_backup (error, self->path);
  fr_job_row_end (self->backup_row, text, NULL, NULL);
}

/**
 * fr_you_page_save_backup:
 * @self: a page
 * @path: (type filename): a file that is not there yet
 * @passphrase: what locks it
 *
 * Saves the key and the people; the row says how that goes.
 */
void
fr_you_page_save_backup (FrYouPage *self, const char *path, const char *passphrase)
{
  GCancellable *cancellable;

  if (fr_job_row_get_running (self->backup_row))
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  cancellable = fr_job_row_begin (self->backup_row, _ ("Locking it with the passphrase…"));
  fr_key_backup_save_async (self->node, path, passphrase, cancellable, saved_cb, g_object_ref (self));
}

static void
place_chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (FrYouPage) self = data;
  char *passphrase = g_steal_pointer (&self->passphrase);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_signal_handlers_disconnect_by_data (dialog, self);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (path != NULL && passphrase != NULL && self->node != NULL)
    fr_you_page_save_backup (self, path, passphrase);
  fr_passphrase_dialog_free (passphrase);
}

static void
passphrase_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrYouPage *self = FR_YOU_PAGE (source);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog;

  fr_passphrase_dialog_free (self->passphrase);
  self->passphrase = fr_passphrase_dialog_ask_finish (GTK_WIDGET (self), result);
  if (self->passphrase == NULL || self->node == NULL || root == NULL)
    return;
  dialog = gtk_file_chooser_native_new (_ ("Save Your Key and People"), GTK_WINDOW (root),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "freshet-key.freshet");
  g_signal_connect (dialog, "response", G_CALLBACK (place_chosen_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
backup_start_cb (FrYouPage *self)
{
  fr_passphrase_dialog_ask_async (GTK_WIDGET (self), passphrase_cb, NULL);
}

/**
 * fr_you_page_take_name:
 * @self: a page
 *
 * From now on one is called what is typed, if that is a name.
 */
void
fr_you_page_take_name (FrYouPage *self)
{
  const char *name = fr_name_entry_get_name (self->name_entry);

  if (self->node != NULL && fr_name_entry_get_valid (self->name_entry)
      && g_strcmp0 (name, fr_node_get_name (self->node)) != 0)
    fr_node_set_name (self->node, name, NULL);
}

static void
fr_you_page_dispose (GObject *object)
{
  FrYouPage *self = FR_YOU_PAGE (object);

  /* AdwPreferencesWindow of libadwaita 1.2 never lets go of the groups of its pages */
  if (self->computers != NULL)
    fr_own_computers_forget (self->computers);
  if (self->backup_row != NULL)
    fr_job_row_stop (self->backup_row);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_YOU_PAGE);
  g_clear_object (&self->node);
  g_clear_pointer (&self->passphrase, fr_passphrase_dialog_free);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (fr_you_page_parent_class)->dispose (object);
}

static void
fr_you_page_class_init (FrYouPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_you_page_dispose;
  g_type_ensure (FR_TYPE_NAME_ENTRY);
  g_type_ensure (FR_TYPE_OWN_COMPUTERS);
  g_type_ensure (FR_TYPE_JOB_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-you-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrYouPage, name_entry);
  gtk_widget_class_bind_template_child (widget_class, FrYouPage, invitation_row);
  gtk_widget_class_bind_template_child (widget_class, FrYouPage, computers);
  gtk_widget_class_bind_template_child (widget_class, FrYouPage, backup_row);
  gtk_widget_class_bind_template_callback (widget_class, fr_you_page_take_name);
  gtk_widget_class_bind_template_callback (widget_class, invitation_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, backup_start_cb);
}

static void
fr_you_page_init (FrYouPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_you_page_set_node:
 * @self: a page
 * @node: who that is; once
 */
void
fr_you_page_set_node (FrYouPage *self, FrNode *node)
{
  const char *name = fr_node_get_name (node);

  fr_name_entry_set_name (self->name_entry, name != NULL ? name : "");
  g_set_object (&self->node, node);
  fr_own_computers_set_people (self->computers, fr_node_get_people (node));
  g_signal_connect_object (node, "notify::address", G_CALLBACK (show_invitation), self, G_CONNECT_SWAPPED);
  show_invitation (self);
}
