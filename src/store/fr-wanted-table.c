/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wanted-table.h"

#include <string.h>

#include "fr-id-query.h"
#include "fr-picture.h"
#include "fr-store-error.h"
#include "fr-store.h"

/* What can come from nobody any more is not waited for. Somebody who has another key since has the same pictures. */
const char fr_wanted_version_14[] = "CREATE TABLE wanted ("
                                    "  number INTEGER PRIMARY KEY AUTOINCREMENT," /* in the order of asking */
                                    "  id BLOB NOT NULL UNIQUE,"
                                    "  title TEXT NOT NULL,"
                                    "  type INTEGER NOT NULL,"
                                    "  size INTEGER NOT NULL,"
                                    "  done INTEGER NOT NULL,"
                                    "  width INTEGER NOT NULL,"
                                    "  height INTEGER NOT NULL,"
                                    "  paused INTEGER NOT NULL,"
                                    "  keep INTEGER NOT NULL,"
                                    "  preview BLOB"
                                    ") STRICT;"
                                    "CREATE TABLE wanted_from ("
                                    "  wanted INTEGER NOT NULL,"
                                    "  person BLOB NOT NULL,"
                                    "  size INTEGER NOT NULL,"
                                    "  PRIMARY KEY (wanted, person)"
                                    ") STRICT, WITHOUT ROWID;"
                                    "CREATE INDEX wanted_from_person ON wanted_from (person);"
                                    "CREATE TRIGGER wanted_deleted AFTER DELETE ON wanted BEGIN"
                                    "  DELETE FROM wanted_from WHERE wanted = old.number;"
                                    "END;"
                                    "CREATE TRIGGER wanted_from_deleted AFTER DELETE ON wanted_from BEGIN"
                                    "  DELETE FROM wanted WHERE number = old.wanted"
                                    "    AND NOT EXISTS (SELECT 1 FROM wanted_from WHERE wanted = old.wanted);"
                                    "END;"
                                    "CREATE TRIGGER people_deleted_wanted AFTER DELETE ON people"
                                    "  WHEN old.key IS NOT NULL BEGIN"
                                    "  DELETE FROM wanted_from WHERE person = old.key;"
                                    "END;"
                                    "CREATE TRIGGER people_changed_wanted AFTER UPDATE OF key ON people"
                                    "  WHEN old.key IS NOT NULL AND old.key IS NOT new.key BEGIN"
                                    "  UPDATE OR IGNORE wanted_from SET person = new.key"
                                    "    WHERE person = old.key AND new.key IS NOT NULL;"
                                    "  DELETE FROM wanted_from WHERE person = old.key;"
                                    "END;";

static gboolean
check (const FrWanted *wanted, GError **error)
{
  if (strlen (wanted->title) <= FR_PICTURE_MAX_TITLE && g_utf8_validate (wanted->title, -1, NULL) && wanted->size > 0
      && wanted->size <= FR_PICTURE_MAX_BYTES
      && (wanted->preview == NULL || g_bytes_get_size (wanted->preview) <= FR_STORE_MAX_PREVIEW))
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT,
                       "What is known of a picture is too long, too large or not text");
  return FALSE;
}

/* What is there keeps its place, and its small picture until there is another. */
static gboolean
put_picture (FrDatabase *database, const FrWanted *wanted, GError **error)
{
  static const char sql[] = "INSERT INTO wanted (id, title, type, size, width, height, paused, keep, preview,"
                            " done) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                            " ON CONFLICT (id) DO UPDATE SET title = ?2, type = ?3, size = ?4, width = ?5, height = ?6,"
                            " paused = ?7, keep = ?8, preview = coalesce (?9, preview), done = ?10";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, &wanted->id, sizeof wanted->id);
  fr_statement_bind_text (statement, 2, wanted->title);
  fr_statement_bind_int64 (statement, 3, wanted->type);
  fr_statement_bind_int64 (statement, 4, (gint64) wanted->size);
  fr_statement_bind_int64 (statement, 5, wanted->width);
  fr_statement_bind_int64 (statement, 6, wanted->height);
  fr_statement_bind_int64 (statement, 7, wanted->paused != FALSE);
  fr_statement_bind_int64 (statement, 8, wanted->keep != FALSE);
  fr_statement_bind_bytes (statement, 9, wanted->preview);
  fr_statement_bind_int64 (statement, 10, (gint64) MIN (wanted->done, wanted->size));
  return fr_statement_run (statement, error);
}

/* Those who were noted before stay; one more than there may be is left out, and so is whoever is not among the people. */
static gboolean
put_holder (FrDatabase *database, const FrContentId *id, const FrWantedHolder *holder, GError **error)
{
  static const char sql[] = "INSERT INTO wanted_from (wanted, person, size)"
                            " SELECT number, ?2, ?3 FROM wanted WHERE id = ?1"
                            " AND EXISTS (SELECT 1 FROM people WHERE key = ?2)"
                            " AND (SELECT count(*) FROM wanted_from WHERE wanted = number AND person IS NOT ?2) < ?4"
                            " ON CONFLICT (wanted, person) DO UPDATE SET size = ?3";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_data (statement, 2, &holder->person, sizeof holder->person);
  fr_statement_bind_int64 (statement, 3, (gint64) holder->size);
  fr_statement_bind_int64 (statement, 4, FR_WANTED_MAX_HOLDERS);
  return fr_statement_run (statement, error);
}

