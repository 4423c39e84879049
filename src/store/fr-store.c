/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "fr-file-io.h"
#include "fr-file-removal.h"
#include "fr-audience-table.h"
#include "fr-form-table.h"
#include "fr-hidden-table.h"
#include "fr-origin-name.h"
#include "fr-originals.h"
#include "fr-people-table.h"
#include "fr-searches-table.h"
#include "fr-settings-table.h"
#include "fr-shown-table.h"
#include "fr-store-error-private.h"
#include "fr-store-private.h"
#include "fr-unfinished.h"
#include "fr-wanted-table.h"
#include "fr-wishes-table.h"

/* What may be large is worked on by this many threads, and blocks of transfers by as many, beside the two of the
 * catalogue. */
#define N_IMPORT_THREADS 2
#define N_BLOCK_THREADS 2

typedef struct
{
  FrStore *store; /* owned */
  char *folder;
} Opening;

G_DEFINE_FINAL_TYPE (FrStore, fr_store, G_TYPE_OBJECT)

/* From each version of the catalogue to the next; never changed once released, only added to. */
const char *const fr_store_migrations[] = {
  fr_catalogue_version_1,
  fr_people_version_2,
  fr_settings_version_3,
  fr_people_version_4,
  fr_audience_version_5,
  fr_people_version_6,
  fr_originals_version_7,
  fr_origin_name_version_8,
  fr_form_table_version_9,
  fr_people_version_10,
  fr_people_version_11,
  fr_audience_version_12,
  fr_shown_version_13,
  fr_wanted_version_14,
  fr_people_version_15,
  fr_wishes_version_16,
  fr_searches_version_17,
  NULL,
};

static void
fr_store_finalize (GObject *object)
{
  FrStore *self = FR_STORE (object);

  fr_store_close (self);
  fr_work_queue_free (self->import_work);
  fr_work_queue_free (self->block_work);
  fr_work_queue_free (self->writing.work);
  fr_work_queue_free (self->reading.work);
  fr_blob_dir_free (self->blobs);
  fr_blob_dir_free (self->originals);
  g_free (self->folder);
  g_hash_table_unref (self->incoming);
  g_mutex_clear (&self->incoming_lock);
  G_OBJECT_CLASS (fr_store_parent_class)->finalize (object);
}

static void
fr_store_class_init (FrStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_store_finalize;
}

static void
fr_store_init (FrStore *self)
{
  self->lock_fd = -1;
  self->writing.work = fr_work_queue_new (1);
  self->reading.work = fr_work_queue_new (1);
  self->import_work = fr_work_queue_new (N_IMPORT_THREADS);
  self->block_work = fr_work_queue_new (N_BLOCK_THREADS);
  self->incoming = g_hash_table_new_full (fr_content_id_hash, fr_content_id_equal_func, g_free, NULL);
  g_mutex_init (&self->incoming_lock);
}

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->store);
  g_free (opening->folder);
  g_free (opening);
}

/* Held as long as the process lives at most: the kernel gives it up for a Freshet that was killed (flock(2)). */
static gboolean
lock_folder (FrStore *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock_fd >= 0 && flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (self->lock_fd >= 0 && errno == EWOULDBLOCK)
    g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_LOCKED, "Another Freshet is using this folder");
  else
    fr_store_error_set_errno (error, errno, "The folder cannot be used");
  return FALSE;
}

/* A Freshet that was killed between putting a picture in its place and entering it into the catalogue, or between
 * striking it out and removing it, has left a file that nobody knows. */
static gboolean
remove_unfinished (FrStore *self, GError **error)
{
  g_autoptr (GArray) ids = fr_unfinished_list (self->writing.database, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const FrContentId *id = &g_array_index (ids, FrContentId, i);

      if (!fr_blob_dir_remove (self->blobs, id, error) || !fr_unfinished_forget (self->writing.database, id, error))
        return FALSE;
    }
  return ids != NULL;
}

/* For the files of the facade: the same for what pictures were before, and also after one has been removed. Only after a
 * transaction that has been written: see fr_database_settle(). */
gboolean
fr_store_remove_originals (FrStore *self, GError **error)
{
  g_autoptr (GArray) ids = fr_originals_list_unfinished (self->writing.database, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const FrContentId *id = &g_array_index (ids, FrContentId, i);

      if (fr_hidden_table_has_original (self->writing.database, id))
        continue;
      if (!fr_blob_dir_remove (self->originals, id, error) || !fr_originals_forget (self->writing.database, id, error))
        return FALSE;
    }
  return ids != NULL;
}

