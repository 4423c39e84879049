/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-page-private.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-audience-change.h"
#include "fr-audience-dialog.h"
#include "fr-audience-text.h"
#include "fr-contacts.h"
#include "fr-offer.h"

/* Adding pictures: whom they are for is asked the first time, remembered, and can be changed afterwards. */

void
fr_gallery_adding_clear (FrGalleryAdding *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->readers, g_bytes_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
}

/* Pictures for others than those are marked. */
static void
remember (FrGalleryPage *self, FrAudience audience, GBytes *readers)
{
  fr_gallery_set_audience (fr_node_get_gallery (fr_gallery_page_get_node (self)), audience, readers);
  fr_wall_refresh (fr_gallery_page_get_wall (self));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (source);
  FrGalleryAdding *adding = fr_gallery_page_get_adding (self);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&adding->waiting);
  g_autoptr (GBytes) readers = NULL;
  FrAudience audience;

  if (waiting == NULL || !fr_audience_dialog_ask_finish (GTK_WIDGET (self), result, &audience, &readers))
    return;
  remember (self, audience, readers);
  for (guint i = 0; i < waiting->len; i++)
    fr_gallery_page_add (self, waiting->pdata[i]);
}

/* Whoever was chosen may be a contact no more: then that is asked again. */
static gboolean
is_known (FrNode *node)
{
  FrAudience audience;
  GBytes *readers;
  g_autoptr (GListModel) contacts = NULL;

  if (!fr_gallery_get_audience (fr_node_get_gallery (node), &audience, &readers))
    return FALSE;
  contacts = fr_contacts_new (fr_node_get_people (node), audience, readers);
  return audience != FR_AUDIENCE_CHOSEN || g_list_model_get_n_items (contacts) > 0;
}

/* What is dropped while the question is open waits for the same answer. Takes the import. */
static void
offer (FrGalleryPage *self, FrImport *import)
{
  g_autoptr (FrImport) owned = import;
  FrNode *node = fr_gallery_page_get_node (self);
  FrGalleryAdding *adding = fr_gallery_page_get_adding (self);
  const FrAudienceQuestion question = {
    .heading = _ ("Who can see these pictures?"),
    .note = _ ("What the files tell about place and camera is removed first. Freshet remembers your answer for the next "
               "ones; you can change it for each picture."),
    .accept = _ ("_Add"),
  };

  if (adding->waiting != NULL)
    g_ptr_array_add (adding->waiting, g_steal_pointer (&owned));
  else if (is_known (node))
    fr_gallery_page_add (self, owned);
  else
    {
      adding->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (adding->waiting, g_steal_pointer (&owned));
      fr_audience_dialog_ask_async (GTK_WIDGET (self), fr_node_get_people (node), &question, answered_cb, NULL);
    }
}

/**
 * fr_gallery_page_offer_paths:
 * @self: a page
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 *
 * Adds them, once it is known who can see them.
 */
void
fr_gallery_page_offer_paths (FrGalleryPage *self, const char *const *paths)
{
  if (paths[0] != NULL)
    offer (self, fr_import_new (fr_node_get_gallery (fr_gallery_page_get_node (self)), paths));
}

/**
 * fr_gallery_page_offer_bytes:
 * @self: a page
 * @bytes: a picture as in a file
 *
 * Adds it, once it is known who can see it.
 */
void
fr_gallery_page_offer_bytes (FrGalleryPage *self, GBytes *bytes)
{
  offer (self, fr_import_new_for_bytes (fr_node_get_gallery (fr_gallery_page_get_node (self)), bytes,
                                        _ ("Pasted picture")));
}

/* It is known whom they are for: that is not asked, nor usual from then on. */
static void
add_for (FrGalleryPage *self, const char *const *paths, GBytes *readers)
{
  g_autoptr (FrImport) import = fr_import_new (fr_node_get_gallery (fr_gallery_page_get_node (self)), paths);

  fr_import_set_audience (import, FR_AUDIENCE_CHOSEN, readers);
  fr_gallery_page_add (self, import);
}

