/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-id-query.h"

/**
 * fr_id_query_run:
 * @database: the database
 * @sql: a statement that takes an id and has no rows
 * @id: the id
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: whether it is done
 */
gboolean
fr_id_query_run (FrDatabase *database, const char *sql, const FrContentId *id, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  return fr_statement_run (statement, error);
}

/**
 * fr_id_query_list:
 * @database: the database
 * @sql: a query without parameters, whose first column is an id
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrContentId): the ids of all rows
 */
GArray *
fr_id_query_list (FrDatabase *database, const char *sql, GError **error)
{
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
