/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-catalogue-private.h"

#include <string.h>

#include "fr-audience-table.h"
#include "fr-form-table.h"
#include "fr-originals.h"
#include "fr-picture-row.h"
#include "fr-store-error.h"
#include "fr-unfinished.h"

#define WORDS_TYPE "FrSearchWords"

/* With parameter 4, only what is not for everyone. */
#define IN_PART "(NOT ?4 OR audience <> 0) AND " FR_AUDIENCE_ALLOWS

/* search_matches (folded, words): what the index cannot say, in one pass over the text. */
static void
search_matches (sqlite3_context *context, int n_arguments, sqlite3_value **arguments)
{
  const char *folded = (const char *) sqlite3_value_text (arguments[0]);
  const FrSearchWords *words = sqlite3_value_pointer (arguments[1], WORDS_TYPE);

  sqlite3_result_int (context, folded != NULL && words != NULL && fr_search_words_match (words, folded));
}

static void
set_not_found (GError **error)
{
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "There is no such picture");
}

static gboolean
is_text (const char *text, gsize max)
{
  return strlen (text) <= max && g_utf8_validate (text, -1, NULL);
}

static gboolean
check_text (const char *title, const char *description, const char *const *tags, GError **error)
{
  gboolean good = is_text (title, FR_PICTURE_MAX_TITLE) && is_text (description, FR_PICTURE_MAX_DESCRIPTION)
                  && g_strv_length ((char **) tags) <= FR_PICTURE_MAX_TAGS;

  for (gsize i = 0; good && tags[i] != NULL; i++)
    good = is_text (tags[i], FR_PICTURE_MAX_TAG) && *tags[i] != '\0' && strchr (tags[i], '\n') == NULL;
  if (!good)
    g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT,
                         "The title, the description or a tag is too long or not text");
  return good;
}

static GPtrArray *
read_pictures (FrStatement *statement, guint limit, guint *out_total, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
  g_autoptr (GError) local_error = NULL;
  guint total = 0;

  while (total < MAX (limit, FR_CATALOGUE_MAX_TOTAL) && fr_statement_next (statement, &local_error))
    if (total++ < limit)
      g_ptr_array_add (pictures, fr_picture_row_read (statement));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (out_total != NULL)
    *out_total = total;
  return g_steal_pointer (&pictures);
}

/**
 * fr_catalogue_new:
 * @database: (transfer none): an open database, which outlives the catalogue
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the catalogue in @database
 */
FrCatalogue *
fr_catalogue_new (FrDatabase *database, GError **error)
{
  FrCatalogue *self;

  if (!fr_database_add_function (database, "search_matches", 2, search_matches, error))
    return NULL;
  self = g_new0 (FrCatalogue, 1);
  self->database = database;
  return self;
}

/**
 * fr_catalogue_free:
 * @self: (nullable) (transfer full): a catalogue
 *
 * Frees it; the database stays.
 */
void
fr_catalogue_free (FrCatalogue *self)
{
  g_free (self);
}

static gboolean
insert_forms (FrCatalogue *self, gint64 number, GBytes *hashes, GBytes *thumbnail, GBytes *preview, GError **error)
{
  static const char sql[] = "INSERT INTO forms (number, preview, hashes, thumbnail) VALUES (?1, ?2, ?3, ?4)";
  g_autoptr (FrStatement) statement = fr_database_use (self->database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, number);
  fr_statement_bind_bytes (statement, 2, preview);
  fr_statement_bind_bytes (statement, 3, hashes);
  fr_statement_bind_bytes (statement, 4, thumbnail);
  return fr_statement_run (statement, error);
}

static gboolean
insert_all (FrCatalogue *self,
            const FrPicture *picture,
            GBytes *hashes,
            GBytes *thumbnail,
            GBytes *preview,
            GError **error)
{
  gint64 number;

  if (!fr_picture_row_insert (self->database, picture, error))
    return FALSE;
  number = fr_database_get_last_number (self->database);
  return insert_forms (self, number, hashes, thumbnail, preview, error)
         && fr_form_table_note_thumbnail (self->database, &picture->id, thumbnail, error)
         && fr_audience_put_readers (self->database, number, picture->readers, error)
         && (!fr_picture_has_original (picture)
             || fr_originals_forget (self->database, &picture->original_id, error))
         && fr_unfinished_forget (self->database, &picture->id, error);
}

