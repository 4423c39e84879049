/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-unfinished.h"

static gboolean
run_with_id (FrDatabase *database, const char *sql, const FrContentId *id, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  return fr_statement_run (statement, error);
}

/**
 * fr_unfinished_note:
 * @database: the database
 * @id: a picture whose file is about to come or to go
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes that there may be a file that the catalogue does not know.
 *
 * Returns: whether it is noted
 */
gboolean
fr_unfinished_note (FrDatabase *database, const FrContentId *id, GError **error)
{
  return run_with_id (database, "INSERT OR IGNORE INTO unfinished (id) VALUES (?1)", id, error);
}

/**
 * fr_unfinished_forget:
 * @database: the database
 * @id: a picture whose file is in the catalogue, or gone
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Undoes fr_unfinished_note().
 *
 * Returns: whether it is forgotten
 */
gboolean
fr_unfinished_forget (FrDatabase *database, const FrContentId *id, GError **error)
{
  return run_with_id (database, "DELETE FROM unfinished WHERE id = ?1", id, error);
}

/**
 * fr_unfinished_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrContentId): the files that may be there and are not in the
 *   catalogue
 */
GArray *
fr_unfinished_list (FrDatabase *database, GError **error)
{
  static const char sql[] = "SELECT id FROM unfinished EXCEPT SELECT shared_id FROM pictures";
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return NULL;
  while (fr_statement_next (statement, &local_error))
    {
      gsize size;
      gconstpointer data = fr_statement_get_data (statement, 0, &size);
      FrContentId id;

      if (fr_content_id_from_bytes (&id, data, size))
        g_array_append_val (ids, id);
    }
  if (local_error == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
