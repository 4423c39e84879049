/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store-walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "fr-blob-check.h"
#include "fr-file-io.h"
#include "fr-form-check.h"
#include "fr-store-error.h"

/* How many ids are read at once, so that no transaction lasts long: the catalogue's log cannot shrink meanwhile. */
#define PAGE_SIZE 200

#define SHARD_LETTERS 2
#define STAGING_NAME "tmp"

typedef struct
{
  /* Borrowed */
  FrBlobDir *blobs;
  FrBlobDir *originals;
  GCancellable *cancellable;
  FrStoreWalkFunc func;
  gpointer data;

  /* Owned */
  FrDatabase *database;
  FrCatalogue *catalogue;
  FrStoreReport *report;

  guint64 total; /* bytes, as far as is known */
} Walk;

typedef struct
{
  gint64 number;
  FrContentId id;
} Row;

static char *
name_file (const FrContentId *id)
{
  g_autofree char *name = fr_content_id_to_string (id);

  return g_strdup_printf ("pictures/%.*s/%s", SHARD_LETTERS, name, name);
}

static gboolean
is_cancelled (const GError *error)
{
  return error != NULL && error->domain == G_IO_ERROR;
}

static gboolean
read_total (Walk *walk, GError **error)
{
  g_autoptr (FrStatement) row
    = fr_database_use (walk->database, "SELECT total (size) FROM pictures", error);

  if (row == NULL || !fr_statement_next (row, error))
    return FALSE;
  walk->total = (guint64) MAX (fr_statement_get_int64 (row, 0), 0);
  return TRUE;
}

static gboolean
read_page (Walk *walk, gint64 after, GArray *rows, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (
    walk->database, "SELECT number, shared_id FROM pictures WHERE number > ?1 ORDER BY number LIMIT ?2", error);
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, after);
  fr_statement_bind_int64 (statement, 2, PAGE_SIZE);
  g_array_set_size (rows, 0);
  while (fr_statement_next (statement, &problem))
    {
      Row row = { .number = fr_statement_get_int64 (statement, 0) };
      gsize size;
      gconstpointer data = fr_statement_get_data (statement, 1, &size);

      if (fr_content_id_from_bytes (&row.id, data, size))
        g_array_append_val (rows, row);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Returns FALSE where the walk is over; what is wrong with the file goes into the report. */
static gboolean
check_file (Walk *walk, FrPicture *picture, GError **error)
{
  g_autofree char *path = fr_blob_dir_get_path (walk->blobs, &picture->id);
  g_autofree char *name = name_file (&picture->id);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) hashes = NULL;
  guint64 size = 0;
  int fd = fr_file_open_source (path, &problem);

  if (fd >= 0)
    {
      hashes = fr_blob_check_fd (fd, &picture->id, &size, walk->cancellable, &problem);
      close (fd);
    }
  walk->report->n_bytes += size;
  if (hashes != NULL)
    return TRUE;
  if (is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_GONE))
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_MISSING, picture, name);
  else if (g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK))
    fr_store_report_add (walk->report,
                         size < picture->size ? FR_STORE_PROBLEM_TRUNCATED : FR_STORE_PROBLEM_ALTERED, picture, name);
  else
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_UNREADABLE, picture, name);
  return TRUE;
}

/* What the person has of a picture, where others get less. It does not count as bytes of pictures. */
static gboolean
check_original (Walk *walk, FrPicture *picture, GError **error)
{
  g_autofree char *path = fr_blob_dir_get_path (walk->originals, &picture->original_id);
  g_autofree char *id = fr_content_id_to_string (&picture->original_id);
  g_autofree char *name = g_strdup_printf ("originals/%.*s/%s", SHARD_LETTERS, id, id);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) hashes = NULL;
  int fd;

  if (!fr_picture_has_original (picture))
    return TRUE;
  fd = fr_file_open_source (path, &problem);
  if (fd >= 0)
    {
      hashes = fr_blob_check_fd (fd, &picture->original_id, NULL, walk->cancellable, &problem);
      close (fd);
    }
  if (is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (hashes == NULL)
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_ORIGINAL, picture, name);
  return TRUE;
}

static void
check_forms (Walk *walk, FrPicture *picture)
{
  FrFormFaults faults = fr_form_check (walk->catalogue, walk->database, picture);

  if ((faults & FR_FORMS_BAD_HASHES) != 0)
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_HASHES, picture, NULL);
  if ((faults & FR_FORMS_BAD_THUMBNAIL) != 0)
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_THUMBNAIL, picture, NULL);
  if ((faults & FR_FORMS_BAD_PREVIEW) != 0)
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_PREVIEW, picture, NULL);
}