static void
chosen_cb (FrGalleryPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&fr_gallery_page_get_adding (self)->chooser);
  g_autoptr (GBytes) readers = g_steal_pointer (&fr_gallery_page_get_adding (self)->readers);
  g_autoptr (GListModel) files = NULL;
  g_auto (GStrv) paths = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  paths = fr_offer_paths_of_files (files);
  if (readers != NULL && paths[0] != NULL)
    add_for (self, (const char *const *) paths, readers);
  else
    fr_gallery_page_offer_paths (self, (const char *const *) paths);
}

/**
 * fr_gallery_page_choose:
 * @self: a page
 *
 * Lets the person choose files to add.
 */
void
fr_gallery_page_choose (FrGalleryPage *self)
{
  FrGalleryAdding *adding = fr_gallery_page_get_adding (self);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (adding->chooser != NULL)
    return;
  adding->chooser = gtk_file_chooser_native_new (_ ("Add Pictures"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN,
                                                 _ ("_Add"), _ ("_Cancel"));
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (adding->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (adding->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (adding->chooser), TRUE);
  g_signal_connect_swapped (adding->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (adding->chooser));
}

/**
 * fr_gallery_page_choose_for:
 * @self: a page
 * @person: (nullable): who alone is to see them; %NULL: as for all others
 *
 * Lets the person choose files to add.
 */
void
fr_gallery_page_choose_for (FrGalleryPage *self, FrPerson *person)
{
  FrGalleryAdding *adding = fr_gallery_page_get_adding (self);
  FrPeerKey key;

  fr_gallery_page_choose (self);
  g_clear_pointer (&adding->readers, g_bytes_unref);
  if (person != NULL && fr_person_get_key (person, &key))
    adding->readers = fr_audience_list_readers (&key, 1);
}

/* Afterwards */

/* Whoever changes it for what was just added means it for the next too, as with the first answer. */
static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrGalleryPage *self = FR_GALLERY_PAGE (source);
  g_autoptr (GBytes) readers = NULL;
  g_autoptr (GError) error = NULL;
  FrAudience audience;

  if (fr_audience_change_finish (GTK_WIDGET (self), result, &audience, &readers, &error))
    remember (self, audience, readers);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fr_gallery_page_tell (self, error->message);
}

static void
change_clicked_cb (FrGalleryPage *self, AdwToast *toast)
{
  FrImport *import = g_object_get_data (G_OBJECT (toast), "import");
  GPtrArray *pictures = fr_import_get_pictures (import);
  FrNode *node = fr_gallery_page_get_node (self);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < pictures->len; i++)
    {
      FrGalleryItem *item = fr_gallery_find (fr_node_get_gallery (node), &((FrPicture *) pictures->pdata[i])->id);

      if (item != NULL)
        g_ptr_array_add (items, g_object_ref (item));
    }
  if (items->len > 0)
    fr_audience_change_async (GTK_WIDGET (self), node, items, changed_cb, NULL);
}

/**
 * fr_gallery_page_take_finished:
 * @self: a page
 * @import: one that is finished
 * @text: what has become of it
 *
 * Tells it; where something was added, with a way to change who can see it.
 */
void
fr_gallery_page_take_finished (FrGalleryPage *self, FrImport *import, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *audience = fr_import_bar_describe_audience (import, fr_node_get_people (fr_gallery_page_get_node (self)));
  g_autofree char *title = NULL;
  GtkWidget *label;
  AdwToast *toast;

  if (overlay == NULL || audience == NULL || fr_import_get_n_added (import) == 0)
    {
      fr_gallery_page_tell (self, text);
      return;
    }
  title = g_strdup_printf ("%s %s.", text, audience);
  label = gtk_label_new (title); /* which may have two lines, where the window is narrow */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  toast = adw_toast_new ("");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_button_label (toast, _ ("C_hange…"));
  g_object_set_data_full (G_OBJECT (toast), "import", g_object_ref (import), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (change_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  fr_announce (GTK_WIDGET (self), title);
}
