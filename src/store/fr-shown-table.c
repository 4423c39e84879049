/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-shown-table.h"

#include <string.h>

#include "fr-picture.h"
#include "fr-store-error.h"
#include "fr-store.h"

/* The size of a small picture stands by itself, in an index, so that their sum is known without going through them. What
 * somebody has shown goes with them, and with the key by which they were known. */
const char fr_shown_version_13[] = "CREATE TABLE shown ("
                                   "  number INTEGER PRIMARY KEY AUTOINCREMENT," /* in the order of coming */
                                   "  person BLOB NOT NULL,"
                                   "  id BLOB NOT NULL,"
                                   "  title TEXT NOT NULL,"
                                   "  type INTEGER NOT NULL,"
                                   "  size INTEGER NOT NULL,"
                                   "  width INTEGER NOT NULL,"
                                   "  height INTEGER NOT NULL,"
                                   "  day INTEGER NOT NULL,"
                                   "  fresh INTEGER NOT NULL,"
                                   "  preview_hash BLOB,"
                                   "  preview_size INTEGER NOT NULL,"
                                   "  preview BLOB,"
                                   "  UNIQUE (person, id)"
                                   ") STRICT;"
                                   "CREATE INDEX shown_ids ON shown (id);"
                                   "CREATE INDEX shown_previews ON shown (preview_size);"
                                   "CREATE TRIGGER people_deleted_shown AFTER DELETE ON people"
                                   "  WHEN old.key IS NOT NULL BEGIN"
                                   "  DELETE FROM shown WHERE person = old.key;"
                                   "END;"
                                   "CREATE TRIGGER people_changed_shown AFTER UPDATE OF key ON people"
                                   "  WHEN old.key IS NOT NULL AND old.key IS NOT new.key BEGIN"
                                   "  DELETE FROM shown WHERE person = old.key;"
                                   "END;";

#define IS_KEPT "EXISTS (SELECT 1 FROM pictures WHERE shared_id = shown.id)"

static gboolean
is_good (const FrShown *shown)
{
  return strlen (shown->title) <= FR_PICTURE_MAX_TITLE && g_utf8_validate (shown->title, -1, NULL)
         && shown->size > 0 && shown->size <= FR_PICTURE_MAX_BYTES
         && (shown->preview == NULL
             || (shown->has_preview && g_bytes_get_size (shown->preview) <= FR_STORE_MAX_PREVIEW));
}

static gboolean
check (GPtrArray *shown, GError **error)
{
  for (guint i = 0; i < shown->len; i++)
    if (!is_good (shown->pdata[i]))
      {
        g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT,
                             "What is shown of a picture is too long, too large or not text");
        return FALSE;
      }
  return TRUE;
}

/* What is there keeps its place, its mark, and its small picture until there is another. Nothing is taken of whoever is not
 * among the people. */
static gboolean
put_one (FrDatabase *database, const FrPeerKey *person, const FrShown *shown, GError **error)
{
  static const char sql[]
    = "INSERT INTO shown (person, id, title, type, size, width, height, day, fresh, preview_hash, preview_size, preview)"
      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 WHERE EXISTS (SELECT 1 FROM people WHERE key = ?1)"
      " ON CONFLICT (person, id) DO UPDATE SET title = ?3, day = ?8,"
      " preview_size = CASE WHEN ?12 IS NULL AND preview_hash IS ?10 THEN preview_size ELSE ?11 END,"
      " preview = CASE WHEN ?12 IS NULL AND preview_hash IS ?10 THEN preview ELSE ?12 END, preview_hash = ?10";
  gsize preview_size = shown->preview != NULL ? g_bytes_get_size (shown->preview) : 0;
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, person, sizeof *person);
  fr_statement_bind_data (statement, 2, &shown->id, sizeof shown->id);
  fr_statement_bind_text (statement, 3, shown->title);
  fr_statement_bind_int64 (statement, 4, shown->type);
  fr_statement_bind_int64 (statement, 5, (gint64) shown->size);
  fr_statement_bind_int64 (statement, 6, shown->width);
  fr_statement_bind_int64 (statement, 7, shown->height);
  fr_statement_bind_int64 (statement, 8, shown->day);
  fr_statement_bind_int64 (statement, 9, shown->fresh != FALSE);
  fr_statement_bind_data (statement, 10, shown->has_preview ? &shown->preview_hash : NULL, sizeof shown->preview_hash);
  fr_statement_bind_int64 (statement, 11, (gint64) preview_size);
  fr_statement_bind_bytes (statement, 12, shown->preview);
  return fr_statement_run (statement, error);
}

static gboolean
run_with_limit (FrDatabase *database, const char *sql, const FrPeerKey *person, gint64 most, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, most);
  if (person != NULL)
    fr_statement_bind_data (statement, 2, person, sizeof *person);
  return fr_statement_run (statement, error);
}

