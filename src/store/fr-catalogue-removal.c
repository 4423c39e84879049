/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-catalogue-private.h"

#include "fr-hidden-table.h"
#include "fr-originals.h"
#include "fr-store-error.h"
#include "fr-unfinished.h"

/* How pictures go, and come back. */

static gboolean
delete_picture (FrCatalogue *self, const FrContentId *id, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (self->database, "DELETE FROM pictures WHERE shared_id = ?1", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  return fr_catalogue_run_on_one (self, statement, error);
}

static gboolean
remove_noted (FrCatalogue *self, const FrContentId *id, GError **error)
{
  return fr_originals_note_of (self->database, id, error) && delete_picture (self, id, error)
         && fr_unfinished_note (self->database, id, error);
}

/**
 * fr_catalogue_remove:
 * @self: a catalogue
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Removes a picture and notes that its file, and what it was before, are unfinished: all or nothing.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_catalogue_remove (FrCatalogue *self, const FrContentId *id, GError **error)
{
  if (!fr_database_begin (self->database, error))
    return FALSE;
  if (remove_noted (self, id, error) && fr_database_commit (self->database, error))
    return TRUE;
  fr_database_rollback (self->database);
  return FALSE;
}

static gboolean
hide_each (FrCatalogue *self, const FrContentId *ids, guint n_ids, guint *out_n_hidden, GError **error)
{
  *out_n_hidden = 0;
  for (guint i = 0; i < n_ids; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (!fr_hidden_table_put (self->database, &ids[i], error))
        return FALSE;
      if (remove_noted (self, &ids[i], &problem))
        (*out_n_hidden)++;
      else if (!g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * fr_catalogue_hide:
 * @self: a catalogue
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @out_n_hidden: (out): how many of them were there
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Removes pictures as fr_catalogue_remove() does, but keeps in memory what fr_catalogue_restore() needs: all or nothing.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_catalogue_hide (FrCatalogue *self, const FrContentId *ids, guint n_ids, guint *out_n_hidden, GError **error)
{
  if (!fr_database_begin (self->database, error))
    return FALSE;
  if (hide_each (self, ids, n_ids, out_n_hidden, error) && fr_database_commit (self->database, error))
    return TRUE;
  fr_database_rollback (self->database);
  return FALSE;
}

static gboolean
restore_each (FrCatalogue *self, const FrContentId *ids, guint n_ids, GPtrArray *pictures, GError **error)
{
  for (guint i = 0; i < n_ids; i++)
    {
      FrPicture *picture;
      gboolean found;

      if (!fr_hidden_table_take (self->database, &ids[i], &found, error))
        return FALSE;
      if (!found)
        continue;
      picture = fr_catalogue_get (self, &ids[i], NULL, error);
      if (picture == NULL)
        return FALSE;
      g_ptr_array_add (pictures, picture);
    }
  return TRUE;
}

/**
 * fr_catalogue_restore:
 * @self: a catalogue
 * @ids: (array length=n_ids): pictures that were hidden
 * @n_ids: how many
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Undoes fr_catalogue_hide(), for those that it still can: all or nothing.
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): what is there again; %NULL if that is not on disk
 */
GPtrArray *
fr_catalogue_restore (FrCatalogue *self, const FrContentId *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);

  if (!fr_database_begin (self->database, error))
    return NULL;
  if (restore_each (self, ids, n_ids, pictures, error) && fr_database_commit (self->database, error))
    return g_steal_pointer (&pictures);
  fr_database_rollback (self->database);
  return NULL;
}
