/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-gallery-pack.h"

#include <glib/gi18n-lib.h>

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"
#include "fr-inner-task.h"
#include "fr-pack-folder.h"
#include "fr-title.h"

/* The export of a whole gallery, one picture after the other: the disk has no more than one to give. */

typedef struct
{
  /* Owned */
  FrPeople *people; /* nullable */
  char *folder;
  GPtrArray *pictures; /* of FrPicture, the last added first; NULL until they are known */
  FrManifest *list;    /* of those that are written */
  FrPackReport *report;

  FrPackProgress progress;
  gpointer progress_data;
  guint next; /* counted from the last */
  char *file; /* owned: of the picture that is being written, once it is */
  GError *error; /* owned: why it is being undone */
} Pack;

static void
pack_free (gpointer data)
{
  Pack *pack = data;

  g_clear_object (&pack->people);
  g_free (pack->folder);
  g_clear_pointer (&pack->pictures, g_ptr_array_unref);
  fr_manifest_free (pack->list);
  fr_pack_report_free (pack->report);
  g_clear_error (&pack->error);
  g_free (pack->file);
  g_free (pack);
}

static void
write_next (GTask *task);

static void
undo_work (GTask *inner, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Pack *pack = data;

  fr_pack_folder_undo (pack->folder, pack->list);
  g_task_return_boolean (inner, TRUE);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pack *pack = g_task_get_task_data (task);

  fr_gallery_return_error (task, g_steal_pointer (&pack->error));
}

/* Takes the error. */
static void
undo (GTask *task, GError *error)
{
  Pack *pack = g_task_get_task_data (task);

  pack->error = error;
  fr_inner_task_run (task, undo_work, undone_cb);
}

static void
finish_work (GTask *inner, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Pack *pack = data;
  GError *error = NULL;
  g_autoptr (GBytes) text = fr_manifest_format (pack->list, &error);

  if (text != NULL && fr_pack_folder_finish (pack->folder, text, &error))
    g_task_return_boolean (inner, TRUE);
  else
    g_task_return_error (inner, error);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pack *pack = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_steal_pointer (&pack->report), (GDestroyNotify) fr_pack_report_free);
  else
    undo (task, error);
}

static void
note_reader (Pack *pack, const FrPeerKey *key, GHashTable *noted)
{
  FrPerson *person = pack->people != NULL ? fr_people_find_key (pack->people, key) : NULL;

  if (g_hash_table_add (noted, (gpointer) key) && person != NULL && pack->list->people->len < FR_MANIFEST_MAX_PEOPLE)
    fr_manifest_add_person (pack->list, key, fr_person_get_name (person));
}

/* Each who was chosen for some picture, once. */
static void
note_readers (Pack *pack)
{
  g_autoptr (GHashTable) noted = g_hash_table_new (fr_peer_key_hash, fr_peer_key_equal_func);

  for (guint i = 0; i < pack->list->entries->len; i++)
    {
      const FrManifestEntry *entry = pack->list->entries->pdata[i];
      guint n;
      const FrPeerKey *keys = fr_audience_get_readers (entry->picture->readers, &n);

      for (guint j = 0; j < n; j++)
        note_reader (pack, &keys[j], noted);
    }
}

static FrPicture *
get_current (Pack *pack)
{
  return pack->pictures->pdata[pack->pictures->len - 1 - pack->next];
}

static gboolean
is_about_one_picture (const GError *error)
{
  return g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK)
         || g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

/* Of the picture, or of its original: it is left out if that is damaged. Takes the error; FALSE: all is being undone. */
static gboolean
take_failure (GTask *task, GError *error)
{
  Pack *pack = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;

  if (!is_about_one_picture (error))
    {
      undo (task, g_steal_pointer (&owned));
      return FALSE;
    }
  fr_pack_report_fail (pack->report, get_current (pack)->title, error);
  return TRUE;
}

static void
go_on (GTask *task)
{
  Pack *pack = g_task_get_task_data (task);

  g_clear_pointer (&pack->file, g_free);
  pack->next++;
  if (pack->progress != NULL)
    pack->progress (pack->next, pack->pictures->len, pack->progress_data);
  write_next (task);
}

/* It is in the list before anything else can fail, so that it is taken away again then. */
static void
note_written (GTask *task, const char *original)
{
  Pack *pack = g_task_get_task_data (task);

  fr_manifest_add (pack->list, get_current (pack), pack->file, original);
  pack->report->n_done++;
}

