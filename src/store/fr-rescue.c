/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fr-blob-check.h"
#include "fr-file-io.h"
#include "fr-form-table.h"
#include "fr-store-error-private.h"

#define NAME "freshet.db"
#define MAX_DAMAGED 1000
#define TITLE_DIGITS 8
#define FIRST_WITH_AUDIENCES 5 /* see fr_audience_version_5 */

static char *
make_path (const char *folder, const char *suffix)
{
  return g_strdup_printf ("%s/" NAME "%s", folder, suffix);
}

static gboolean
exists (const char *folder, const char *suffix)
{
  g_autofree char *path = make_path (folder, suffix);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
rename_file (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;
  fr_store_error_set_errno (error, errno, "The catalogue cannot be put in its place");
  return FALSE;
}

/* Under the first name that is free. What is not there needs not be moved. */
static gboolean
move_aside (const char *folder, const char *suffix, GError **error)
{
  g_autofree char *from = make_path (folder, suffix);

  for (guint n = 1; n <= MAX_DAMAGED && g_file_test (from, G_FILE_TEST_EXISTS); n++)
    {
      g_autofree char *to = n == 1 ? g_strdup_printf ("%s/" NAME ".damaged%s", folder, suffix)
                                   : g_strdup_printf ("%s/" NAME ".damaged-%u%s", folder, n, suffix);

      if (!g_file_test (to, G_FILE_TEST_EXISTS) && !rename_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * fr_rescue_finish:
 * @folder: the folder of a store
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Puts a catalogue that has been made anew in its place, if there is one that has not got there. The log of the old one
 * must be gone for good before that, or it would be taken for the new one's.
 *
 * Returns: whether there is none left
 */
gboolean
fr_rescue_finish (const char *folder, GError **error)
{
  g_autofree char *rescued = make_path (folder, ".rescued"), *path = make_path (folder, "");
  g_autofree char *index = make_path (folder, "-shm"), *mark = g_build_filename (folder, FR_RESCUE_MARK, NULL);

  if (!g_file_test (rescued, G_FILE_TEST_EXISTS))
    return TRUE;
  g_unlink (index);
  if (!move_aside (folder, "-wal", error) || !move_aside (folder, "", error) || !fr_file_sync_folder (folder, error)
      || !rename_file (rescued, path, error))
    return FALSE;
  g_unlink (mark);
  return fr_file_sync_folder (folder, error);
}

/**
 * fr_rescue_mark:
 * @folder: the folder of a store
 *
 * Has the catalogue made anew at the next start, since it was found to be damaged in use.
 */
void
fr_rescue_mark (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FR_RESCUE_MARK, NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0)
    close (fd);
}

/**
 * fr_rescue_is_due:
 * @folder: the folder of a store
 * @blobs: its pictures
 *
 * Returns: whether the catalogue is known to be damaged, or is empty or missing although there are pictures
 */
gboolean
fr_rescue_is_due (const char *folder, FrBlobDir *blobs)
{
  g_autofree char *mark = g_build_filename (folder, FR_RESCUE_MARK, NULL), *path = make_path (folder, "");
  g_autoptr (GArray) ids = NULL;
  GStatBuf status;

  if (g_file_test (mark, G_FILE_TEST_EXISTS))
    return TRUE;
  if ((g_stat (path, &status) == 0 && status.st_size > 0) || exists (folder, "-wal"))
    return FALSE;
  ids = fr_blob_list (blobs);
  return ids->len > 0;
}

/* "a, b, c": the columns that a table has in both. */
static char *
join_columns (sqlite3 *old, FrDatabase *database, const char *table, guint *out_n)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA table_info (%s)", table);
  g_autoptr (GString) joined = g_string_new (NULL);
  sqlite3_stmt *row = NULL;

  *out_n = 0;
  sqlite3_prepare_v2 (old, sql, -1, &row, NULL);
  while (row != NULL && sqlite3_step (row) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (row, 1);
      g_autofree char *try = g_strdup_printf ("SELECT %s FROM %s LIMIT 0", name, table);

      if (name == NULL || strspn (name, "abcdefghijklmnopqrstuvwxyz_") != strlen (name)
          || !fr_database_execute (database, try, NULL))
        continue;
      g_string_append_printf (joined, "%s%s", *out_n > 0 ? ", " : "", name);
      (*out_n)++;
    }
  sqlite3_finalize (row);
  return g_strdup (joined->str);
}

/* Returns FALSE where reading ended early. A row that the new table does not take is left out. */
static gboolean
copy_rows (sqlite3 *old, FrDatabase *database, const char *table, const char *columns, guint n, const char *order)
{
  g_autofree char *read = g_strdup_printf ("SELECT %s FROM %s%s", columns, table, order);
  g_autofree char *marks = g_strnfill (2 * n - 1, ',');
  g_autofree char *write = NULL;
  sqlite3_stmt *row = NULL, *copy = NULL;
  int result;

  for (guint i = 0; i < n; i++)
    marks[2 * i] = '?';
  write = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, columns, marks);
  result = sqlite3_prepare_v2 (old, read, -1, &row, NULL);
  sqlite3_prepare_v2 (fr_database_get_connection (database), write, -1, &copy, NULL);
  while (row != NULL && copy != NULL && (result = sqlite3_step (row)) == SQLITE_ROW)
    {
      for (guint i = 0; i < n; i++)
        sqlite3_bind_value (copy, (int) i + 1, sqlite3_column_value (row, (int) i));
      sqlite3_step (copy);
      sqlite3_reset (copy);
    }
  sqlite3_finalize (row);
  sqlite3_finalize (copy);
  return result == SQLITE_DONE;
}

/* From both ends, since one damaged page in the middle stops each. */
static void
copy_table (sqlite3 *old, FrDatabase *database, const char *table)
{
  guint n;
  g_autofree char *columns = join_columns (old, database, table, &n);

  if (n > 0 && !copy_rows (old, database, table, columns, n, ""))
    copy_rows (old, database, table, columns, n, " ORDER BY rowid DESC");
}

/* Every table of ours but the index of words, which follows from the rest. */
static GPtrArray *
list_tables (FrDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (FrStatement) row = fr_database_use (database,
                                                 "SELECT name FROM sqlite_schema WHERE type = 'table' "
                                                 "AND name NOT LIKE 'words%' AND name NOT LIKE 'sqlite%'",
                                                 error);

  if (row == NULL)
    return NULL;
  while (fr_statement_next (row, &problem))
    g_ptr_array_add (tables, g_strdup (fr_statement_get_text (row, 0)));
  if (problem == NULL)
    return g_steal_pointer (&tables);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* To be read only, and even if its end is missing (which SQLite forgives only whoever says that they are to repair it). */
static sqlite3 *
open_old (const char *path)
{
  sqlite3 *old = NULL;
  int result = sqlite3_open_v2 (path, &old, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

  if (result == SQLITE_OK)
    {
      sqlite3_db_config (old, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_exec (old, "PRAGMA writable_schema = ON", NULL, NULL, NULL);
      return old;
    }
  sqlite3_close (old);
  return NULL;
}

/* Until version 5 it was another column, which is gone, that kept what others shared from everybody else. */
static gboolean
may_be_kept_from_others (sqlite3 *old)
{
  sqlite3_stmt *row = NULL;
  gboolean is_known;

  sqlite3_prepare_v2 (old, "PRAGMA user_version", -1, &row, NULL);
  is_known = row != NULL && sqlite3_step (row) == SQLITE_ROW && sqlite3_column_int (row, 0) >= FIRST_WITH_AUDIENCES;
  sqlite3_finalize (row);
  return !is_known;
}

/* Where the old one cannot be read, the pictures are what there is. */
static gboolean
copy_what_can_be_read (const char *folder, FrDatabase *database, GError **error)
{
  static const char tidy[]
    = "DELETE FROM pictures WHERE length (shared_id) != 32 OR size < 1 OR size > 512 * 1024 * 1024;"
      "DELETE FROM forms WHERE number NOT IN (SELECT number FROM pictures);"
      "UPDATE pictures SET has_thumbnail = 0 WHERE number NOT IN"
      "  (SELECT number FROM forms WHERE thumbnail IS NOT NULL);"
      "UPDATE pictures SET preview_hash = NULL WHERE number NOT IN"
      "  (SELECT number FROM forms WHERE preview IS NOT NULL);";
  static const char hide[] = "UPDATE pictures SET audience = 3 WHERE origin IS NOT NULL";
  g_autofree char *path = make_path (folder, "");
  g_autoptr (GPtrArray) tables = list_tables (database, error);
  sqlite3 *old;
  gboolean hides;

  if (tables == NULL || !fr_database_begin (database, error))
    return FALSE;
  old = open_old (path);
  for (guint i = 0; old != NULL && i < tables->len; i++)
    copy_table (old, database, tables->pdata[i]);
  hides = old != NULL && may_be_kept_from_others (old);
  sqlite3_close (old);
  return fr_database_execute (database, tidy, error)
         && (!hides || fr_database_execute (database, hide, error))
         && fr_database_commit (database, error);
}

static gboolean
has_right_hashes (FrCatalogue *catalogue, const FrContentId *id, gboolean *out_known)
{
  g_autoptr (FrPicture) picture = fr_catalogue_get (catalogue, id, NULL, NULL);
  guint64 size = 0;
  g_autoptr (GBytes) hashes = picture != NULL ? fr_catalogue_get_blocks (catalogue, id, NULL, &size, NULL) : NULL;
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (FrBlockHash));

  *out_known = picture != NULL;
  if (hashes == NULL)
    return FALSE;
  g_array_append_vals (array, g_bytes_get_data (hashes, NULL), (guint) (g_bytes_get_size (hashes) / 32));
  return fr_blob_check_hashes (array, size, id, NULL);
}

static gboolean
set_hashes (FrDatabase *database, const FrContentId *id, guint64 size, GBytes *hashes, GError **error)
{
  static const char insert[] = "INSERT INTO forms (number, hashes) SELECT number, ?2 FROM pictures WHERE shared_id = ?1 "
                               "ON CONFLICT (number) DO UPDATE SET hashes = excluded.hashes";
  g_autoptr (FrStatement) statement = fr_database_use (database, insert, error);
  g_autoptr (FrStatement) sized
    = fr_database_use (database, "UPDATE pictures SET size = ?2 WHERE shared_id = ?1", error);

  if (statement == NULL || sized == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_bytes (statement, 2, hashes);
  fr_statement_bind_data (sized, 1, id, sizeof *id);
  fr_statement_bind_int64 (sized, 2, (gint64) size);
  return fr_statement_run (statement, error) && fr_statement_run (sized, error);
}

/* A file that is not what its name says is no picture; it stays where it is. */
static gboolean
adopt_one (FrDatabase *database,
           FrCatalogue *catalogue,
           FrBlobDir *blobs,
           const FrContentId *id,
           FrRescue *rescue,
           GError **error)
{
  g_autoptr (FrPicture) picture = fr_picture_new ();
  g_autofree char *title = fr_content_id_to_string (id);
  g_autoptr (GBytes) hashes = NULL;
  gboolean known;

  if (has_right_hashes (catalogue, id, &known))
    return TRUE;
  hashes = fr_blob_check (blobs, id, &picture->size, NULL, NULL);
  if (hashes == NULL)
    return TRUE;
  if (known)
    return set_hashes (database, id, picture->size, hashes, error);
  title[TITLE_DIGITS] = '\0';
  fr_picture_set_text (picture, title, NULL, NULL);
  picture->id = picture->original_id = *id;
  picture->added_us = g_get_real_time ();
  picture->audience = FR_AUDIENCE_ONLY_ME;
  rescue->n_adopted++;
  return fr_catalogue_insert (catalogue, picture, hashes, NULL, NULL, error);
}

/**
 * fr_rescue_is_adopted:
 * @picture: a picture in the store
 *
 * Returns: whether nothing is known of it but its bytes
 */
gboolean
fr_rescue_is_adopted (const FrPicture *picture)
{
  return *picture->mime == '\0' && !picture->has_thumbnail && !picture->has_preview;
}

static gboolean
set_description (FrDatabase *database, const FrPicture *picture, GError **error)
{
  static const char sql[] = "UPDATE pictures SET title = ?2, description = ?3, tags = ?4, folded = ?5, type = ?6, "
                            "mime = ?7, width = ?8, height = ?9, audience = ?10, has_thumbnail = ?11, "
                            "preview_hash = ?12, origin = ?13, origin_name = ?14 WHERE shared_id = ?1";
  g_autofree char *joined = g_strjoinv ("\n", picture->tags);
  g_autofree char *folded
    = fr_picture_fold_texts (picture->title, picture->description, (const char *const *) picture->tags);
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, &picture->id, sizeof picture->id);
  fr_statement_bind_text (statement, 2, picture->title);
  fr_statement_bind_text (statement, 3, picture->description);
  fr_statement_bind_text (statement, 4, joined);
  fr_statement_bind_text (statement, 5, folded);
  fr_statement_bind_int64 (statement, 6, picture->type);
  fr_statement_bind_text (statement, 7, picture->mime);
  fr_statement_bind_int64 (statement, 8, picture->width);
  fr_statement_bind_int64 (statement, 9, picture->height);
  fr_statement_bind_int64 (statement, 10, picture->audience);
  fr_statement_bind_int64 (statement, 11, picture->has_thumbnail);
  fr_statement_bind_data (statement, 12, picture->has_preview ? &picture->preview_hash : NULL,
                          sizeof picture->preview_hash);
  fr_statement_bind_data (statement, 13, fr_picture_is_mine (picture) ? NULL : &picture->origin,
                          sizeof picture->origin);
  fr_statement_bind_text (statement, 14, picture->origin_name);
  return fr_statement_run (statement, error);
}

/**
 * fr_rescue_complete:
 * @database: an open catalogue
 * @picture: what is known of an adopted picture now, good text
 * @thumbnail: (nullable): the picture, small
 * @preview: (nullable): the picture, smaller still
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Says of a picture of which only the bytes were left what it is.
 *
 * Returns: whether it is on disk
 */
gboolean
fr_rescue_complete (
  FrDatabase *database, const FrPicture *picture, GBytes *thumbnail, GBytes *preview, GError **error)
{
  if (!fr_database_begin (database, error))
    return FALSE;
  if (set_description (database, picture, error) && fr_form_table_put (database, &picture->id, thumbnail, preview, error)
      && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

/**
 * fr_rescue_adopt:
 * @database: an open catalogue
 * @blobs: the pictures of the same store
 * @rescue: (inout): what is counted
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Enters the pictures in the folder that the catalogue does not know.
 *
 * Returns: whether it knows all that are whole
 */
gboolean
fr_rescue_adopt (FrDatabase *database, FrBlobDir *blobs, FrRescue *rescue, GError **error)
{
  FrCatalogue *catalogue = fr_catalogue_new (database, error);
  g_autoptr (GArray) ids = catalogue != NULL ? fr_blob_list (blobs) : NULL;
  gboolean done = ids != NULL;

  for (guint i = 0; done && i < ids->len; i++)
    done = adopt_one (database, catalogue, blobs, &g_array_index (ids, FrContentId, i), rescue, error);
  fr_catalogue_free (catalogue);
  return done;
}

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fr_file_sync (fd, error);

  if (fd < 0)
    fr_store_error_set_errno (error, errno, "The catalogue cannot be made");
  else
    close (fd);
  return synced;
}

static void
remove_new (const char *folder)
{
  static const char *const suffixes[] = { ".new", ".new-wal", ".new-shm", ".new-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = make_path (folder, suffixes[i]);

      g_unlink (path);
    }
}

static gboolean
make_new (const char *folder,
          const char *const *migrations,
          FrBlobDir *blobs,
          FrRescue *rescue,
          GError **error)
{
  g_autofree char *path = make_path (folder, ".new");
  g_autoptr (FrDatabase) database = fr_database_open (path, migrations, error);

  return database != NULL
         /* Nothing of it counts before the end. */
         && fr_database_execute (database, "PRAGMA synchronous = OFF", error)
         && copy_what_can_be_read (folder, database, error)
         && fr_rescue_adopt (database, blobs, rescue, error)
         /* One file, that is whole without a log. */
         && fr_database_execute (database, "PRAGMA journal_mode = DELETE", error);
}

/**
 * fr_rescue_rebuild:
 * @folder: the folder of a store, whose catalogue is damaged or missing, and closed
 * @migrations: as for fr_database_open()
 * @blobs: its pictures
 * @out_rescue: (out): what has become of it
 * @error: (out) (optional): %FR_STORE_ERROR; then the old catalogue is still in its place
 *
 * Makes the catalogue anew.
 *
 * Returns: whether there is a good one now
 */
gboolean
fr_rescue_rebuild (const char *folder,
                   const char *const *migrations,
                   FrBlobDir *blobs,
                   FrRescue *out_rescue,
                   GError **error)
{
  g_autofree char *from = make_path (folder, ".new"), *to = make_path (folder, ".rescued");
  FrRescue rescue = { .rebuilt = TRUE };

  remove_new (folder);
  if (!make_new (folder, migrations, blobs, &rescue, error))
    {
      remove_new (folder);
      return FALSE;
    }
  if (!sync_file (from, error) || !rename_file (from, to, error) || !fr_file_sync_folder (folder, error)
      || !fr_rescue_finish (folder, error))
    return FALSE;
  *out_rescue = rescue;
  return TRUE;
}
