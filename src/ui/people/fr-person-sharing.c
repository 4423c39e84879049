/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-sharing.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-person-page-text.h"

struct _FrPersonSharing
{
  GObject parent_instance;

  /* borrowed */
  FrImportBar *bar;

  /* owned */
  FrNode *node;
  FrPerson *chosen_for; /* nullable: while files are chosen */
  GtkFileChooserNative *chooser;
};

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrPersonSharing, fr_person_sharing, G_TYPE_OBJECT)

/* What was done with pictures for one person, and what they were before. */
typedef struct
{
  FrPersonSharing *owner;
  FrNode *node;
  FrPerson *person;
  gint64 began_us;   /* real time: what was added later is new */
  GArray *added;     /* of FrContentId */
  GPtrArray *shown;  /* of FrPicture as they were: there before, and for others */
} Sharing;

static void
sharing_free (Sharing *sharing)
{
  g_object_unref (sharing->owner);
  g_object_unref (sharing->node);
  g_object_unref (sharing->person);
  g_array_unref (sharing->added);
  g_ptr_array_unref (sharing->shown);
  g_free (sharing);
}

static GBytes *
list_reader (FrPerson *person)
{
  FrPeerKey key;

  return fr_person_get_key (person, &key) ? fr_audience_list_readers (&key, 1) : NULL;
}

/* Those who see it, and one more. */
static GBytes *
add_reader (GBytes *readers, FrPerson *person)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));
  const FrPeerKey *known;
  FrPeerKey key;
  guint n = 0;

  known = readers != NULL ? fr_audience_get_readers (readers, &n) : NULL;
  g_array_append_vals (keys, known, n);
  if (fr_person_get_key (person, &key))
    g_array_append_val (keys, key);
  return fr_audience_list_readers ((const FrPeerKey *) (gpointer) keys->data, keys->len);
}

static void
tell (FrPersonSharing *self, const char *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

/* Whoever shares, or takes it back, has to know where that did not work. Takes both. */
static void
tell_problem (FrPersonSharing *self, GError *error)
{
  if (error != NULL)
    tell (self, error->message);
  g_clear_error (&error);
  g_object_unref (self);
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  fr_gallery_share_finish (FR_GALLERY (source), result, &error);
  tell_problem (data, error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  fr_gallery_remove_finish (FR_GALLERY (source), result, &error);
  if (g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    g_clear_error (&error); /* somebody was faster */
  tell_problem (data, error);
}

/* Taking it back */

static void
undo_clicked_cb (Sharing *sharing, AdwToast *toast)
{
  FrGallery *gallery = fr_node_get_gallery (sharing->node);

  for (guint i = 0; i < sharing->added->len; i++)
    fr_gallery_remove_async (gallery, &g_array_index (sharing->added, FrContentId, i), NULL, removed_cb,
                             g_object_ref (sharing->owner));
  for (guint i = 0; i < sharing->shown->len; i++)
    {
      const FrPicture *before = sharing->shown->pdata[i];

      fr_gallery_share_async (gallery, &before->id, 1, before->audience, before->readers, NULL, shared_cb,
                              g_object_ref (sharing->owner));
    }
}

/* Takes the sharing. */
static void
tell_done (FrPersonSharing *self, Sharing *sharing)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self->bar), ADW_TYPE_TOAST_OVERLAY);
  guint n = sharing->added->len + sharing->shown->len;
  g_autofree char *text = fr_person_page_text_shared (fr_person_get_name (sharing->person), n);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (n == 0 || overlay == NULL)
    {
      tell (self, text);
      sharing_free (sharing);
      return;
    }
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), sharing,
                         (GClosureNotify) (GCallback) sharing_free, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  fr_announce (GTK_WIDGET (self->bar), text);
}

/* A picture that was there already is shown to them too. What was kept from somebody else is not passed on by this. */
static void
show_known (Sharing *sharing, FrPicture *picture)
{
  g_autoptr (GBytes) readers = NULL;

  if (fr_person_sharing_includes (picture, sharing->person) || !fr_picture_is_mine (picture))
    return;
  readers = add_reader (picture->audience == FR_AUDIENCE_CHOSEN ? picture->readers : NULL, sharing->person);
  if (!fr_audience_is_valid (FR_AUDIENCE_CHOSEN, readers))
    return; /* they would be too many */
  g_ptr_array_add (sharing->shown, fr_picture_ref (picture));
  fr_gallery_share_async (fr_node_get_gallery (sharing->node), &picture->id, 1, FR_AUDIENCE_CHOSEN, readers, NULL,
                          shared_cb, g_object_ref (sharing->owner));
}

static void
finished_cb (FrPersonSharing *self, FrImport *import, const char *text)
{
  Sharing *sharing = g_object_steal_data (G_OBJECT (import), "sharing");
  GPtrArray *pictures = fr_import_get_pictures (import);
  gboolean is_withheld;

  if (sharing == NULL)
    return;
  for (guint i = 0; i < pictures->len; i++)
    {
      const FrContentId *id = &((FrPicture *) pictures->pdata[i])->id;
      FrGalleryItem *item = fr_gallery_find (fr_node_get_gallery (self->node), id);
      FrPicture *picture = item != NULL ? fr_gallery_item_get_picture (item) : NULL;

      if (picture == NULL)
        continue;
      if (picture->added_us < sharing->began_us)
        show_known (sharing, picture);
      else if (fr_person_sharing_includes (picture, sharing->person)) /* or it tells what cannot be taken out */
        g_array_append_vals (sharing->added, id, 1);
    }
  is_withheld = fr_import_count_withheld (import) > 0;
  if (pictures->len == 0 || is_withheld)
    tell (self, text);
  if (sharing->added->len + sharing->shown->len > 0 || (pictures->len > 0 && !is_withheld))
    tell_done (self, sharing);
  else
    sharing_free (sharing);
}

