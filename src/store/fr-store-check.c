/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include <string.h>

#include "fr-form-table.h"
#include "fr-hidden-table.h"
#include "fr-store-private.h"
#include "fr-store-walk.h"
#include "fr-unfinished.h"

/* A check of all that the store has, in two parts: a long one beside everything else that goes on, and a short one
 * between two changes, which drops what was only on its way in or out. */

#define PROGRESS_EVERY_US (100 * 1000)

typedef struct
{
  FrStoreReport *report; /* owned; NULL until the first part is done */
  FrStoreProgress progress;
  gpointer progress_data;
  gint64 shown_us;
} Check;

/* One step forward, on its way to the caller's context. */
typedef struct
{
  GTask *task; /* owned */
  guint64 done, total;
} Step;

static void
check_free (gpointer data)
{
  Check *check = data;

  fr_store_report_free (check->report);
  g_free (check);
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->task);
  g_free (step);
}

static gboolean
step_cb (gpointer data)
{
  const Step *step = data;
  const Check *check = g_task_get_task_data (step->task);

  if (!g_task_get_completed (step->task))
    check->progress (step->done, step->total, check->progress_data);
  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(), which calls at once, in this thread, where nobody iterates the context just then. */
static void
walk_cb (guint64 done, guint64 total, gpointer data)
{
  GTask *task = data;
  Check *check = g_task_get_task_data (task);
  gint64 now_us = g_get_monotonic_time ();
  g_autoptr (GSource) source = NULL;
  Step *step;

  if (check->progress == NULL || now_us - check->shown_us < PROGRESS_EVERY_US)
    return;
  check->shown_us = now_us;
  step = g_new (Step, 1);
  *step = (Step) { g_object_ref (task), done, total };
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, step_cb, step, step_free);
  g_source_attach (source, g_task_get_context (task));
}

static char *
name_of (const FrContentId *id)
{
  g_autofree char *name = fr_content_id_to_string (id);

  return g_strdup_printf ("pictures/%.2s/%s", name, name);
}

static gboolean
has_entry (FrStore *self, const FrContentId *id)
{
  g_autoptr (FrPicture) picture = fr_catalogue_get (self->writing.catalogue, id, NULL, NULL);

  return picture != NULL;
}

/* Whether a picture still has the same original beside it. */
static gboolean
has_original (FrStore *self, const FrPicture *picture)
{
  g_autoptr (FrPicture) now = fr_catalogue_get (self->writing.catalogue, &picture->id, NULL, NULL);

  return now != NULL && fr_picture_has_original (now)
         && fr_content_id_equal (&now->original_id, &picture->original_id);
}

/* Whether a file is in the place of a picture that there is now. */
static gboolean
is_file_of_entry (FrStore *self, const char *file)
{
  const char *name = strrchr (file, '/');
  g_autofree char *expected = NULL;
  FrContentId id;

  if (name == NULL || !fr_content_id_parse (&id, name + 1))
    return FALSE;
  expected = name_of (&id);
  return g_str_equal (expected, file) && has_entry (self, &id);
}

/* Whether anything is there, a link to nothing too. */
static gboolean
is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_SYMLINK) || g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Nothing is half added or half removed while this is asked. */
static gboolean
is_real (FrStore *self, const FrStoreProblem *problem)
{
  g_autofree char *path = problem->file != NULL ? g_build_filename (self->folder, problem->file, NULL) : NULL;

  switch (problem->kind)
    {
    case FR_STORE_PROBLEM_MISSING:
      return has_entry (self, &problem->picture->id) && !g_file_test (path, G_FILE_TEST_EXISTS);
    case FR_STORE_PROBLEM_ORIGINAL:
      return has_original (self, problem->picture);
    case FR_STORE_PROBLEM_UNLISTED:
      return g_file_test (path, G_FILE_TEST_EXISTS) && !is_file_of_entry (self, problem->file);
    case FR_STORE_PROBLEM_FOREIGN:
      return is_there (path) && !is_file_of_entry (self, problem->file);
    default:
      return problem->picture == NULL || has_entry (self, &problem->picture->id);
    }
}

