/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-addition.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"
#include "fr-image-error.h"
#include "fr-metadata-text.h"
#include "fr-title.h"

/* One picture on its way in. */
typedef struct
{
  char *title;          /* owned, all five */
  GBytes *readers;      /* nullable: the people chosen */
  FrStaged *staged;     /* what is shared; NULL until it has been copied */
  FrStaged *original;   /* nullable: what it was before, where that differs */
  FrPicture *facts;     /* what has become of the metadata */
  FrAudience audience;
  guint keeps_metadata : 1;
  gboolean was_there;   /* out */
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_clear_pointer (&addition->staged, fr_staged_unref);
  g_clear_pointer (&addition->original, fr_staged_unref);
  g_clear_pointer (&addition->readers, g_bytes_unref);
  fr_picture_unref (addition->facts);
  g_free (addition->title);
  g_free (addition);
}

static GTask *
new_task (FrGallery *gallery,
          gpointer tag,
          char *title,
          const FrAdditionTerms *terms,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (gallery, cancellable, callback, user_data);
  Addition *addition = g_new0 (Addition, 1);

  addition->title = title;
  addition->audience = terms->audience;
  addition->readers = terms->readers != NULL ? g_bytes_ref (terms->readers) : NULL;
  addition->keeps_metadata = terms->keeps_metadata;
  addition->facts = fr_picture_new ();
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, addition, addition_free);
  g_task_set_check_cancellable (task, FALSE); /* what has been added is not answered with *cancelled* */
  return task;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;
  FrPicture *picture = fr_store_add_finish (FR_STORE (source), result, &addition->was_there, &error);

  if (picture == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  fr_gallery_show (g_task_get_source_object (task), picture, !addition->was_there);
  if (addition->was_there) /* one that was kept for oneself may have been added to share it */
    fr_gallery_tell_shared (g_task_get_source_object (task));
  g_task_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref);
}

/* The person chose who may see it before anybody knew that its details cannot be removed. */
static void
set_terms (const Addition *addition, FrPicture *description)
{
  description->metadata = addition->facts->metadata;
  description->removed = addition->facts->removed;
  description->strip_version = addition->facts->strip_version;
  if (description->metadata == FR_METADATA_FIXED)
    fr_picture_set_audience (description, FR_AUDIENCE_ONLY_ME, NULL);
  else
    fr_picture_set_audience (description, addition->audience, addition->readers);
}

static void
enter (GTask *task, FrPicture *description, GBytes *thumbnail, GBytes *preview)
{
  const Addition *addition = g_task_get_task_data (task);
  FrGallery *gallery = g_task_get_source_object (task);

  set_terms (addition, description);
  fr_store_add_cleaned_async (fr_gallery_get_store (gallery), addition->staged, addition->original, description,
                              thumbnail, preview, g_task_get_cancellable (task), added_cb, g_object_ref (task));
}

/* A picture that is too costly to decode has a summary too, without a thumbnail: it can be shared and found. */
static void
summarised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FrImageSummary) summary = fr_image_client_summarise_finish (FR_IMAGE_CLIENT (source), result, &error);
  g_autoptr (FrPicture) description = NULL;

  if (summary == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  description = fr_picture_new ();
  fr_picture_set_text (description, addition->title, NULL, NULL);
  g_free (description->mime);
  description->mime = g_strdup (summary->mime);
  description->type = summary->type;
  description->width = summary->width;
  description->height = summary->height;
  enter (task, description, summary->thumbnail, summary->preview);
}

/* Whoever drops the same folder once more does not wait until all of it has been decoded again. A picture of which only
 * the bytes are known, after damage, is looked into all the same. */
static gboolean
enter_known (GTask *task, gboolean only_mine)
{
  const Addition *addition = g_task_get_task_data (task);
  FrGalleryItem *item = fr_gallery_find (g_task_get_source_object (task), fr_staged_get_id (addition->staged));
  const FrPicture *known = item != NULL ? fr_gallery_item_get_picture (item) : NULL;
  g_autoptr (FrPicture) description = NULL;

  if (known == NULL || *known->mime == '\0' || (only_mine && !fr_picture_is_mine (known)))
    return FALSE;
  description = fr_picture_copy (known);
  fr_picture_set_origin (description, &(FrPeerKey){ 0 }, NULL); /* the person adds it */
  enter (task, description, NULL, NULL);
  return TRUE;
}