/* After a loss of rows an original that seems to belong to nothing may be what a person has left. */
static gboolean
settle_originals (FrStore *self, gboolean adopting, GError **error)
{
  if (adopting || self->rescue.rebuilt)
    return fr_originals_forget_all (self->writing.database, error);
  return fr_store_remove_originals (self, error);
}

static gboolean
take_side (FrStoreSide *side, FrDatabase *database, GError **error)
{
  side->database = database;
  side->catalogue = database != NULL ? fr_catalogue_new (database, error) : NULL;
  return side->catalogue != NULL;
}

static void
release_side (FrStoreSide *side)
{
  g_clear_pointer (&side->catalogue, fr_catalogue_free);
  g_clear_pointer (&side->database, fr_database_free);
}

/* The lock file says, by one byte, how the last Freshet ended. */
#define STATE_CLOSED '\0'
#define STATE_OPEN 'o'     /* it did not close: its log must still be there */
#define STATE_ADOPTING 'a' /* the log was not: pictures are still to be found that only it knew */

static char
read_state (FrStore *self)
{
  char state = STATE_CLOSED;

  return fr_file_read (self->lock_fd, &state, 1, 0, NULL) == 1 ? state : STATE_CLOSED;
}

static gboolean
write_state (FrStore *self, char state, GError **error)
{
  return fr_file_write (self->lock_fd, &state, 1, 0, error);
}

/* What is small is looked through at each start. A damaged thumbnail shows when it is needed. */
static gboolean
check_catalogue (FrDatabase *database, GError **error)
{
  return fr_database_check (database, "PRAGMA quick_check (pictures)", error)
         && fr_database_check (database, "PRAGMA quick_check (unfinished)", error)
         && fr_database_check (database, "PRAGMA quick_check (unfinished_originals)", error)
         && fr_database_check (database, "PRAGMA quick_check (people)", error)
         && fr_database_check (database, "PRAGMA quick_check (readers)", error)
         && fr_database_check (database, "PRAGMA quick_check (settings)", error);
}

static gboolean
open_catalogue (FrStore *self, const char *path, GError **error)
{
  if (take_side (&self->writing, fr_database_open (path, fr_store_migrations, error), error)
      && check_catalogue (self->writing.database, error) && fr_hidden_table_create (self->writing.database, error)
      && take_side (&self->reading, fr_database_open_to_read (path, error), error))
    return TRUE;
  release_side (&self->reading);
  release_side (&self->writing);
  return FALSE;
}

/* What is damaged is made anew, at most once. */
static gboolean
open_or_rescue (FrStore *self, const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!fr_rescue_finish (self->folder, error))
    return FALSE;
  if (!fr_rescue_is_due (self->folder, self->blobs))
    {
      if (open_catalogue (self, path, &problem))
        return TRUE;
      if (!g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return fr_rescue_rebuild (self->folder, fr_store_migrations, self->blobs, &self->rescue, error)
         && open_catalogue (self, path, error);
}

/* Whoever did not close left a log. Where it has gone, what was in it has: the pictures may still be there, and their
 * notes may say that they should not be. */
static gboolean
is_log_missing (FrStore *self, const char *folder)
{
  g_autofree char *log = g_build_filename (folder, "freshet.db-wal", NULL);
  char state = read_state (self);

  return state == STATE_ADOPTING || (state == STATE_OPEN && !g_file_test (log, G_FILE_TEST_EXISTS));
}

/* Before the catalogue is opened: whoever fails to open it all may take the log away. */
static gboolean
write_first_state (FrStore *self, gboolean adopting, GError **error)
{
  if (adopting)
    return write_state (self, STATE_ADOPTING, error);
  if (ftruncate (self->lock_fd, 0) == 0)
    return TRUE;
  fr_store_error_set_errno (error, errno, "The folder cannot be used");
  return FALSE;
}

static gboolean
open_folder (FrStore *self, const char *folder, GError **error)
{
  gboolean adopting;

  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fr_store_error_set_errno (error, errno, "The folder cannot be made");
      return FALSE;
    }
  /* Where there is a catalogue, this has been done before it was made. */
  if (!lock_folder (self, folder, error)
      || (!g_file_test (path, G_FILE_TEST_EXISTS) && !fr_file_sync_way (path, error)))
    return FALSE;
  adopting = is_log_missing (self, folder);
  self->folder = g_strdup (folder);
  self->blobs = fr_blob_dir_new (folder, error);
  self->originals = self->blobs != NULL ? fr_blob_dir_new_for_originals (folder, error) : NULL;
  self->opened = self->originals != NULL && write_first_state (self, adopting, error) && open_or_rescue (self, path, error)
                 && (!adopting || fr_rescue_adopt (self->writing.database, self->blobs, &self->rescue, error))
                 && remove_unfinished (self, error) && settle_originals (self, adopting, error)
                 && write_state (self, STATE_OPEN, error);
  return self->opened;
}

