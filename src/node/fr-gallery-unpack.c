/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-pack.h"

#include <glib/gi18n-lib.h>

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"
#include "fr-image-error.h"
#include "fr-inner-task.h"
#include "fr-metadata-text.h"
#include "fr-pack-folder.h"

/* The import of a gallery that was exported: one picture after the other, so that they keep their order. What the list
 * says of a picture is believed only as far as its bytes do not say it better. */

typedef struct
{
  /* Owned */
  FrPeople *people; /* nullable */
  char *folder;
  FrManifest *list; /* NULL until it is read */
  FrPackReport *report;
  FrStaged *staged; /* the picture that is being added, */
  FrStaged *original; /* nullable: and what it was before */
  FrPicture *bare;    /* nullable: the same, of which only the bytes were left */

  FrPackProgress progress;
  gpointer progress_data;
  guint next;
} Unpack;

static void
unpack_free (gpointer data)
{
  Unpack *unpack = data;

  g_clear_object (&unpack->people);
  g_free (unpack->folder);
  fr_manifest_free (unpack->list);
  fr_pack_report_free (unpack->report);
  g_clear_pointer (&unpack->staged, fr_staged_unref);
  g_clear_pointer (&unpack->original, fr_staged_unref);
  g_clear_pointer (&unpack->bare, fr_picture_unref);
  g_free (unpack);
}

static void
stage_next (GTask *task);

static const FrManifestEntry *
get_current (const Unpack *unpack)
{
  return unpack->list->entries->pdata[unpack->next];
}

static void
go_on (GTask *task)
{
  Unpack *unpack = g_task_get_task_data (task);

  g_clear_pointer (&unpack->staged, fr_staged_unref);
  g_clear_pointer (&unpack->original, fr_staged_unref);
  g_clear_pointer (&unpack->bare, fr_picture_unref);
  unpack->next++;
  if (unpack->progress != NULL)
    unpack->progress (unpack->next, unpack->list->entries->len, unpack->progress_data);
  stage_next (task);
}

/* What concerns the whole store, or the person's wish to stop. */
static gboolean
is_about_all (const GError *error)
{
  return g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL)
         || g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* What is about all ends it; what was added stays. Takes the error. */
static void
fail_current (GTask *task, GError *error)
{
  Unpack *unpack = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;

  if (is_about_all (error))
    {
      fr_gallery_return_error (task, g_steal_pointer (&owned));
      return;
    }
  fr_pack_report_fail (unpack->report, get_current (unpack)->file, error);
  go_on (task);
}

/* A picture without the original that the list has for it is there, but nothing goes missing without a word. */
static void
leave_original_out (Unpack *unpack)
{
  g_autoptr (GError) error
    = g_error_new_literal (FR_GALLERY_ERROR, FR_GALLERY_ERROR_ORIGINAL_LEFT,
                           _ ("The picture is in your gallery, but not this original of it. Keep the file."));

  fr_pack_report_fail (unpack->report, get_current (unpack)->original, error);
  g_clear_pointer (&unpack->original, fr_staged_unref);
}

static void
bare_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (fr_gallery_remove_finish (FR_GALLERY (source), result, &error))
    go_on (task);
  else
    fail_current (task, error);
}

/* Bytes that nobody knew anything of have become a picture under another id: they are not there twice. */
static void
end_current (GTask *task, const FrPicture *added)
{
  const Unpack *unpack = g_task_get_task_data (task);

  if (unpack->bare == NULL || fr_content_id_equal (&unpack->bare->id, &added->id))
    go_on (task);
  else
    fr_gallery_remove_async (g_task_get_source_object (task), &unpack->bare->id, NULL, bare_removed_cb,
                             g_object_ref (task));
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) pictures = fr_store_set_audience_finish (FR_STORE (source), result, &error);

  if (pictures == NULL)
    {
      fail_current (task, error);
      return;
    }
  fr_gallery_show (g_task_get_source_object (task), pictures->pdata[0], FALSE);
  end_current (task, pictures->pdata[0]);
}