/**
 * fr_catalogue_insert:
 * @self: a catalogue
 * @picture: what is to be known of a picture that is not in it
 * @hashes: the hash of each block, in order
 * @thumbnail: (nullable): the picture, small
 * @preview: (nullable): the picture, smaller still
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT, %FR_STORE_ERROR_FULL or others
 *
 * Adds a picture and forgets that its file, and what it was before, were unfinished: all or nothing.
 *
 * Returns: whether it is on disk
 */
gboolean
fr_catalogue_insert (FrCatalogue *self,
                     const FrPicture *picture,
                     GBytes *hashes,
                     GBytes *thumbnail,
                     GBytes *preview,
                     GError **error)
{
  if (!is_text (picture->mime, FR_PICTURE_MAX_MIME))
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT, "The type is too long or not text");
      return FALSE;
    }
  if (!check_text (picture->title, picture->description, (const char *const *) picture->tags, error)
      || !fr_audience_check (picture->audience, picture->readers, error)
      || !fr_database_begin (self->database, error))
    return FALSE;
  if (insert_all (self, picture, hashes, thumbnail, preview, error) && fr_database_commit (self->database, error))
    return TRUE;
  fr_database_rollback (self->database);
  return FALSE;
}

/* For the files of the catalogue: an error where there is no such picture. */
gboolean
fr_catalogue_run_on_one (FrCatalogue *self, FrStatement *statement, GError **error)
{
  if (!fr_statement_run (statement, error))
    return FALSE;
  if (fr_database_get_n_changed (self->database) > 0)
    return TRUE;
  set_not_found (error);
  return FALSE;
}

/**
 * fr_catalogue_set_text:
 * @self: a catalogue
 * @id: a picture
 * @title: its title
 * @description: what there is to say about it
 * @tags: (array zero-terminated=1): words to find it by
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_BAD_TEXT or others
 *
 * Changes what a picture is found by.
 *
 * Returns: whether it is changed
 */
gboolean
fr_catalogue_set_text (FrCatalogue *self,
                       const FrContentId *id,
                       const char *title,
                       const char *description,
                       const char *const *tags,
                       GError **error)
{
  static const char sql[] = "UPDATE pictures SET title = ?2, description = ?3, tags = ?4, folded = ?5 "
                            "WHERE shared_id = ?1";
  g_autofree char *joined = NULL, *folded = NULL;
  g_autoptr (FrStatement) statement = NULL;

  if (!check_text (title, description, tags, error))
    return FALSE;
  statement = fr_database_use (self->database, sql, error);
  if (statement == NULL)
    return FALSE;
  joined = g_strjoinv ("\n", (char **) tags);
  folded = fr_picture_fold_texts (title, description, tags);
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_text (statement, 2, title);
  fr_statement_bind_text (statement, 3, description);
  fr_statement_bind_text (statement, 4, joined);
  fr_statement_bind_text (statement, 5, folded);
  return fr_catalogue_run_on_one (self, statement, error);
}

static gboolean
set_audiences (FrCatalogue *self,
               const FrContentId *ids,
               guint n_ids,
               FrAudience audience,
               GBytes *readers,
               GError **error)
{
  for (guint i = 0; i < n_ids; i++)
    if (!fr_audience_set (self->database, &ids[i], audience, readers, error))
      return FALSE;
  return TRUE;
}