static void
original_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *path = fr_store_export_original_finish (FR_STORE (source), result, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;

  note_written (task, name);
  if (path != NULL || take_failure (task, error))
    go_on (task);
}

static void
write_original (GTask *task)
{
  Pack *pack = g_task_get_task_data (task);
  FrPicture *picture = get_current (pack);
  /* Translators: part of the name of a file, after the title of the picture that it is the original of */
  g_autofree char *title = g_strdup_printf (_ ("%s, original"), picture->title);
  g_autofree char *name = fr_title_to_file_name (title, picture->type);
  g_autofree char *path = g_build_filename (pack->folder, name, NULL);

  fr_store_export_original_async (fr_gallery_get_store (g_task_get_source_object (task)), &picture->id, path,
                                  g_task_get_cancellable (task), original_written_cb, g_object_ref (task));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pack *pack = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *path = fr_store_export_finish (FR_STORE (source), result, &error);

  if (path == NULL)
    {
      if (take_failure (task, error))
        go_on (task);
      return;
    }
  pack->file = g_path_get_basename (path);
  if (fr_picture_has_original (get_current (pack)))
    {
      write_original (task);
      return;
    }
  note_written (task, NULL);
  go_on (task);
}

static void
write_next (GTask *task)
{
  Pack *pack = g_task_get_task_data (task);
  FrStore *store = fr_gallery_get_store (g_task_get_source_object (task));
  g_autofree char *name = NULL, *path = NULL;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      undo (task, error);
      return;
    }
  if (pack->next == pack->pictures->len)
    {
      note_readers (pack);
      fr_inner_task_run (task, finish_work, finished_cb);
      return;
    }
  name = fr_title_to_file_name (get_current (pack)->title, get_current (pack)->type);
  path = g_build_filename (pack->folder, name, NULL);
  fr_store_export_async (store, &get_current (pack)->id, path, g_task_get_cancellable (task), written_cb,
                         g_object_ref (task));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pack *pack = g_task_get_task_data (task);
  GError *error = NULL;

  pack->pictures = fr_store_list_finish (FR_STORE (source), result, &error);
  if (pack->pictures != NULL && fr_manifest_has_room (pack->pictures->len, &error))
    write_next (task);
  else
    undo (task, error);
}

static void
make_work (GTask *inner, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Pack *pack = data;
  GError *error = NULL;

  if (fr_pack_folder_make (pack->folder, &error))
    g_task_return_boolean (inner, TRUE);
  else
    g_task_return_error (inner, error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    fr_store_list_async (fr_gallery_get_store (g_task_get_source_object (task)), NULL, 0, FR_MANIFEST_MAX_PICTURES + 1,
                         g_task_get_cancellable (task), listed_cb, g_object_ref (task));
  else
    fr_gallery_return_error (task, error);
}

/**
 * fr_gallery_pack_async:
 * @self: a gallery
 * @people: (nullable): those who may have been chosen to see pictures, for their names
 * @folder: (type filename): a folder that is not there yet, or empty
 * @progress: (nullable): called after each picture
 * @progress_data: for @progress, until the answer comes
 * @cancellable: (nullable): to give up; then nothing of it stays
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Copies all pictures into a folder, with a list of all that is known of them. The list comes last: without it the
 * folder is no export. A picture that is damaged is left out, and said to be.
 */
void
fr_gallery_pack_async (FrGallery *self,
                       FrPeople *people,
                       const char *folder,
                       FrPackProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Pack *pack;

  g_return_if_fail (FR_IS_GALLERY (self));
  g_return_if_fail (folder != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fr_gallery_pack_async);
  g_task_set_check_cancellable (task, FALSE); /* what is finished is not answered with *cancelled* */
  pack = g_new0 (Pack, 1);
  pack->people = people != NULL ? g_object_ref (people) : NULL;
  pack->folder = g_strdup (folder);
  pack->list = fr_manifest_new ();
  pack->report = fr_pack_report_new ();
  pack->progress = progress;
  pack->progress_data = progress_data;
  g_task_set_task_data (task, pack, pack_free);
  fr_inner_task_run (task, make_work, made_cb);
}

/**
 * fr_gallery_pack_finish:
 * @self: a gallery
 * @result: as given to the callback
 * @error: (out) (optional): %FR_MANIFEST_ERROR, %FR_STORE_ERROR or %G_IO_ERROR, in words for people
 *
 * Returns: (transfer full) (nullable): what is in the folder now, and what is not
 */
FrPackReport *
fr_gallery_pack_finish (FrGallery *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
