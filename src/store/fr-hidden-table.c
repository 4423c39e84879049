/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hidden-table.h"

#include "fr-id-query.h"

/* The columns are those of this Freshet's catalogue, as the tables do not outlive it. */
static const char tables[] = "CREATE TEMP TABLE hidden AS SELECT * FROM pictures WHERE 0;"
                             "CREATE TEMP TABLE hidden_forms AS SELECT * FROM forms WHERE 0;"
                             "CREATE TEMP TABLE hidden_readers AS SELECT * FROM readers WHERE 0;"
                             "CREATE TEMP TRIGGER hidden_deleted AFTER DELETE ON hidden BEGIN"
                             "  DELETE FROM hidden_forms WHERE number = old.number;"
                             "  DELETE FROM hidden_readers WHERE number = old.number;"
                             "END;"
                             "CREATE TEMP TRIGGER people_deleted_hidden AFTER DELETE ON people BEGIN"
                             "  DELETE FROM hidden_readers WHERE key = old.key;"
                             "END;";

#define IS_THERE "EXISTS (SELECT 1 FROM pictures WHERE shared_id = ?1)"
#define ITS_NUMBER "(SELECT number FROM hidden WHERE shared_id = ?1)"

/**
 * fr_hidden_table_create:
 * @database: the database, with the newest tables
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Makes room for what is hidden, once for each connection.
 *
 * Returns: whether there is
 */
gboolean
fr_hidden_table_create (FrDatabase *database, GError **error)
{
  return fr_database_execute (database, tables, error);
}

static gboolean
run_all (FrDatabase *database, const char *const *statements, const FrContentId *id, GError **error)
{
  for (; *statements != NULL; statements++)
    if (!fr_id_query_run (database, *statements, id, error))
      return FALSE;
  return TRUE;
}

/**
 * fr_hidden_table_put:
 * @database: the database, in a transaction that removes the picture
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Keeps all that the catalogue has of a picture, if it has it. To be called before it is removed.
 *
 * Returns: whether nothing went wrong
 */
gboolean
fr_hidden_table_put (FrDatabase *database, const FrContentId *id, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM hidden WHERE shared_id = ?1 AND " IS_THERE, /* it was added again since */
    "INSERT INTO hidden SELECT * FROM pictures WHERE shared_id = ?1",
    "INSERT INTO hidden_forms SELECT * FROM forms WHERE number = " ITS_NUMBER,
    "INSERT INTO hidden_readers SELECT * FROM readers WHERE number = " ITS_NUMBER,
    NULL,
  };

  return run_all (database, statements, id, error);
}

/**
 * fr_hidden_table_take:
 * @database: the database, in a transaction
 * @id: a picture
 * @out_found: (out): whether it was hidden
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Gives the catalogue back what it had of a picture, unless that was added again meanwhile. Who could see it can again,
 * but for people who were removed.
 *
 * Returns: whether nothing went wrong
 */
gboolean
fr_hidden_table_take (FrDatabase *database, const FrContentId *id, gboolean *out_found, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM hidden WHERE shared_id = ?1 AND " IS_THERE,
    "INSERT INTO pictures SELECT * FROM hidden WHERE shared_id = ?1",
    "INSERT INTO forms SELECT * FROM hidden_forms WHERE number = " ITS_NUMBER,
    "INSERT INTO readers SELECT * FROM hidden_readers WHERE number = " ITS_NUMBER,
    "DELETE FROM unfinished WHERE id = ?1 AND " IS_THERE,
    "DELETE FROM unfinished_originals WHERE id = (SELECT original_id FROM hidden WHERE shared_id = ?1)",
    "DELETE FROM hidden WHERE shared_id = ?1",
    NULL,
  };

  *out_found = fr_hidden_table_has (database, id);
  return !*out_found || run_all (database, statements, id, error);
}

/**
 * fr_hidden_table_drop:
 * @database: the database
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Forgets one that was hidden.
 *
 * Returns: whether nothing went wrong
 */
gboolean
fr_hidden_table_drop (FrDatabase *database, const FrContentId *id, GError **error)
{
  return fr_id_query_run (database, "DELETE FROM hidden WHERE shared_id = ?1", id, error);
}

static gboolean
has (FrDatabase *database, const char *sql, const FrContentId *id)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, NULL);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  return fr_statement_next (statement, NULL);
}

/**
 * fr_hidden_table_has:
 * @database: the database
 * @id: a picture
 *
 * Returns: whether it is hidden
 */
gboolean
fr_hidden_table_has (FrDatabase *database, const FrContentId *id)
{
  return has (database, "SELECT 1 FROM hidden WHERE shared_id = ?1", id);
}

/**
 * fr_hidden_table_has_original:
 * @database: the database
 * @original: what a picture was as it was added
 *
 * Returns: whether one that is hidden needs it
 */
gboolean
fr_hidden_table_has_original (FrDatabase *database, const FrContentId *original)
{
  return has (database, "SELECT 1 FROM hidden WHERE original_id = ?1", original);
}

/**
 * fr_hidden_table_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrContentId): what is hidden, what was hidden first at the head
 */
GArray *
fr_hidden_table_list (FrDatabase *database, GError **error)
{
  return fr_id_query_list (database, "SELECT shared_id FROM hidden ORDER BY rowid", error);
}