/* What was kept from others starts as the person's own business: that they passed it on is a step of its own. */
static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Unpack *unpack = g_task_get_task_data (task);
  const FrPicture *listed = get_current (unpack)->picture;
  GError *error = NULL;
  gboolean was_there = FALSE;
  g_autoptr (FrPicture) picture = fr_store_add_finish (FR_STORE (source), result, &was_there, &error);

  if (picture == NULL)
    {
      fail_current (task, error);
      return;
    }
  unpack->report->n_done += !was_there;
  unpack->report->n_known += was_there;
  fr_gallery_show (g_task_get_source_object (task), picture, !was_there);
  if (was_there || picture->audience == listed->audience)
    end_current (task, picture);
  else
    fr_store_set_audience_async (FR_STORE (source), &picture->id, 1, listed->audience, listed->readers, NULL, shared_cb,
                                 g_object_ref (task));
}

static void
add (GTask *task, const FrPicture *description, GBytes *thumbnail, GBytes *preview)
{
  const Unpack *unpack = g_task_get_task_data (task);

  fr_store_add_cleaned_async (fr_gallery_get_store (g_task_get_source_object (task)), unpack->staged,
                              unpack->original, description, thumbnail, preview, g_task_get_cancellable (task),
                              added_cb, g_object_ref (task));
}

static void
summarised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Unpack *unpack = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FrImageSummary) summary = fr_image_client_summarise_finish (FR_IMAGE_CLIENT (source), result, &error);
  g_autoptr (FrPicture) description = NULL;

  if (summary == NULL)
    {
      fail_current (task, error);
      return;
    }
  description = fr_picture_copy (get_current (unpack)->picture);
  g_free (description->mime);
  description->mime = g_strdup (summary->mime);
  description->type = summary->type;
  description->width = summary->width;
  description->height = summary->height;
  add (task, description, summary->thumbnail, summary->preview);
}

static void
summarise (GTask *task)
{
  const Unpack *unpack = g_task_get_task_data (task);

  fr_image_client_summarise_async (fr_gallery_choose_image_client (g_task_get_source_object (task),
                                                                   get_current (unpack)->picture),
                                   fr_staged_get_fd (unpack->staged), g_task_get_cancellable (task), summarised_cb,
                                   g_object_ref (task));
}

static void
copy_staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Unpack *unpack = g_task_get_task_data (task);
  GError *error = NULL;
  FrStaged *copy = fr_store_stage_bytes_finish (FR_STORE (source), result, &error);

  if (copy == NULL)
    {
      fail_current (task, error);
      return;
    }
  if (unpack->original == NULL)
    unpack->original = g_steal_pointer (&unpack->staged);
  g_clear_pointer (&unpack->staged, fr_staged_unref);
  unpack->staged = copy;
  summarise (task);
}

/* What a file tells beside the picture is looked for anew, and taken out if there is something, as in any other import:
 * the export may be older than what finds it. Only from what was shared, so that no mistake in the list shares an
 * original; that stays what it was. */
static void
stripped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Unpack *unpack = g_task_get_task_data (task);
  FrPicture *listed = get_current (unpack)->picture;
  guint removed = listed->removed;
  GError *error = NULL;
  g_autoptr (FrImageStripped) stripped = fr_image_client_strip_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (stripped == NULL && !fr_image_error_is_about_file (error))
    {
      fail_current (task, error);
      return;
    }
  g_clear_error (&error);
  fr_metadata_judge (listed, stripped, listed->metadata == FR_METADATA_KEPT);
  if (listed->metadata != FR_METADATA_REMOVED && unpack->original != NULL)
    leave_original_out (unpack);
  else if (unpack->original != NULL)
    listed->removed |= removed; /* from that */
  if (listed->metadata == FR_METADATA_REMOVED && !stripped->is_same)
    fr_store_stage_bytes_async (fr_gallery_get_store (g_task_get_source_object (task)), stripped->bytes,
                                g_task_get_cancellable (task), copy_staged_cb, g_object_ref (task));
  else
    summarise (task);
}