/* The oldest goes first, and what the person here has kept goes last. */
static gboolean
trim (FrDatabase *database, const FrPeerKey *person, GError **error)
{
  static const char of_one[]
    = "DELETE FROM shown WHERE number IN (SELECT number FROM shown WHERE person = ?2 ORDER BY " IS_KEPT ", number "
      "LIMIT max (0, (SELECT count(*) FROM shown WHERE person = ?2) - ?1))";
  static const char of_all[] = "DELETE FROM shown WHERE (SELECT count(*) FROM shown) > ?1 AND number IN"
                               " (SELECT number FROM shown ORDER BY " IS_KEPT ", number"
                               " LIMIT max (0, (SELECT count(*) FROM shown) - ?1))";
  static const char previews[]
    = "DELETE FROM shown WHERE (SELECT total (preview_size) FROM shown) > ?1 AND preview_size > 0 AND number IN"
      " (SELECT number FROM (SELECT number, sum (preview_size) OVER (ORDER BY " IS_KEPT " DESC, number DESC) AS so_far"
      " FROM shown) WHERE so_far > ?1)";

  return run_with_limit (database, of_one, person, FR_SHOWN_MAX_EACH, error)
         && run_with_limit (database, of_all, NULL, FR_SHOWN_MAX, error)
         && run_with_limit (database, previews, NULL, FR_SHOWN_MAX_PREVIEWS, error);
}

static gboolean
put_all (FrDatabase *database, const FrPeerKey *person, GPtrArray *shown, GError **error)
{
  for (guint i = 0; i < shown->len; i++)
    if (!put_one (database, person, shown->pdata[i], error))
      return FALSE;
  return trim (database, person, error);
}

/**
 * fr_shown_table_put:
 * @database: the database
 * @person: one of the people
 * @shown: (element-type FrShown): what they have shown, the oldest first
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT or others
 *
 * Notes what somebody has shown, all of it or nothing; what is too much goes, the oldest that was not kept first.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_shown_table_put (FrDatabase *database, const FrPeerKey *person, GPtrArray *shown, GError **error)
{
  if (!check (shown, error) || !fr_database_begin (database, error))
    return FALSE;
  if (put_all (database, person, shown, error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

static gboolean
forget_one (FrDatabase *database, const FrPeerKey *person, const FrContentId *id, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (database, "DELETE FROM shown WHERE person = ?1 AND id = ?2", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, person, sizeof *person);
  fr_statement_bind_data (statement, 2, id, sizeof *id);
  return fr_statement_run (statement, error);
}

/**
 * fr_shown_table_forget:
 * @database: the database
 * @person: one of the people
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Forgets that somebody has shown these, if they have.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_shown_table_forget (FrDatabase *database, const FrPeerKey *person, const FrContentId *ids, guint n_ids,
                       GError **error)
{
  gboolean good = fr_database_begin (database, error);

  if (!good)
    return FALSE;
  for (guint i = 0; good && i < n_ids; i++)
    good = forget_one (database, person, &ids[i], error);
  if (good && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

/**
 * fr_shown_table_mark_seen:
 * @database: the database
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes that the person here has looked at a picture, whoever has shown it.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_shown_table_mark_seen (FrDatabase *database, const FrContentId *id, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, "UPDATE shown SET fresh = 0 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  return fr_statement_run (statement, error);
}

/* Rows may have been damaged or changed by hand. */
static FrShown *
read_shown (FrStatement *row)
{
  g_autofree char *title = g_utf8_make_valid (fr_statement_get_text (row, 2), -1);
  FrContentId id = { { 0 } };
  FrShown *shown;
  gsize size;
  gconstpointer data = fr_statement_get_data (row, 1, &size);

  fr_content_id_from_bytes (&id, data, size);
  shown = fr_shown_new (&id, title);
  data = fr_statement_get_data (row, 0, &size);
  fr_peer_key_from_bytes (&shown->person, data, size);
  shown->type = (guint) fr_statement_get_int64 (row, 3);
  shown->size = (guint64) fr_statement_get_int64 (row, 4);
  shown->width = (guint) fr_statement_get_int64 (row, 5);
  shown->height = (guint) fr_statement_get_int64 (row, 6);
  shown->day = (guint) fr_statement_get_int64 (row, 7);
  shown->fresh = fr_statement_get_int64 (row, 8) != 0;
  data = fr_statement_get_data (row, 9, &size);
  shown->has_preview = data != NULL && size == sizeof shown->preview_hash;
  if (shown->has_preview)
    memcpy (&shown->preview_hash, data, sizeof shown->preview_hash);
  if (shown->has_preview && fr_statement_get_data (row, 10, &size) != NULL && size <= FR_STORE_MAX_PREVIEW)
    shown->preview = fr_statement_dup_bytes (row, 10);
  return shown;
}

/**
 * fr_shown_table_list:
 * @database: the database
 * @person: (nullable): one of the people; %NULL: all of them
 * @offset: how many to leave out
 * @limit: how many to list
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrShown): what was shown, what came last first
 */
GPtrArray *
fr_shown_table_list (FrDatabase *database, const FrPeerKey *person, guint offset, guint limit, GError **error)
{
  static const char sql[] = "SELECT person, id, title, type, size, width, height, day, fresh, preview_hash, preview"
                            " FROM shown WHERE ?1 IS NULL OR person = ?1 ORDER BY number DESC LIMIT ?2 OFFSET ?3";
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_shown_free);
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  fr_statement_bind_data (statement, 1, person, sizeof *person);
  fr_statement_bind_int64 (statement, 2, limit);
  fr_statement_bind_int64 (statement, 3, offset);
  while (fr_statement_next (statement, &local_error))
    g_ptr_array_add (shown, read_shown (statement));
  if (local_error == NULL)
    return g_steal_pointer (&shown);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