static void
drop_what_is_not_real (FrStore *self, GPtrArray *problems)
{
  for (guint i = problems->len; i > 0; i--)
    if (!is_real (self, problems->pdata[i - 1]))
      g_ptr_array_remove_index (problems, i - 1);
}

static gboolean
names_file (gconstpointer problem, gconstpointer file)
{
  return g_strcmp0 (((const FrStoreProblem *) problem)->file, file) == 0;
}

/* A file that is there because something failed has a better reason than not being listed. */
static gboolean
add_unfinished (FrStore *self, FrStoreReport *report, GError **error)
{
  g_autoptr (GArray) ids = fr_unfinished_list (self->writing.database, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const FrContentId *id = &g_array_index (ids, FrContentId, i);
      g_autofree char *file = name_of (id);
      guint found;

      if (g_ptr_array_find_with_equal_func (report->problems, file, names_file, &found))
        g_ptr_array_remove_index (report->problems, found);
      if (!fr_hidden_table_has (self->writing.database, id)) /* else it goes in a moment, or comes back */
        fr_store_report_add (report, FR_STORE_PROBLEM_UNFINISHED, NULL, file);
    }
  return ids != NULL;
}

/* The index of words can be compared only by whoever may write. */
static void
check_index (FrStore *self, FrStoreReport *report)
{
  g_autoptr (GError) problem = NULL;

  if (!fr_database_execute (self->writing.database, "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)",
                            &problem)
      && g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED))
    fr_store_report_add (report, FR_STORE_PROBLEM_CATALOGUE, NULL, "freshet.db");
}

static gboolean
has_kind (gconstpointer problem, gconstpointer kind)
{
  return ((const FrStoreProblem *) problem)->kind == (FrStoreProblemKind) GPOINTER_TO_INT (kind);
}

static gboolean
has (const FrStoreReport *report, FrStoreProblemKind kind)
{
  return g_ptr_array_find_with_equal_func (report->problems, GINT_TO_POINTER (kind), has_kind, NULL);
}

static void
confirm_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Check *check = data;
  GError *error = NULL;

  drop_what_is_not_real (self, check->report->problems);
  if (!add_unfinished (self, check->report, &error))
    {
      fr_store_return_pointer (task, NULL, NULL, error);
      return;
    }
  if (!has (check->report, FR_STORE_PROBLEM_CATALOGUE))
    check_index (self, check->report);
  if (!has (check->report, FR_STORE_PROBLEM_CATALOGUE))
    fr_form_table_note_all_thumbnails (self->writing.database, NULL); /* or the next time */
  if (has (check->report, FR_STORE_PROBLEM_CATALOGUE) || has (check->report, FR_STORE_PROBLEM_HASHES))
    fr_rescue_mark (self->folder);
  g_task_return_pointer (task, g_steal_pointer (&check->report), (GDestroyNotify) fr_store_report_free);
}

static void
walk_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  Check *check = data;
  GError *error = NULL;

  check->report = fr_store_walk (self->folder, self->blobs, self->originals, walk_cb, task, cancellable, &error);
  if (check->report != NULL)
    fr_work_queue_push (self->writing.work, task, confirm_work);
  else
    fr_store_return_pointer (task, NULL, NULL, error);
}

/**
 * fr_store_check_async:
 * @self: a store
 * @progress: (nullable): called now and then with how many bytes of how many have been read, in the caller's context
 * @progress_data: for @progress, until the answer comes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads every picture and compares its bytes with its id and with the catalogue, and the catalogue with itself. The
 * store can be used meanwhile. Nothing is changed, except that a damaged catalogue is made anew at the next start. What is
 * damaged of a picture's small forms is for the caller to make again: fr_store_set_forms_async().
 */
void
fr_store_check_async (FrStore *self,
                      FrStoreProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_check_async, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->progress = progress;
  check->progress_data = progress_data;
  g_task_set_task_data (task, check, check_free);
  fr_work_queue_push (self->import_work, task, walk_work);
}

/**
 * fr_store_check_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR where the catalogue cannot be read, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what is wrong
 */
FrStoreReport *
fr_store_check_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