static void
look_into (GTask *task)
{
  Unpack *unpack = g_task_get_task_data (task);
  gboolean is_mine = fr_picture_is_mine (get_current (unpack)->picture);

  if (!is_mine && unpack->original != NULL)
    leave_original_out (unpack);
  if (is_mine)
    fr_image_client_strip_async (fr_gallery_get_image_client (g_task_get_source_object (task)),
                                 fr_staged_get_fd (unpack->staged), g_task_get_cancellable (task), stripped_cb,
                                 g_object_ref (task));
  else
    summarise (task);
}

static gboolean
is_bare (const FrPicture *picture)
{
  return *picture->mime == '\0' && !picture->has_thumbnail;
}

/* Whether it is, or may become, what the picture was before it was cleaned. */
static gboolean
can_take_original (const FrPicture *known, FrStaged *original)
{
  return fr_picture_is_mine (known) && known->metadata == FR_METADATA_REMOVED
         && (!fr_picture_has_original (known)
             || fr_content_id_equal (&known->original_id, fr_staged_get_id (original)));
}

/* A picture that is there stays as it is, word for word; only its files are mended if they are damaged or missing. */
static void
add_known (GTask *task, const FrPicture *known)
{
  Unpack *unpack = g_task_get_task_data (task);
  g_autoptr (FrPicture) description = fr_picture_copy (known);

  if (unpack->original != NULL && !can_take_original (known, unpack->original))
    leave_original_out (unpack);
  else if (unpack->original != NULL && !fr_picture_has_original (known))
    description->removed = get_current (unpack)->picture->removed;
  add (task, description, NULL, NULL);
}

/* One of which only the bytes were left is told what it is. */
static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Unpack *unpack = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) known = fr_store_get_finish (FR_STORE (source), result, &error);

  if (known != NULL && !is_bare (known))
    {
      add_known (task, known);
      return;
    }
  unpack->bare = g_steal_pointer (&known);
  if (error == NULL || g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    look_into (task);
  else
    fail_current (task, g_steal_pointer (&error));
}

static void
look_up (GTask *task)
{
  const Unpack *unpack = g_task_get_task_data (task);

  fr_store_get_async (fr_gallery_get_store (g_task_get_source_object (task)), fr_staged_get_id (unpack->staged),
                      g_task_get_cancellable (task), known_cb, g_object_ref (task));
}

/* The original is the person's own affair: nobody else ever gets it, so that nobody needs to know whose it is. One that
 * cannot be read does not keep its picture out. */
static void
original_staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Unpack *unpack = g_task_get_task_data (task);
  GError *error = NULL;

  unpack->original = fr_store_stage_file_finish (FR_STORE (source), result, &error);
  if (unpack->original == NULL && is_about_all (error))
    {
      fail_current (task, error);
      return;
    }
  if (unpack->original == NULL)
    fr_pack_report_fail (unpack->report, get_current (unpack)->original, error);
  else if (fr_content_id_equal (fr_staged_get_id (unpack->original), fr_staged_get_id (unpack->staged)))
    g_clear_pointer (&unpack->original, fr_staged_unref); /* the same file once more */
  g_clear_error (&error);
  look_up (task);
}

static void
stage_original (GTask *task)
{
  const Unpack *unpack = g_task_get_task_data (task);
  g_autofree char *path = g_build_filename (unpack->folder, get_current (unpack)->original, NULL);

  fr_store_stage_file_async (fr_gallery_get_store (g_task_get_source_object (task)), path,
                             g_task_get_cancellable (task), original_staged_cb, g_object_ref (task));
}

static void
staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Unpack *unpack = g_task_get_task_data (task);
  const FrContentId *id = &get_current (unpack)->picture->id;
  GError *error = NULL;

  unpack->staged = fr_store_stage_file_finish (FR_STORE (source), result, &error);
  if (unpack->staged == NULL)
    fail_current (task, error);
  else if (!fr_content_id_equal (fr_staged_get_id (unpack->staged), id))
    fail_current (task, g_error_new_literal (FR_MANIFEST_ERROR, FR_MANIFEST_ERROR_DAMAGED,
                                             _ ("This file is not the picture that the list says.")));
  else if (get_current (unpack)->original != NULL)
    stage_original (task);
  else
    look_up (task);
}