/**
 * fr_catalogue_set_audience:
 * @self: a catalogue
 * @ids: (array length=n_ids): pictures
 * @n_ids: how many
 * @audience: who may see them
 * @readers: (nullable): the people chosen
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND, %FR_STORE_ERROR_TOO_LARGE, %FR_STORE_ERROR_EMPTY or others
 *
 * Says who may see pictures, all of them or none.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_catalogue_set_audience (FrCatalogue *self,
                           const FrContentId *ids,
                           guint n_ids,
                           FrAudience audience,
                           GBytes *readers,
                           GError **error)
{
  if (!fr_database_begin (self->database, error))
    return FALSE;
  if (set_audiences (self, ids, n_ids, audience, readers, error) && fr_database_commit (self->database, error))
    return TRUE;
  fr_database_rollback (self->database);
  return FALSE;
}

/* Leads a statement whose parameters are a reader and an id to its row. What the reader may not see is not there. */
static FrStatement *
select_one (FrCatalogue *self, const char *sql, const FrContentId *id, const FrPeerKey *reader, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (self->database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  fr_audience_bind_reader (statement, reader);
  fr_statement_bind_data (statement, 2, id, sizeof *id);
  if (fr_statement_next (statement, &local_error))
    return g_steal_pointer (&statement);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    set_not_found (error);
  return NULL;
}

/**
 * fr_catalogue_get:
 * @self: a catalogue
 * @id: a picture
 * @reader: (nullable): who asks; %NULL: the person herself
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Returns: (transfer full) (nullable): what is known of it
 */
FrPicture *
fr_catalogue_get (FrCatalogue *self, const FrContentId *id, const FrPeerKey *reader, GError **error)
{
  static const char sql[] = "SELECT " FR_PICTURE_ROW_COLUMNS " FROM pictures WHERE shared_id = ?2 AND " FR_AUDIENCE_ALLOWS;
  g_autoptr (FrStatement) row = select_one (self, sql, id, reader, error);

  return row != NULL ? fr_picture_row_read (row) : NULL;
}

/**
 * fr_catalogue_list:
 * @self: a catalogue
 * @reader: (nullable): who asks; %NULL: the person herself
 * @offset: how many to leave out
 * @limit: how many to list
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): pictures, those added last first
 */
GPtrArray *
fr_catalogue_list (FrCatalogue *self, const FrPeerKey *reader, guint offset, guint limit, GError **error)
{
  static const char sql[]
    = "SELECT " FR_PICTURE_ROW_COLUMNS " FROM pictures WHERE " FR_AUDIENCE_ALLOWS " ORDER BY number DESC LIMIT ?2 OFFSET ?3";
  g_autoptr (FrStatement) statement = fr_database_use (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  fr_audience_bind_reader (statement, reader);
  fr_statement_bind_int64 (statement, 2, limit);
  fr_statement_bind_int64 (statement, 3, offset);
  return read_pictures (statement, limit, NULL, error);
}

/**
 * fr_catalogue_count:
 * @self: a catalogue
 * @reader: (nullable): who asks; %NULL: the person herself
 * @out_count: (out): how many there are
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: whether they could be counted
 */
gboolean
fr_catalogue_count (FrCatalogue *self, const FrPeerKey *reader, guint *out_count, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (self->database, "SELECT count(*) FROM pictures WHERE " FR_AUDIENCE_ALLOWS, error);

  if (statement == NULL)
    return FALSE;
  fr_audience_bind_reader (statement, reader);
  if (!fr_statement_next (statement, error))
    return FALSE;
  *out_count = (guint) fr_statement_get_int64 (statement, 0);
  return TRUE;
}

/**
 * fr_catalogue_search:
 * @self: a catalogue
 * @words: what to find
 * @reader: (nullable): who asks; %NULL: the person herself
 * @restricted: whether to find only what is not for everyone
 * @limit: how many to list
 * @out_total: (out) (optional): how many there are, counted up to %FR_CATALOGUE_MAX_TOTAL
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Finds pictures by title, tags and description.
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): pictures, those added last first
 */
GPtrArray *
fr_catalogue_search (FrCatalogue *self,
                     const FrSearchWords *words,
                     const FrPeerKey *reader,
                     gboolean restricted,
                     guint limit,
                     guint *out_total,
                     GError **error)
{
  static const char indexed[] = "SELECT " FR_PICTURE_ROW_COLUMNS " FROM words JOIN pictures ON pictures.number = words.rowid "
                                "WHERE words MATCH ?3 AND " IN_PART " AND search_matches (pictures.folded, ?2) "
                                "ORDER BY words.rowid DESC";
  static const char scanned[] = "SELECT " FR_PICTURE_ROW_COLUMNS " FROM pictures "
                                "WHERE " IN_PART " AND search_matches (folded, ?2) ORDER BY number DESC";
  const char *index_query = fr_search_words_get_index_query (words);
  g_autoptr (FrStatement) statement
    = fr_database_use (self->database, index_query != NULL ? indexed : scanned, error);

  if (statement == NULL)
    return NULL;
  fr_audience_bind_reader (statement, reader);
  fr_statement_bind_pointer (statement, 2, (gpointer) words, WORDS_TYPE);
  fr_statement_bind_int64 (statement, 4, restricted);
  if (index_query != NULL)
    fr_statement_bind_text (statement, 3, index_query);
  return read_pictures (statement, limit, out_total, error);
}

/**
 * fr_catalogue_list_newest:
 * @self: a catalogue
 * @reader: who asks
 * @limit: how many to list
 * @out_total: (out) (optional): how many there are, counted up to %FR_CATALOGUE_MAX_TOTAL
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Lists what is shared with somebody.
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): pictures, those shared last first
 */
GPtrArray *
fr_catalogue_list_newest (FrCatalogue *self, const FrPeerKey *reader, guint limit, guint *out_total, GError **error)
{
  static const char sql[] = "SELECT " FR_PICTURE_ROW_COLUMNS " FROM pictures WHERE audience <> 3 AND " FR_AUDIENCE_ALLOWS
                            " ORDER BY shared_us DESC, number DESC";
  g_autoptr (FrStatement) statement = fr_database_use (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  fr_audience_bind_reader (statement, reader);
  return read_pictures (statement, limit, out_total, error);
}

static GBytes *
get_form (FrCatalogue *self, const char *sql, const FrContentId *id, const FrPeerKey *reader, GError **error)
{
  g_autoptr (FrStatement) row = select_one (self, sql, id, reader, error);
  GBytes *bytes = row != NULL ? fr_statement_dup_bytes (row, 0) : NULL;

  if (row != NULL && bytes == NULL)
    set_not_found (error);
  return bytes;
}

/**
 * fr_catalogue_get_thumbnail:
 * @self: a catalogue
 * @id: a picture
 * @reader: (nullable): who asks; %NULL: the person herself
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Returns: (transfer full) (nullable): its thumbnail
 */
GBytes *
fr_catalogue_get_thumbnail (FrCatalogue *self, const FrContentId *id, const FrPeerKey *reader, GError **error)
{
  return get_form (self,
                   "SELECT thumbnail FROM pictures JOIN forms USING (number) WHERE shared_id = ?2"
                   " AND " FR_AUDIENCE_ALLOWS,
                   id, reader, error);
}

/**
 * fr_catalogue_get_preview:
 * @self: a catalogue
 * @id: a picture
 * @reader: (nullable): who asks; %NULL: the person herself
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Returns: (transfer full) (nullable): its preview
 */
GBytes *
fr_catalogue_get_preview (FrCatalogue *self, const FrContentId *id, const FrPeerKey *reader, GError **error)
{
  return get_form (self,
                   "SELECT preview FROM pictures JOIN forms USING (number) WHERE shared_id = ?2"
                   " AND " FR_AUDIENCE_ALLOWS,
                   id, reader, error);
}

/**
 * fr_catalogue_get_blocks:
 * @self: a catalogue
 * @id: a picture
 * @reader: (nullable): who asks; %NULL: the person herself
 * @out_size: (out): its size in bytes
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Returns: (transfer full) (nullable): the #FrBlockHash of each of its blocks, in order
 */
GBytes *
fr_catalogue_get_blocks (FrCatalogue *self,
                         const FrContentId *id,
                         const FrPeerKey *reader,
                         guint64 *out_size,
                         GError **error)
{
  static const char sql[] = "SELECT hashes, size FROM pictures JOIN forms USING (number) WHERE shared_id = ?2"
                            " AND " FR_AUDIENCE_ALLOWS;
  g_autoptr (FrStatement) row = select_one (self, sql, id, reader, error);

  if (row == NULL)
    return NULL;
  *out_size = (guint64) fr_statement_get_int64 (row, 1);
  return fr_statement_dup_bytes (row, 0);
}