static Sharing *
sharing_new (FrPersonSharing *self, FrPerson *person)
{
  Sharing *sharing = g_new0 (Sharing, 1);

  sharing->owner = g_object_ref (self);
  sharing->node = g_object_ref (self->node);
  sharing->person = g_object_ref (person);
  sharing->began_us = g_get_real_time ();
  sharing->added = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  sharing->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
  return sharing;
}

/* Takes the import. */
static void
begin (FrPersonSharing *self, FrPerson *person, FrImport *import)
{
  g_autoptr (FrImport) owned = import;
  g_autoptr (GBytes) readers = list_reader (person);
  Sharing *sharing = sharing_new (self, person);

  g_object_set_data_full (G_OBJECT (import), "sharing", sharing, (GDestroyNotify) sharing_free);
  fr_import_set_audience (import, FR_AUDIENCE_CHOSEN, readers);
  fr_import_bar_add (self->bar, import);
}

static void
chosen_cb (FrPersonSharing *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (FrPerson) person = g_steal_pointer (&self->chosen_for);
  g_autoptr (GListModel) files = NULL;
  g_auto (GStrv) paths = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));
  paths = fr_offer_paths_of_files (files);
  fr_person_sharing_take_paths (self, person, (const char *const *) paths);
}

static void
fr_person_sharing_dispose (GObject *object)
{
  FrPersonSharing *self = FR_PERSON_SHARING (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->chosen_for);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_person_sharing_parent_class)->dispose (object);
}

static void
fr_person_sharing_class_init (FrPersonSharingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_person_sharing_dispose;
  signals[MESSAGE] = g_signal_new ("message", FR_TYPE_PERSON_SHARING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
fr_person_sharing_init (FrPersonSharing *self)
{
}

/**
 * fr_person_sharing_new:
 * @node: whose pictures
 * @bar: where it is shown how adding goes; it has to live longer
 *
 * Returns: (transfer full): what shares
 */
FrPersonSharing *
fr_person_sharing_new (FrNode *node, FrImportBar *bar)
{
  FrPersonSharing *self = g_object_new (FR_TYPE_PERSON_SHARING, NULL);

  self->node = g_object_ref (node);
  self->bar = bar;
  fr_import_bar_set_node (bar, node);
  g_signal_connect_object (bar, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
fr_person_sharing_can_begin (FrPerson *person)
{
  return fr_person_is_contact (person) && fr_person_get_owner (person) == NULL;
}

/**
 * fr_person_sharing_take_paths:
 * @self: what shares
 * @person: who alone is to see them
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 */
void
fr_person_sharing_take_paths (FrPersonSharing *self, FrPerson *person, const char *const *paths)
{
  if (paths[0] != NULL && fr_person_sharing_can_begin (person))
    begin (self, person, fr_import_new (fr_node_get_gallery (self->node), paths));
}

/**
 * fr_person_sharing_take_pictures:
 * @self: what shares
 * @person: who is to see them too
 * @pictures: (element-type GObject): what was dragged here from a wall: #FrGalleryItem; what others have only shown is left out
 */
void
fr_person_sharing_take_pictures (FrPersonSharing *self, FrPerson *person, GPtrArray *pictures)
{
  Sharing *sharing;

  if (!fr_person_sharing_can_begin (person))
    return;
  sharing = sharing_new (self, person);
  for (guint i = 0; i < pictures->len; i++)
    if (FR_IS_GALLERY_ITEM (pictures->pdata[i]))
      show_known (sharing, fr_gallery_item_get_picture (pictures->pdata[i]));
  tell_done (self, sharing);
}

/**
 * fr_person_sharing_take_offer:
 * @self: what shares
 * @person: who alone is to see it
 * @offer: what was dropped on them
 */
void
fr_person_sharing_take_offer (FrPersonSharing *self, FrPerson *person, FrOffer *offer)
{
  if (offer->paths != NULL)
    fr_person_sharing_take_paths (self, person, (const char *const *) offer->paths);
  else if (offer->bytes != NULL && fr_person_sharing_can_begin (person))
    begin (self, person,
           fr_import_new_for_bytes (fr_node_get_gallery (self->node), offer->bytes, _ ("Pasted picture")));
}

/**
 * fr_person_sharing_choose:
 * @self: what shares
 * @person: who alone is to see them
 *
 * Lets the person here choose files.
 */
void
fr_person_sharing_choose (FrPersonSharing *self, FrPerson *person)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->bar));
  g_autofree char *title = NULL;

  if (self->chooser != NULL || !fr_person_sharing_can_begin (person))
    return;
  /* Translators: the name of a person */
  title = g_strdup_printf (_ ("Share With %s"), fr_person_get_name (person));
  g_set_object (&self->chosen_for, person);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Share"),
                                               _ ("_Cancel"));
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * fr_person_sharing_includes:
 * @picture: one of the own gallery
 * @person: somebody
 *
 * Returns: whether they can see it
 */
gboolean
fr_person_sharing_includes (const FrPicture *picture, FrPerson *person)
{
  const FrPeerKey *keys;
  FrPeerKey key;
  guint n;

  if (!fr_person_is_contact (person) || !fr_person_get_key (person, &key))
    return FALSE;
  if (picture->audience != FR_AUDIENCE_CHOSEN)
    return picture->audience != FR_AUDIENCE_ONLY_ME;
  keys = fr_audience_get_readers (picture->readers, &n);
  for (guint i = 0; i < n; i++)
    if (fr_peer_key_equal (&keys[i], &key))
      return TRUE;
  return FALSE;
}