/* What nobody has of whom we would hear that they are here; and of too many those that were asked for first. */
static gboolean
trim (FrDatabase *database, const FrContentId *id, GError **error)
{
  static const char without[] = "DELETE FROM wanted WHERE id = ?1"
                                " AND NOT EXISTS (SELECT 1 FROM wanted_from WHERE wanted = wanted.number)";
  static const char oldest[] = "DELETE FROM wanted WHERE number IN (SELECT number FROM wanted ORDER BY number"
                               " LIMIT max (0, (SELECT count(*) FROM wanted) - ?1))";
  g_autoptr (FrStatement) statement = NULL;

  if (!fr_id_query_run (database, without, id, error))
    return FALSE;
  statement = fr_database_use (database, oldest, error);
  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, FR_WANTED_MAX);
  return fr_statement_run (statement, error);
}

static gboolean
put_all (FrDatabase *database, const FrWanted *wanted, GError **error)
{
  if (!put_picture (database, wanted, error))
    return FALSE;
  for (guint i = 0; i < wanted->holders->len; i++)
    if (!put_holder (database, &wanted->id, &g_array_index (wanted->holders, FrWantedHolder, i), error))
      return FALSE;
  return trim (database, &wanted->id, error);
}

/**
 * fr_wanted_table_put:
 * @database: the database
 * @wanted: what is wanted, and who of the people has it; what only others have is not noted
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT or others
 *
 * Notes what is wanted, or how that has changed; of more than %FR_WANTED_MAX the oldest go.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_wanted_table_put (FrDatabase *database, const FrWanted *wanted, GError **error)
{
  if (!check (wanted, error) || !fr_database_begin (database, error))
    return FALSE;
  if (put_all (database, wanted, error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

/**
 * fr_wanted_table_forget:
 * @database: the database
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Forgets that it is wanted, if it is.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_wanted_table_forget (FrDatabase *database, const FrContentId *id, GError **error)
{
  return fr_id_query_run (database, "DELETE FROM wanted WHERE id = ?1", id, error);
}

/* Rows may have been damaged or changed by hand. */
static FrWanted *
read_wanted (FrStatement *row)
{
  g_autofree char *title = g_utf8_make_valid (fr_statement_get_text (row, 1), -1);
  FrContentId id = { { 0 } };
  FrWanted *wanted;
  gsize size;
  gconstpointer data = fr_statement_get_data (row, 0, &size);

  fr_content_id_from_bytes (&id, data, size);
  wanted = fr_wanted_new (&id, title);
  wanted->type = (guint) fr_statement_get_int64 (row, 2);
  wanted->size = (guint64) fr_statement_get_int64 (row, 3);
  wanted->width = (guint) fr_statement_get_int64 (row, 4);
  wanted->height = (guint) fr_statement_get_int64 (row, 5);
  wanted->paused = fr_statement_get_int64 (row, 6) != 0;
  wanted->keep = fr_statement_get_int64 (row, 7) != 0;
  if (fr_statement_get_data (row, 8, &size) != NULL && size <= FR_STORE_MAX_PREVIEW)
    wanted->preview = fr_statement_dup_bytes (row, 8);
  wanted->done = MIN ((guint64) fr_statement_get_int64 (row, 9), wanted->size);
  return wanted;
}

static gboolean
read_holders (FrDatabase *database, FrWanted *wanted, GError **error)
{
  static const char sql[] = "SELECT person, wanted_from.size FROM wanted_from JOIN wanted ON wanted = number"
                            " WHERE id = ?1 ORDER BY person";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, &wanted->id, sizeof wanted->id);
  while (fr_statement_next (statement, &local_error))
    {
      FrPeerKey person;
      gsize size;
      gconstpointer data = fr_statement_get_data (statement, 0, &size);

      if (fr_peer_key_from_bytes (&person, data, size))
        fr_wanted_add_holder (wanted, &person, (guint64) fr_statement_get_int64 (statement, 1));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static GPtrArray *
read_all (FrDatabase *database, GError **error)
{
  static const char sql[] = "SELECT id, title, type, size, width, height, paused, keep, preview, done FROM wanted"
                            " ORDER BY number DESC LIMIT ?1";
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_wanted_free);
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  fr_statement_bind_int64 (statement, 1, FR_WANTED_MAX);
  while (fr_statement_next (statement, &local_error))
    g_ptr_array_add (all, read_wanted (statement));
  if (local_error == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * fr_wanted_table_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrWanted): all that is wanted, what was asked for last first
 */
GPtrArray *
fr_wanted_table_list (FrDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) all = read_all (database, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (!read_holders (database, all->pdata[i], error))
      return NULL;
  return g_steal_pointer (&all);
}
