/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery.h"

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"
#include "fr-title.h"

/* Copying a picture out of a gallery: its title names the file, unless the person did. */

typedef struct
{
  FrContentId id;
  char *place; /* owned, as the person named it: a folder, or the path of a file */
  FrPicture *picture; /* owned; NULL until the store has answered */
  guint is_original : 1;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->picture, fr_picture_unref);
  g_free (export->place);
  g_free (export);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const Export *export = g_task_get_task_data (task);
  char *path = export->is_original ? fr_store_export_original_finish (FR_STORE (source), result, &error)
                                   : fr_store_export_finish (FR_STORE (source), result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    fr_gallery_return_error (task, error);
}

static void
place_looked_at_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Export *export = g_task_get_task_data (task);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autofree char *name = fr_title_to_file_name (export->picture->title, export->picture->type);
  FrStore *store = fr_gallery_get_store (g_task_get_source_object (task));
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *path = NULL;

  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    path = g_build_filename (export->place, name, NULL);
  else
    path = g_strdup (export->place);
  if (export->is_original)
    fr_store_export_original_async (store, &export->id, path, cancellable, exported_cb, g_object_ref (task));
  else
    fr_store_export_async (store, &export->id, path, cancellable, exported_cb, g_object_ref (task));
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (GFile) place = g_file_new_for_path (export->place);
  GError *error = NULL;

  export->picture = fr_store_get_finish (FR_STORE (source), result, &error);
  if (export->picture == NULL)
    {
      fr_gallery_return_error (task, error);
      return;
    }
  g_file_query_info_async (place, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), place_looked_at_cb, g_object_ref (task));
}

static void
begin (FrGallery *self, GTask *task, const FrContentId *id, const char *place, gboolean is_original)
{
  Export *export = g_new0 (Export, 1);

  export->id = *id;
  export->place = g_strdup (place);
  export->is_original = is_original;
  g_task_set_task_data (task, export, export_free);
  fr_store_get_async (fr_gallery_get_store (self), id, g_task_get_cancellable (task), described_cb, task);
}

/**
 * fr_gallery_export_async:
 * @self: a gallery
 * @id: a picture
 * @folder_or_path: (type filename): a folder that is there, or the file that the person wants
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Copies a picture out, byte by byte. In a folder, the file is called as the picture is (fr_title_to_file_name()).
 * Nothing is ever overwritten: *Title.jpg*, *Title (2).jpg* and so on.
 */
void
fr_gallery_export_async (FrGallery *self,
                         const FrContentId *id,
                         const char *folder_or_path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL && folder_or_path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_export_async);
  begin (self, task, id, folder_or_path, FALSE);
}

/**
 * fr_gallery_export_original_async:
 * @self: a gallery
 * @id: a picture
 * @folder_or_path: (type filename): a folder that is there, or the file that the person wants
 * @cancellable: (nullable): to give up
 * @callback: called with the answer, for fr_gallery_export_finish()
 * @user_data: for @callback
 *
 * Copies a picture out as it was added, with all that its file tells.
 */
void
fr_gallery_export_original_async (FrGallery *self,
                                  const FrContentId *id,
                                  const char *folder_or_path,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (id != NULL && folder_or_path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_export_original_async);
  begin (self, task, id, folder_or_path, TRUE);
}

/**
 * fr_gallery_export_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (type filename): where the copy is
 */
char *
fr_gallery_export_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
