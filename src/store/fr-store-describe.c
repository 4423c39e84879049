/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store.h"

#include "fr-store-private.h"

/* One description for many pictures. */

typedef struct
{
  FrContentId *ids; /* owned, both */
  char *text;
  guint n_ids;
} Description;

static void
description_free (gpointer data)
{
  Description *description = data;

  g_free (description->ids);
  g_free (description->text);
  g_free (description);
}

/* What has a description keeps it, and what is gone by now needs none. */
static gboolean
describe_one (FrCatalogue *catalogue, const FrContentId *id, const char *text, GPtrArray *changed, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (FrPicture) picture = fr_catalogue_get (catalogue, id, NULL, &problem);

  if (g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (picture == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (*picture->description != '\0')
    return TRUE;
  if (!fr_catalogue_set_text (catalogue, id, picture->title, text, (const char *const *) picture->tags, error))
    return FALSE;
  g_clear_pointer (&picture, fr_picture_unref);
  picture = fr_catalogue_get (catalogue, id, NULL, error);
  if (picture == NULL)
    return FALSE;
  g_ptr_array_add (changed, g_steal_pointer (&picture));
  return TRUE;
}

static gboolean
describe_all (FrCatalogue *catalogue, const Description *description, GPtrArray *changed, GError **error)
{
  for (guint i = 0; i < description->n_ids; i++)
    if (!describe_one (catalogue, &description->ids[i], description->text, changed, error))
      return FALSE;
  return TRUE;
}

static void
describe_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FrStore *self = source;
  FrDatabase *database = self->writing.database;
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
  GError *error = NULL;

  if (!fr_database_begin (database, &error))
    g_clear_pointer (&changed, g_ptr_array_unref);
  else if (!describe_all (self->writing.catalogue, data, changed, &error) || !fr_database_commit (database, &error))
    {
      fr_database_rollback (database);
      g_clear_pointer (&changed, g_ptr_array_unref);
    }
  fr_store_return_pointer (task, changed, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * fr_store_describe_async:
 * @self: a store
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many, at most %FR_STORE_MAX_DESCRIBED
 * @text: what there is to say about all of them, at most %FR_PICTURE_MAX_DESCRIPTION bytes
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Describes those that have no description yet: all of them, or none.
 */
void
fr_store_describe_async (FrStore *self,
                         const FrContentId *ids,
                         guint n_ids,
                         const char *text,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = fr_store_new_task (self, fr_store_describe_async, cancellable, callback, user_data);
  Description *description;

  if (n_ids > FR_STORE_MAX_DESCRIBED)
    {
      g_task_return_new_error (task, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE,
                               "At most %d pictures are described at once", FR_STORE_MAX_DESCRIBED);
      return;
    }
  description = g_new0 (Description, 1);
  description->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  description->n_ids = n_ids;
  description->text = g_strdup (text);
  g_task_set_task_data (task, description, description_free);
  fr_work_queue_push (self->writing.work, task, describe_work);
}

/**
 * fr_store_describe_finish:
 * @self: a store
 * @result: as given to the callback
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT, %FR_STORE_ERROR_TOO_LARGE and others, or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): those that were changed, as they are now
 */
GPtrArray *
fr_store_describe_finish (FrStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
