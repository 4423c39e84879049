/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-audience-table.h"

#include <string.h>

#include "fr-store-error.h"

/* What was there stays as it was shared: with everyone, except for what was kept from others and not passed on. */
const char fr_audience_version_5[] = "CREATE TABLE readers ("
                                     "  number INTEGER NOT NULL," /* of a picture */
                                     "  key BLOB NOT NULL,"
                                     "  PRIMARY KEY (number, key)"
                                     ") STRICT, WITHOUT ROWID;"
                                     "CREATE TRIGGER pictures_deleted_readers AFTER DELETE ON pictures BEGIN"
                                     "  DELETE FROM readers WHERE number = old.number;"
                                     "END;"
                                     "CREATE TRIGGER people_deleted_readers AFTER DELETE ON people"
                                     "  WHEN old.key IS NOT NULL BEGIN"
                                     "  DELETE FROM readers WHERE key = old.key;"
                                     "END;"
                                     "UPDATE pictures SET audience = 3 WHERE origin IS NOT NULL AND NOT offered;"
                                     "ALTER TABLE pictures DROP COLUMN offered;";

/* Since when others may see a picture, by which those who ask for the newest find it. */
const char fr_audience_version_12[] = "ALTER TABLE pictures ADD COLUMN shared_us INTEGER NOT NULL DEFAULT 0;"
                                      "UPDATE pictures SET shared_us = added_us;"
                                      "CREATE INDEX pictures_shared ON pictures (shared_us);";

/**
 * fr_audience_bind_reader:
 * @statement: one with %FR_AUDIENCE_ALLOWS in it
 * @reader: (nullable): who asks; %NULL: the person herself
 *
 * Says for whom it is.
 */
void
fr_audience_bind_reader (FrStatement *statement, const FrPeerKey *reader)
{
  fr_statement_bind_data (statement, 1, reader, sizeof *reader);
}

/**
 * fr_audience_read_readers:
 * @row: a row with %FR_AUDIENCE_READERS in it
 * @column: where
 *
 * Returns: (transfer full) (nullable): the people chosen
 */
GBytes *
fr_audience_read_readers (FrStatement *row, int column)
{
  const char *hex = fr_statement_get_text (row, column);
  gsize size = strlen (hex) / 2;
  g_autofree guint8 *keys = NULL;
  g_autofree char *lower = g_ascii_strdown (hex, -1);

  if (size == 0 || size % sizeof (FrPeerKey) != 0)
    return NULL;
  keys = g_malloc (size);
  return fr_hex_decode (lower, keys, size) ? g_bytes_new (keys, size) : NULL;
}

/**
 * fr_audience_check:
 * @audience: who may see a picture
 * @readers: (nullable): the people chosen
 * @error: (out) (optional): %FR_STORE_ERROR_TOO_LARGE above %FR_AUDIENCE_MAX_READERS, %FR_STORE_ERROR_EMPTY
 *
 * Returns: whether both belong together
 */
gboolean
fr_audience_check (FrAudience audience, GBytes *readers, GError **error)
{
  if (fr_audience_is_valid (audience, readers))
    return TRUE;
  if (readers != NULL && g_bytes_get_size (readers) > FR_AUDIENCE_MAX_READERS * sizeof (FrPeerKey))
    g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE, "At most %d people can be chosen",
                 FR_AUDIENCE_MAX_READERS);
  else
    g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_EMPTY, "Nobody is chosen who can be told apart");
  return FALSE;
}

static gboolean
remove_readers (FrDatabase *database, gint64 number, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, "DELETE FROM readers WHERE number = ?1", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, number);
  return fr_statement_run (statement, error);
}

static gboolean
put_reader (FrDatabase *database, gint64 number, const FrPeerKey *key, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (database, "INSERT OR IGNORE INTO readers (number, key) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, number);
  fr_statement_bind_data (statement, 2, key, sizeof *key);
  return fr_statement_run (statement, error);
}

/**
 * fr_audience_put_readers:
 * @database: the database, in a transaction
 * @number: of a picture
 * @readers: (nullable): the people chosen
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Makes these people its readers, and nobody else.
 *
 * Returns: whether they are
 */
gboolean
fr_audience_put_readers (FrDatabase *database, gint64 number, GBytes *readers, GError **error)
{
  guint n;
  const FrPeerKey *keys = fr_audience_get_readers (readers, &n);

  if (!remove_readers (database, number, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!put_reader (database, number, &keys[i], error))
      return FALSE;
  return TRUE;
}

/* Answers with the number of the picture, or with 0. What is shared with more people, or with fewer, is not new to those
 * who see it; what was for its person alone is. */
static gint64
set_audience (FrDatabase *database, const FrContentId *id, FrAudience audience, GError **error)
{
  static const char sql[] = "UPDATE pictures SET audience = ?2,"
                            " shared_us = CASE WHEN audience = 3 AND ?2 <> 3 THEN ?3 ELSE shared_us END"
                            " WHERE shared_id = ?1 RETURNING number";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;
  gint64 number = 0;

  if (statement == NULL)
    return 0;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_int64 (statement, 2, audience);
  fr_statement_bind_int64 (statement, 3, g_get_real_time ());
  while (fr_statement_next (statement, &local_error))
    number = fr_statement_get_int64 (statement, 0);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (number == 0)
    g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "There is no such picture");
  return local_error == NULL ? number : 0;
}

/**
 * fr_audience_set:
 * @database: the database, in a transaction
 * @id: a picture
 * @audience: who may see it
 * @readers: (nullable): the people chosen
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_EMPTY or others
 *
 * Says who may see a picture.
 *
 * Returns: whether that is known now; else the transaction is to be rolled back
 */
gboolean
fr_audience_set (FrDatabase *database, const FrContentId *id, FrAudience audience, GBytes *readers, GError **error)
{
  gint64 number;

  if (!fr_audience_check (audience, readers, error))
    return FALSE;
  number = set_audience (database, id, audience, error);
  return number != 0 && fr_audience_put_readers (database, number, readers, error);
}
