/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store-reader.h"

#include "fr-catalogue.h"
#include "fr-store-error-private.h"
#include "fr-store-private.h"

struct _FrStoreReader
{
  FrDatabase *database;
  FrCatalogue *catalogue;
};

/**
 * fr_store_reader_open:
 * @folder: the folder of one person's data
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND if there is no catalogue, %FR_STORE_ERROR_NEWER if it is of another
 *   version than this program's (nothing is brought to a newer version here), %FR_STORE_ERROR_DAMAGED, %FR_STORE_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a reader, which sees what has been committed when it is asked
 */
FrStoreReader *
fr_store_reader_open (const char *folder, GError **error)
{
  g_autoptr (FrStoreReader) self = g_new0 (FrStoreReader, 1);
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  guint version;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "There are no pictures yet");
      return NULL;
    }
  self->database = fr_database_open_beside (path, &version, error);
  if (self->database == NULL)
    return NULL;
  if (version != g_strv_length ((char **) fr_store_migrations))
    {
      g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NEWER, "The catalogue is of another version (%u)", version);
      return NULL;
    }
  self->catalogue = fr_catalogue_new (self->database, error);
  return self->catalogue != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * fr_store_reader_free:
 * @self: (nullable) (transfer full): a reader
 */
void
fr_store_reader_free (FrStoreReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->catalogue, fr_catalogue_free);
  fr_database_free (self->database);
  g_free (self);
}

/**
 * fr_store_reader_search:
 * @self: a reader
 * @words: what to look for in titles, descriptions and tags
 * @limit: how many at most; no more than %FR_STORE_READER_MAX_FOUND
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPicture): what the person has, newest first
 */
GPtrArray *
fr_store_reader_search (FrStoreReader *self, const FrSearchWords *words, guint limit, GError **error)
{
  guint total;

  return fr_catalogue_search (self->catalogue, words, NULL, FALSE, MIN (limit, FR_STORE_READER_MAX_FOUND), &total, error);
}

/**
 * fr_store_reader_get:
 * @self: a reader
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others
 *
 * Returns: (transfer full) (nullable): what the catalogue knows of it
 */
FrPicture *
fr_store_reader_get (FrStoreReader *self, const FrContentId *id, GError **error)
{
  return fr_catalogue_get (self->catalogue, id, NULL, error);
}

/**
 * fr_store_reader_get_thumbnail:
 * @self: a reader
 * @id: a picture
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND and others
 *
 * Returns: (transfer full) (nullable): its small picture: a JPEG or WebP, 256 pixels at most, of our own making
 */
GBytes *
fr_store_reader_get_thumbnail (FrStoreReader *self, const FrContentId *id, GError **error)
{
  return fr_catalogue_get_thumbnail (self->catalogue, id, NULL, error);
}
