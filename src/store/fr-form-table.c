/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-form-table.h"

#include <string.h>

#include "fr-form-check.h"
#include "fr-store-error.h"

/* With the pictures, not with the forms: to write it does not mean to write those. NULL: nobody has looked yet. */
const char fr_form_table_version_9[] = "ALTER TABLE pictures ADD COLUMN thumbnail_hash BLOB;";

static void
hash (GBytes *bytes, FrBlockHash *out_hash)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  fr_content_hash_block (data, size, out_hash);
}

/**
 * fr_form_table_note_thumbnail:
 * @database: the database, in a transaction that puts the thumbnail there
 * @id: a picture
 * @thumbnail: (nullable): its thumbnail
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes what the thumbnail is, so that damage to it is seen.
 *
 * Returns: whether it is noted
 */
gboolean
fr_form_table_note_thumbnail (FrDatabase *database, const FrContentId *id, GBytes *thumbnail, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (database, "UPDATE pictures SET thumbnail_hash = ?2 WHERE shared_id = ?1", error);
  FrBlockHash noted;

  if (statement == NULL)
    return FALSE;
  if (thumbnail != NULL)
    hash (thumbnail, &noted);
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_data (statement, 2, thumbnail != NULL ? &noted : NULL, sizeof noted);
  return fr_statement_run (statement, error);
}

/* hash_form (BLOB): NULL for what cannot be a whole one. */
static void
hash_form (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  gconstpointer data = sqlite3_value_blob (values[0]);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, (gsize) sqlite3_value_bytes (values[0]));
  FrBlockHash noted;

  if (data == NULL || !fr_form_is_encoded (bytes))
    return;
  hash (bytes, &noted);
  sqlite3_result_blob (context, &noted, sizeof noted, SQLITE_TRANSIENT);
}

/**
 * fr_form_table_note_all_thumbnails:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes what the thumbnails are that came before anybody did, as far as they look whole: from now on damage is seen.
 *
 * Returns: whether nothing went wrong
 */
gboolean
fr_form_table_note_all_thumbnails (FrDatabase *database, GError **error)
{
  return fr_database_add_function (database, "hash_form", 1, hash_form, error)
         && fr_database_execute (database,
                                 "UPDATE pictures SET thumbnail_hash = hash_form ((SELECT thumbnail FROM forms "
                                 "WHERE forms.number = pictures.number)) "
                                 "WHERE has_thumbnail AND thumbnail_hash IS NULL",
                                 error);
}

/**
 * fr_form_table_is_thumbnail:
 * @database: the database
 * @id: a picture
 * @bytes: what is kept as its thumbnail
 *
 * Returns: whether that is what was put there; where nobody has noted that, whether it looks whole
 */
gboolean
fr_form_table_is_thumbnail (FrDatabase *database, const FrContentId *id, GBytes *bytes)
{
  g_autoptr (FrStatement) row
    = fr_database_use (database, "SELECT thumbnail_hash FROM pictures WHERE shared_id = ?1", NULL);
  gconstpointer noted;
  FrBlockHash found;
  gsize size = 0;

  if (row == NULL)
    return FALSE;
  fr_statement_bind_data (row, 1, id, sizeof *id);
  noted = fr_statement_next (row, NULL) ? fr_statement_get_data (row, 0, &size) : NULL;
  if (noted == NULL)
    return fr_form_is_encoded (bytes);
  hash (bytes, &found);
  return size == sizeof found && memcmp (noted, &found, size) == 0;
}

/**
 * fr_form_table_put:
 * @database: the database, in a transaction
 * @id: a picture
 * @thumbnail: (nullable): the picture, small
 * @preview: (nullable): the picture, smaller still
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Keeps other small forms of a picture. That it has them is said elsewhere.
 *
 * Returns: whether they are there
 */
gboolean
fr_form_table_put (FrDatabase *database, const FrContentId *id, GBytes *thumbnail, GBytes *preview, GError **error)
{
  static const char sql[] = "UPDATE forms SET thumbnail = ?2, preview = ?3 "
                            "WHERE number = (SELECT number FROM pictures WHERE shared_id = ?1)";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_bytes (statement, 2, thumbnail);
  fr_statement_bind_bytes (statement, 3, preview);
  if (!fr_statement_run (statement, error))
    return FALSE;
  if (fr_database_get_n_changed (database) > 0)
    return fr_form_table_note_thumbnail (database, id, thumbnail, error);
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "There is no such picture");
  return FALSE;
}

static gboolean
say_what_there_is (FrDatabase *database, const FrContentId *id, GBytes *thumbnail, GBytes *preview, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (
    database, "UPDATE pictures SET has_thumbnail = ?2, preview_hash = ?3 WHERE shared_id = ?1", error);
  FrBlockHash noted;

  if (statement == NULL)
    return FALSE;
  if (preview != NULL)
    hash (preview, &noted);
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_int64 (statement, 2, thumbnail != NULL);
  fr_statement_bind_data (statement, 3, preview != NULL ? &noted : NULL, sizeof noted);
  return fr_statement_run (statement, error);
}

/**
 * fr_form_table_replace:
 * @database: the database
 * @id: a picture
 * @thumbnail: (nullable): the picture, small
 * @preview: (nullable): the picture, smaller still
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Gives a picture other small forms, and says so: all or nothing.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_form_table_replace (FrDatabase *database, const FrContentId *id, GBytes *thumbnail, GBytes *preview, GError **error)
{
  if (!fr_database_begin (database, error))
    return FALSE;
  if (fr_form_table_put (database, id, thumbnail, preview, error)
      && say_what_there_is (database, id, thumbnail, preview, error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}