/* One that was removed meanwhile is no problem. */
static gboolean
check_picture (Walk *walk, const FrContentId *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (FrPicture) picture = NULL;

  if (!fr_blob_dir_go_on (walk->blobs, walk->cancellable, error))
    return FALSE;
  picture = fr_catalogue_get (walk->catalogue, id, NULL, &problem);
  if (picture == NULL && g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (picture == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!check_file (walk, picture, error) || !check_original (walk, picture, error))
    return FALSE;
  check_forms (walk, picture);
  walk->report->n_pictures++;
  walk->func (walk->report->n_bytes, walk->total, walk->data);
  return TRUE;
}

static gboolean
check_pictures (Walk *walk, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gint64 after = 0;

  do
    {
      if (!read_page (walk, after, rows, error))
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const Row *row = &g_array_index (rows, Row, i);

          if (!check_picture (walk, &row->id, error))
            return FALSE;
          after = row->number;
        }
    }
  while (rows->len > 0);
  return TRUE;
}

static gboolean
is_known (Walk *walk, const FrContentId *id)
{
  g_autoptr (FrPicture) picture = fr_catalogue_get (walk->catalogue, id, NULL, NULL);

  return picture != NULL;
}

/* A file whose name could be that of a picture. */
static gboolean
check_unknown (Walk *walk, const FrContentId *id, const char *name, GError **error)
{
  g_autofree char *path = fr_blob_dir_get_path (walk->blobs, id);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) hashes = NULL;
  int fd = fr_file_open_source (path, &problem);

  if (fd >= 0)
    {
      hashes = fr_blob_check_fd (fd, id, NULL, walk->cancellable, &problem);
      close (fd);
    }
  if (is_cancelled (problem))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  fr_store_report_add (walk->report, hashes != NULL ? FR_STORE_PROBLEM_UNLISTED : FR_STORE_PROBLEM_FOREIGN, NULL,
                       name);
  return TRUE;
}

static gboolean
check_name (Walk *walk, const char *shard, const char *name, GError **error)
{
  g_autofree char *file = g_build_filename ("pictures", shard, name, NULL);
  g_autofree char *expected = NULL;
  FrContentId id;

  if (!fr_blob_dir_go_on (walk->blobs, walk->cancellable, error))
    return FALSE;
  if (fr_content_id_parse (&id, name))
    expected = name_file (&id);
  if (g_strcmp0 (expected, file) != 0)
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_FOREIGN, NULL, file);
  else if (!is_known (walk, &id))
    return check_unknown (walk, &id, file, error);
  return TRUE;
}

static gboolean
check_shard (Walk *walk, const char *shard, GError **error)
{
  g_autofree char *path = g_build_filename (fr_blob_dir_get_pictures (walk->blobs), shard, NULL);
  g_autofree char *file = g_build_filename ("pictures", shard, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (strlen (shard) == SHARD_LETTERS && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  if (dir == NULL)
    {
      fr_store_report_add (walk->report, FR_STORE_PROBLEM_FOREIGN, NULL, file);
      return TRUE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (!check_name (walk, shard, name, error))
      return FALSE;
  return TRUE;
}

/* What is in the folder of pictures and is none. What is on its way in is nobody's business. */
static gboolean
check_folder (Walk *walk, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (fr_blob_dir_get_pictures (walk->blobs), 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_IO, "The folder of pictures cannot be used");
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (strcmp (name, STAGING_NAME) != 0 && !check_shard (walk, name, error))
      return FALSE;
  return TRUE;
}

/* A catalogue that is damaged may still list most of its pictures. */
static void
check_catalogue (Walk *walk)
{
  g_autoptr (GError) problem = NULL;

  if (!fr_database_check (walk->database, "PRAGMA integrity_check (1)", &problem)
      && g_error_matches (problem, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED))
    fr_store_report_add (walk->report, FR_STORE_PROBLEM_CATALOGUE, NULL, "freshet.db");
}

static gboolean
walk_through (Walk *walk, GError **error)
{
  if (!fr_blob_dir_go_on (walk->blobs, walk->cancellable, error))
    return FALSE;
  check_catalogue (walk);
  return read_total (walk, error) && check_pictures (walk, error) && check_folder (walk, error);
}

/**
 * fr_store_walk:
 * @folder: the folder of a store
 * @blobs: its pictures
 * @originals: what some of them were before they were cleaned
 * @func: called after each picture
 * @data: for @func
 * @cancellable: (nullable): to give up
 * @error: (out) (optional): %FR_STORE_ERROR where the catalogue cannot be read, or %G_IO_ERROR
 *
 * Reads and hashes every file, and compares them with the catalogue, both ways.
 *
 * Returns: (transfer full) (nullable): what is wrong
 */
FrStoreReport *
fr_store_walk (const char *folder,
               FrBlobDir *blobs,
               FrBlobDir *originals,
               FrStoreWalkFunc func,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  g_autoptr (FrStoreReport) report = fr_store_report_new ();
  g_autoptr (FrDatabase) database = fr_database_open_to_read (path, error);
  g_autoptr (FrCatalogue) catalogue = database != NULL ? fr_catalogue_new (database, error) : NULL;
  Walk walk = { .blobs = blobs,
                .originals = originals,
                .cancellable = cancellable,
                .func = func,
                .data = data,
                .database = database,
                .catalogue = catalogue,
                .report = report };

  return catalogue != NULL && walk_through (&walk, error) ? g_steal_pointer (&report) : NULL;
}