/* Said before the log goes, or a start after a crash in between would look for what is not there. */
static void
release_folder (FrStore *self)
{
  if (self->opened && ftruncate (self->lock_fd, 0) != 0)
    g_debug ("The lock file cannot be emptied");
  self->opened = FALSE;
  release_side (&self->reading);
  release_side (&self->writing);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

/* After a failure the folder is free when the answer comes, not only when the last reference has gone. */
static void
open_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *opening = data;
  GError *error = NULL;

  if (open_folder (opening->store, opening->folder, &error))
    g_task_return_pointer (task, g_object_ref (opening->store), g_object_unref);
  else
    {
      release_folder (opening->store);
      g_task_return_error (task, error);
    }
}

/**
 * fr_store_open_async:
 * @folder: the folder of one person's data, which is made where there is none (mode 0700)
 * @cancellable: (nullable): to give up
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens a store, for this process alone.
 */
void
fr_store_open_async (const char *folder,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new (Opening, 1);

  opening->store = g_object_new (FR_TYPE_STORE, NULL);
  opening->folder = g_strdup (folder);
  g_task_set_source_tag (task, fr_store_open_async);
  g_task_set_task_data (task, opening, opening_free);
  fr_work_queue_push (opening->store->writing.work, task, open_work);
}

/**
 * fr_store_open_finish:
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_LOCKED, %FR_STORE_ERROR_NEWER, %FR_STORE_ERROR_DAMAGED,
 *   %FR_STORE_ERROR_FULL, %FR_STORE_ERROR_IO, or %G_IO_ERROR; what is in the folder is left as it is
 *
 * Returns: (transfer full) (nullable): the store
 */
FrStore *
fr_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_store_close:
 * @self: a store
 *
 * Ends the use of the folder, so that it can be opened again: waits until what has been asked for is done, except that
 * copying in progress is given up. All of it is answered, and so is what is asked for later, with %G_IO_ERROR_CLOSED.
 * Dropping the last reference does the same, but nobody can tell when. Blocks for as long as a disk needs: for the end
 * of the program.
 */
void
fr_store_close (FrStore *self)
{
  g_return_if_fail (FR_IS_STORE (self));

  if (self->blobs != NULL)
    fr_blob_dir_stop (self->blobs);
  fr_work_queue_close (self->import_work);
  fr_work_queue_close (self->block_work);
  fr_work_queue_close (self->writing.work);
  fr_work_queue_close (self->reading.work);
  if (self->opened)
    fr_store_purge_all (self);
  fr_file_removal_wait ();
  release_folder (self);
}

/**
 * fr_store_was_rescued:
 * @self: a store
 * @out_n_adopted: (out) (optional): how many pictures there are of which only the bytes were left
 *
 * Returns: whether the catalogue was damaged or gone when the store was opened, so that it has been made anew
 */
gboolean
fr_store_was_rescued (FrStore *self, guint *out_n_adopted)
{
  g_return_val_if_fail (FR_IS_STORE (self), FALSE);

  if (out_n_adopted != NULL)
    *out_n_adopted = self->rescue.n_adopted;
  return self->rescue.rebuilt || self->rescue.n_adopted > 0;
}

/* For the files of the facade. */
GTask *
fr_store_new_task (FrStore *self,
                   gpointer source_tag,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  return task;
}

/* What turns out to be damaged is repaired at the next start. */
static void
note_damage (GTask *task, const GError *error)
{
  gpointer source = g_task_get_source_object (task);

  if (FR_IS_STORE (source) && g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED))
    fr_rescue_mark (FR_STORE (source)->folder);
}

/* Answers with an error where there is one, else with what may be %NULL. Takes both. */
void
fr_store_return_pointer (GTask *task, gpointer result, GDestroyNotify free_result, GError *error)
{
  note_damage (task, error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, free_result);
}

void
fr_store_return_done (GTask *task, gboolean done, GError *error)
{
  note_damage (task, error);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A picture that was on its way in is not any more. */
void
fr_store_forget_incoming (FrStore *self, const FrContentId *id)
{
  g_mutex_lock (&self->incoming_lock);
  g_hash_table_remove (self->incoming, id);
  g_mutex_unlock (&self->incoming_lock);
}