/* Of FrPeerKey, in the list: a list may have very many readers, and people. */
static GHashTable *
find_chosen (const FrManifest *list)
{
  GHashTable *chosen = g_hash_table_new (fr_peer_key_hash, fr_peer_key_equal_func);

  for (guint i = 0; i < list->entries->len; i++)
    {
      const FrManifestEntry *entry = list->entries->pdata[i];
      guint n;
      const FrPeerKey *keys = fr_audience_get_readers (entry->picture->readers, &n);

      for (guint j = 0; j < n; j++)
        g_hash_table_add (chosen, (gpointer) &keys[j]);
    }
  return chosen;
}

/* Nobody becomes somebody's contact by being in a list: that is for the person to say. */
static void
name_strangers (Unpack *unpack)
{
  g_autoptr (GHashTable) chosen = find_chosen (unpack->list);

  for (guint i = 0; i < unpack->list->people->len; i++)
    {
      const FrManifestPerson *listed = unpack->list->people->pdata[i];
      FrPerson *person = unpack->people != NULL ? fr_people_find_key (unpack->people, &listed->key) : NULL;

      if ((person == NULL || !fr_person_get_added (person)) && g_hash_table_contains (chosen, &listed->key))
        g_ptr_array_add (unpack->report->strangers, g_strdup (listed->name));
    }
}

static void
stage_next (GTask *task)
{
  Unpack *unpack = g_task_get_task_data (task);
  g_autofree char *path = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (unpack->next == unpack->list->entries->len)
    {
      name_strangers (unpack);
      g_task_return_pointer (task, g_steal_pointer (&unpack->report), (GDestroyNotify) fr_pack_report_free);
      return;
    }
  path = g_build_filename (unpack->folder, get_current (unpack)->file, NULL);
  fr_store_stage_file_async (fr_gallery_get_store (g_task_get_source_object (task)), path,
                             g_task_get_cancellable (task), staged_cb, g_object_ref (task));
}

static void
read_work (GTask *inner, gpointer source, gpointer data, GCancellable *cancellable)
{
  Unpack *unpack = data;
  GError *error = NULL;

  unpack->list = fr_pack_folder_read (unpack->folder, &error);
  if (unpack->list != NULL)
    g_task_return_boolean (inner, TRUE);
  else
    g_task_return_error (inner, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    stage_next (task);
  else
    fr_gallery_return_error (task, error);
}

/**
 * fr_gallery_unpack_async:
 * @self: a gallery
 * @people: (nullable): the person's people
 * @folder: (type filename): what fr_gallery_pack_async() made, or anything
 * @progress: (nullable): called after each picture
 * @progress_data: for @progress, until the answer comes
 * @cancellable: (nullable): to give up; what was added by then stays
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Adds the pictures of an exported gallery, with their titles, descriptions, tags, dates and audiences. The bytes of
 * each must have the id that the list says, and each is looked into by freshet-image: where this one finds more details
 * to remove than the one that it was exported with, the picture that is shared, and its id, are others. Pictures that are
 * there stay as they are.
 */
void
fr_gallery_unpack_async (FrGallery *self,
                         FrPeople *people,
                         const char *folder,
                         FrPackProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Unpack *unpack;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (folder != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_unpack_async);
  unpack = g_new0 (Unpack, 1);
  unpack->people = people != NULL ? g_object_ref (people) : NULL;
  unpack->folder = g_strdup (folder);
  unpack->report = fr_pack_report_new ();
  unpack->progress = progress;
  unpack->progress_data = progress_data;
  g_task_set_task_data (task, unpack, unpack_free);
  fr_inner_task_run (task, read_work, read_cb);
}

/**
 * fr_gallery_unpack_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_MANIFEST_ERROR, %FR_STORE_ERROR or %G_IO_ERROR, in words for people
 *
 * Returns: (transfer full) (nullable): what became of each picture
 */
FrPackReport *
fr_gallery_unpack_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
