/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-addition.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"
#include "fr-title.h"

/* One picture on its way in. */
typedef struct
{
  char *title;        /* owned, all three */
  GBytes *readers;    /* nullable: the people chosen */
  FrStaged *staged;   /* NULL until it has been copied */
  FrAudience audience;
  gboolean was_there; /* out */
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_clear_pointer (&addition->staged, fr_staged_unref);
  g_clear_pointer (&addition->readers, g_bytes_unref);
  g_free (addition->title);
  g_free (addition);
}

static GTask *
new_task (FrGallery *gallery,
          gpointer tag,
          char *title,
          FrAudience audience,
          GBytes *readers,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (gallery, cancellable, callback, user_data);
  Addition *addition = g_new0 (Addition, 1);

  addition->title = title;
  addition->audience = audience;
  addition->readers = readers != NULL ? g_bytes_ref (readers) : NULL;
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

static void
enter (GTask *task, const FrPicture *description, GBytes *thumbnail, GBytes *preview)
{
  const Addition *addition = g_task_get_task_data (task);
  FrGallery *gallery = g_task_get_source_object (task);

  fr_store_add_async (fr_gallery_get_store (gallery), addition->staged, description, thumbnail, preview,
                      g_task_get_cancellable (task), added_cb, g_object_ref (task));
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
  fr_picture_set_audience (description, addition->audience, addition->readers);
  g_free (description->mime);
  description->mime = g_strdup (summary->mime);
  description->type = summary->type;
  description->width = summary->width;
  description->height = summary->height;
  enter (task, description, summary->thumbnail, summary->preview);
}

/* Whoever drops the same folder once more does not wait until all of it has been decoded again. */
static void
look_into (GTask *task)
{
  const Addition *addition = g_task_get_task_data (task);
  FrGallery *gallery = g_task_get_source_object (task);
  FrGalleryItem *known = fr_gallery_find (gallery, fr_staged_get_id (addition->staged));
  g_autoptr (FrPicture) description = NULL;

  if (known == NULL)
    {
      fr_image_client_summarise_async (fr_gallery_get_image_client (gallery), fr_staged_get_fd (addition->staged),
                                       g_task_get_cancellable (task), summarised_cb, g_object_ref (task));
      return;
    }
  description = fr_picture_copy (fr_gallery_item_get_picture (known));
  description->origin = (FrPeerKey) { 0 }; /* the person adds it */
  fr_picture_set_audience (description, addition->audience, addition->readers);
  enter (task, description, NULL, NULL);
}

static void
take_staged (GTask *task, FrStaged *staged, GError *error)
{
  Addition *addition = g_task_get_task_data (task);

  addition->staged = staged;
  if (staged != NULL)
    look_into (task);
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
 * @audience: who may see it
 * @readers: (nullable): the people chosen, where people are
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Adds a picture from a file, whose name becomes its title.
 */
void
fr_addition_add_file_async (FrGallery *gallery,
                            const char *path,
                            FrAudience audience,
                            GBytes *readers,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = new_task (gallery, fr_addition_add_file_async, fr_title_from_file_name (path), audience, readers,
                          cancellable, callback, user_data);

  fr_store_stage_file_async (fr_gallery_get_store (gallery), path, cancellable, file_staged_cb, task);
}

/**
 * fr_addition_add_bytes_async:
 * @gallery: where to
 * @bytes: the bytes of a picture as in a file
 * @title: (nullable): what to call it
 * @audience: who may see it
 * @readers: (nullable): the people chosen, where people are
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
                             FrAudience audience,
                             GBytes *readers,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = new_task (gallery, fr_addition_add_bytes_async, fr_title_clean (title), audience, readers, cancellable,
                          callback, user_data);

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
