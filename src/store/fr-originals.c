/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-originals.h"

#include "fr-id-query.h"
#include "fr-store-error.h"
#include "fr-unfinished.h"

/* Whether a row has an original beside what is shared: fr_picture_has_original(). */
#define HAS_ORIGINAL "metadata = 1 AND shared_id <> original_id"

/* What was there before nobody has looked into. */
const char fr_originals_version_7[] = "ALTER TABLE pictures ADD COLUMN metadata INTEGER NOT NULL DEFAULT 0;"
                                      "ALTER TABLE pictures ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;"
                                      "ALTER TABLE pictures ADD COLUMN strip_version INTEGER NOT NULL DEFAULT 0;"
                                      "CREATE INDEX pictures_by_original ON pictures (original_id);"
                                      "CREATE TABLE unfinished_originals (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;";

/**
 * fr_originals_note:
 * @database: the database
 * @original: an original whose file is about to come
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes that there may be a file that belongs to no picture.
 *
 * Returns: whether it is noted
 */
gboolean
fr_originals_note (FrDatabase *database, const FrContentId *original, GError **error)
{
  return fr_id_query_run (database, "INSERT OR IGNORE INTO unfinished_originals (id) VALUES (?1)", original, error);
}

/**
 * fr_originals_note_of:
 * @database: the database, in a transaction that removes the picture
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes the original of a picture, if it has one.
 *
 * Returns: whether nothing went wrong
 */
gboolean
fr_originals_note_of (FrDatabase *database, const FrContentId *id, GError **error)
{
  return fr_id_query_run (database,
                          "INSERT OR IGNORE INTO unfinished_originals (id) "
                          "SELECT original_id FROM pictures WHERE shared_id = ?1 AND " HAS_ORIGINAL,
                          id, error);
}

/**
 * fr_originals_forget:
 * @database: the database
 * @original: an original that belongs to a picture, or whose file is gone
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Undoes fr_originals_note().
 *
 * Returns: whether it is forgotten
 */
gboolean
fr_originals_forget (FrDatabase *database, const FrContentId *original, GError **error)
{
  return fr_id_query_run (database, "DELETE FROM unfinished_originals WHERE id = ?1", original, error);
}

/**
 * fr_originals_forget_all:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Forgets all notes, where rows have been lost: nobody can tell any more which originals belong to nothing.
 *
 * Returns: whether they are forgotten
 */
gboolean
fr_originals_forget_all (FrDatabase *database, GError **error)
{
  return fr_database_execute (database, "DELETE FROM unfinished_originals", error);
}

/**
 * fr_originals_list_unfinished:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrContentId): the originals that may be there and belong to no
 *   picture
 */
GArray *
fr_originals_list_unfinished (FrDatabase *database, GError **error)
{
  static const char sql[] = "SELECT id FROM unfinished_originals WHERE NOT EXISTS "
                            "(SELECT 1 FROM pictures WHERE original_id = id AND " HAS_ORIGINAL ")";

  return fr_id_query_list (database, sql, error);
}

/**
 * fr_originals_find:
 * @database: the database
 * @original: the bytes of a picture as they were added
 * @out_id: (out): what the picture is called that is shared instead
 *
 * Returns: whether there is one
 */
gboolean
fr_originals_find (FrDatabase *database, const FrContentId *original, FrContentId *out_id)
{
  g_autoptr (FrStatement) statement = fr_database_use (
    database, "SELECT shared_id FROM pictures WHERE original_id = ?1 AND " HAS_ORIGINAL " LIMIT 1", NULL);
  gconstpointer data;
  gsize size;

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, original, sizeof *original);
  if (!fr_statement_next (statement, NULL))
    return FALSE;
  data = fr_statement_get_data (statement, 0, &size);
  return fr_content_id_from_bytes (out_id, data, size);
}

/**
 * fr_originals_set:
 * @database: the database
 * @id: a picture in it
 * @picture: what has become of its metadata, and what its original is called
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Keeps that.
 *
 * Returns: whether it is kept
 */
gboolean
fr_originals_set (FrDatabase *database, const FrContentId *id, const FrPicture *picture, GError **error)
{
  static const char sql[] = "UPDATE pictures SET original_id = ?2, metadata = ?3, removed = ?4, strip_version = ?5 "
                            "WHERE shared_id = ?1";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_data (statement, 2, &picture->original_id, sizeof picture->original_id);
  fr_statement_bind_int64 (statement, 3, picture->metadata);
  fr_statement_bind_int64 (statement, 4, picture->removed);
  fr_statement_bind_int64 (statement, 5, picture->strip_version);
  return fr_statement_run (statement, error);
}

/* The same row: its words, its readers and how it looks stay. */
static gboolean
rename_picture (FrDatabase *database, const FrContentId *id, const FrPicture *picture, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (database, "UPDATE pictures SET shared_id = ?2, size = ?3 WHERE shared_id = ?1", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_data (statement, 2, &picture->id, sizeof picture->id);
  fr_statement_bind_int64 (statement, 3, (gint64) picture->size);
  if (!fr_statement_run (statement, error))
    return FALSE;
  if (fr_database_get_n_changed (database) > 0)
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "There is no such picture");
  return FALSE;
}

static gboolean
set_hashes (FrDatabase *database, const FrContentId *id, GBytes *hashes, GError **error)
{
  static const char sql[] = "UPDATE forms SET hashes = ?2 "
                            "WHERE number = (SELECT number FROM pictures WHERE shared_id = ?1)";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_bytes (statement, 2, hashes);
  return fr_statement_run (statement, error);
}

static gboolean
exchange (FrDatabase *database, const FrContentId *id, const FrPicture *picture, GBytes *hashes, GError **error)
{
  return fr_originals_note_of (database, id, error) && fr_unfinished_note (database, id, error)
         && rename_picture (database, id, picture, error) && set_hashes (database, &picture->id, hashes, error)
         && fr_originals_set (database, &picture->id, picture, error)
         && fr_unfinished_forget (database, &picture->id, error)
         && (!fr_picture_has_original (picture) || fr_originals_forget (database, &picture->original_id, error));
}

/**
 * fr_originals_exchange:
 * @database: the database
 * @id: a picture in it
 * @picture: its new id, size and original, and what has become of its metadata; all else stays
 * @hashes: the hash of each block of it, in order
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Gives a picture other bytes, notes that the file that it had is unfinished and forgets that of the one that it has:
 * all or nothing.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_originals_exchange (FrDatabase *database,
                       const FrContentId *id,
                       const FrPicture *picture,
                       GBytes *hashes,
                       GError **error)
{
  if (!fr_database_begin (database, error))
    return FALSE;
  if (exchange (database, id, picture, hashes, error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}