static void
look_into (GTask *task)
{
  const Addition *addition = g_task_get_task_data (task);
  FrGallery *gallery = g_task_get_source_object (task);

  if (!enter_known (task, FALSE))
    fr_image_client_summarise_async (fr_gallery_get_image_client (gallery), fr_staged_get_fd (addition->staged),
                                     g_task_get_cancellable (task), summarised_cb, g_object_ref (task));
}

static void
copy_staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *addition = g_task_get_task_data (task);
  GError *error = NULL;
  FrStaged *staged = fr_store_stage_bytes_finish (FR_STORE (source), result, &error);

  if (staged == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  addition->original = g_steal_pointer (&addition->staged);
  addition->staged = staged;
  look_into (task);
}

/* No word about the kind of file is lost: whoever looks into it next says it again. */
static void
stripped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Addition *addition = g_task_get_task_data (task);
  FrGallery *gallery = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (FrImageStripped) stripped = fr_image_client_strip_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (stripped == NULL && !fr_image_error_is_about_file (error))
    {
      fr_gallery_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  fr_metadata_judge (addition->facts, stripped, addition->keeps_metadata);
  if (stripped != NULL && !stripped->is_same && !addition->keeps_metadata)
    fr_store_stage_bytes_async (fr_gallery_get_store (gallery), stripped->bytes, g_task_get_cancellable (task),
                                copy_staged_cb, g_object_ref (task));
  else
    look_into (task);
}

/* The choice that was made about a picture of one's own stays. */
static void
clean (GTask *task)
{
  const Addition *addition = g_task_get_task_data (task);
  FrGallery *gallery = g_task_get_source_object (task);

  if (!enter_known (task, TRUE))
    fr_image_client_strip_async (fr_gallery_get_image_client (gallery), fr_staged_get_fd (addition->staged),
                                 g_task_get_cancellable (task), stripped_cb, g_object_ref (task));
}

static void
take_staged (GTask *task, FrStaged *staged, GError *error)
{
  Addition *addition = g_task_get_task_data (task);

  addition->staged = staged;
  if (staged != NULL)
    clean (task);
  else
    fr_gallery_return_error (task, error);
}

static void
file_staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FrStaged *staged = fr_store_stage_file_finish (FR_STORE (source), result, &error);

  take_staged (task, staged, error);
}

static void
bytes_staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FrStaged *staged = fr_store_stage_bytes_finish (FR_STORE (source), result, &error);

  take_staged (task, staged, error);
}

/**
 * fr_addition_add_file_async:
 * @gallery: where to
 * @path: (type filename): the file of a picture, which is copied
 * @terms: who may see what of it
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Adds a picture from a file, whose name becomes its title.
 */
void
fr_addition_add_file_async (FrGallery *gallery,
                            const char *path,
                            const FrAdditionTerms *terms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = new_task (gallery, fr_addition_add_file_async, fr_title_from_file_name (path), terms, cancellable,
                          callback, user_data);

  fr_store_stage_file_async (fr_gallery_get_store (gallery), path, cancellable, file_staged_cb, task);
}

/**
 * fr_addition_add_bytes_async:
 * @gallery: where to
 * @bytes: the bytes of a picture as in a file
 * @title: (nullable): what to call it
 * @terms: who may see what of it
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Adds a picture that is in memory.
 */
void
fr_addition_add_bytes_async (FrGallery *gallery,
                             GBytes *bytes,
                             const char *title,
                             const FrAdditionTerms *terms,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = new_task (gallery, fr_addition_add_bytes_async, fr_title_clean (title), terms, cancellable, callback,
                          user_data);

  fr_store_stage_bytes_async (fr_gallery_get_store (gallery), bytes, cancellable, bytes_staged_cb, task);
}

/**
 * fr_addition_finish:
 * @gallery: as given when it began
 * @result: as given to the callback
 * @out_was_there: (out): whether the gallery had this picture
 * @error: (out) (optional): %FR_STORE_ERROR or %FR_IMAGE_ERROR in words for people, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the picture as it is in the gallery
 */
FrPicture *
fr_addition_finish (FrGallery *gallery, GAsyncResult *result, gboolean *out_was_there, GError **error)
{
  const Addition *addition;
  FrPicture *picture;

  g_return_val_if_fail (g_task_is_valid (result, gallery), NULL);

  addition = g_task_get_task_data (G_TASK (result));
  picture = g_task_propagate_pointer (G_TASK (result), error);
  if (picture != NULL)
    *out_was_there = addition->was_there;
  return picture;
}
