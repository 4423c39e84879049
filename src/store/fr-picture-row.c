/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-picture-row.h"

#include <string.h>

#include "fr-audience-table.h"

static void
read_fixed (FrStatement *row, int column, gpointer out_data, gsize size)
{
  gsize n;
  gconstpointer data = fr_statement_get_data (row, column, &n);

  if (data != NULL && n == size)
    memcpy (out_data, data, size);
}

/* The file may have been damaged or changed by hand, and widgets take nothing but UTF-8. */
static char *
read_text (FrStatement *row, int column)
{
  return g_utf8_make_valid (fr_statement_get_text (row, column), -1);
}

/**
 * fr_picture_row_read:
 * @row: a row of %FR_PICTURE_ROW_COLUMNS
 *
 * Returns: (transfer full): the picture that it describes
 */
FrPicture *
fr_picture_row_read (FrStatement *row)
{
  FrPicture *picture = fr_picture_new ();
  g_autofree char *title = read_text (row, 2);
  g_autofree char *description = read_text (row, 3);
  g_autofree char *joined = read_text (row, 4);
  g_autofree char *origin_name = read_text (row, 18);
  FrPeerKey origin = { 0 };
  g_auto (GStrv) tags = *joined != '\0' ? g_strsplit (joined, "\n", 0) : NULL;
  gsize hash_size;

  read_fixed (row, 0, &picture->id, sizeof picture->id);
  read_fixed (row, 1, &picture->original_id, sizeof picture->original_id);
  fr_picture_set_text (picture, title, description, (const char *const *) tags);
  picture->type = (guint) fr_statement_get_int64 (row, 5);
  g_free (picture->mime);
  picture->mime = read_text (row, 6);
  picture->size = (guint64) fr_statement_get_int64 (row, 7);
  picture->width = (guint) fr_statement_get_int64 (row, 8);
  picture->height = (guint) fr_statement_get_int64 (row, 9);
  picture->added_us = fr_statement_get_int64 (row, 10);
  picture->audience = (FrAudience) fr_statement_get_int64 (row, 11);
  read_fixed (row, 12, &origin, sizeof origin);
  fr_picture_set_origin (picture, &origin, origin_name);
  picture->has_thumbnail = fr_statement_get_int64 (row, 13) != 0;
  picture->has_preview = fr_statement_get_data (row, 14, &hash_size) != NULL;
  read_fixed (row, 14, &picture->preview_hash, sizeof picture->preview_hash);
  picture->metadata = (FrMetadata) CLAMP (fr_statement_get_int64 (row, 15), 0, FR_METADATA_FIXED);
  picture->removed = (guint) fr_statement_get_int64 (row, 16);
  picture->strip_version = (guint) fr_statement_get_int64 (row, 17);
  picture->shared_us = fr_statement_get_int64 (row, 19);
  picture->readers = fr_audience_read_readers (row, 20);
  return picture;
}

/**
 * fr_picture_row_insert:
 * @database: the database, in a transaction
 * @picture: what is to be known of a picture, good text
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Adds a row to the pictures; who may see it, and what it looks like, have tables of their own.
 *
 * Returns: whether it is there
 */
gboolean
fr_picture_row_insert (FrDatabase *database, const FrPicture *picture, GError **error)
{
  static const char sql[] = "INSERT INTO pictures (" FR_PICTURE_ROW_OWN ", folded) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
                            "?15, ?16, ?17, ?18, ?19, ?20, ?21)";
  const char *const *tags = (const char *const *) picture->tags;
  g_autofree char *joined = g_strjoinv ("\n", picture->tags);
  g_autofree char *folded = fr_picture_fold_texts (picture->title, picture->description, tags);
  gboolean mine = fr_picture_is_mine (picture);
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, &picture->id, sizeof picture->id);
  fr_statement_bind_data (statement, 2, &picture->original_id, sizeof picture->original_id);
  fr_statement_bind_text (statement, 3, picture->title);
  fr_statement_bind_text (statement, 4, picture->description);
  fr_statement_bind_text (statement, 5, joined);
  fr_statement_bind_int64 (statement, 6, picture->type);
  fr_statement_bind_text (statement, 7, picture->mime);
  fr_statement_bind_int64 (statement, 8, (gint64) picture->size);
  fr_statement_bind_int64 (statement, 9, picture->width);
  fr_statement_bind_int64 (statement, 10, picture->height);
  fr_statement_bind_int64 (statement, 11, picture->added_us);
  fr_statement_bind_int64 (statement, 12, picture->audience);
  fr_statement_bind_data (statement, 13, mine ? NULL : &picture->origin, sizeof picture->origin);
  fr_statement_bind_int64 (statement, 14, picture->has_thumbnail);
  fr_statement_bind_data (statement, 15, picture->has_preview ? &picture->preview_hash : NULL,
                          sizeof picture->preview_hash);
  fr_statement_bind_int64 (statement, 16, picture->metadata);
  fr_statement_bind_int64 (statement, 17, picture->removed);
  fr_statement_bind_int64 (statement, 18, picture->strip_version);
  fr_statement_bind_text (statement, 19, picture->origin_name);
  fr_statement_bind_int64 (statement, 20, picture->shared_us != 0 ? picture->shared_us : picture->added_us);
  fr_statement_bind_text (statement, 21, folded);
  return fr_statement_run (statement, error);
}
