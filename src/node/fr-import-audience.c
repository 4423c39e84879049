/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import-private.h"

#include <glib/gi18n-lib.h>

#include "fr-gallery-error.h"

/* For whom pictures are added, and how much of what they tell. */

/* One failure for each place, so that the person is told once what to do; for each file where they are known by now. */
static void
refuse_all (FrImport *self)
{
  g_autoptr (GError) error
    = g_error_new_literal (FR_GALLERY_ERROR, FR_GALLERY_ERROR_NO_AUDIENCE, _ ("Say first who may see your pictures."));
  char *path;

  while ((path = g_queue_pop_head (&self->places)) != NULL)
    {
      fr_import_grow (self, 1);
      fr_import_count_failure (self, path, g_error_copy (error));
      g_free (path);
    }
  while ((path = g_queue_pop_head (&self->files)) != NULL)
    {
      fr_import_count_failure (self, path, g_error_copy (error));
      g_free (path);
    }
  if (self->bytes == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  fr_import_grow (self, 1);
  fr_import_count_failure (self, NULL, g_error_copy (error));
}

/* For the files of this type: what the gallery remembers, where nothing was set. */
void
fr_import_settle_audience (FrImport *self)
{
  FrAudience audience;
  GBytes *readers;

  if (self->has_audience)
    return;
  if (!fr_gallery_get_audience (self->gallery, &audience, &readers))
    refuse_all (self);
  else
    {
      self->audience = audience;
      self->readers = readers != NULL ? g_bytes_ref (readers) : NULL;
      self->has_audience = TRUE;
    }
}

/**
 * fr_import_set_audience:
 * @self: an import that has not been started
 * @audience: who may see the pictures
 * @readers: (nullable): the people chosen, where people are
 *
 * Says for whom the pictures are, without keeping that for the next ones.
 */
void
fr_import_set_audience (FrImport *self, FrAudience audience, GBytes *readers)
{
  GBytes *kept = readers != NULL ? g_bytes_ref (readers) : NULL;

  g_return_if_fail (FR_IS_IMPORT (self));
  g_return_if_fail (!self->is_started);

  g_clear_pointer (&self->readers, g_bytes_unref);
  self->readers = kept;
  self->audience = audience;
  self->has_audience = TRUE;
}

/**
 * fr_import_get_audience:
 * @self: an import
 * @out_audience: (out): who may see the pictures
 * @out_readers: (out) (nullable) (transfer none): the people chosen
 *
 * Returns: whether that is known: it was set, or has been taken from the gallery at the start
 */
gboolean
fr_import_get_audience (FrImport *self, FrAudience *out_audience, GBytes **out_readers)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), FALSE);

  if (!self->has_audience)
    return FALSE;
  *out_audience = self->audience;
  *out_readers = self->readers;
  return TRUE;
}

/**
 * fr_import_set_keeps_metadata:
 * @self: an import that has not been started
 * @keeps_metadata: whether others get all that the files tell: place, camera and other details
 *
 * Says whether to share the pictures as they are. They are cleaned otherwise, which is the default.
 */
void
fr_import_set_keeps_metadata (FrImport *self, gboolean keeps_metadata)
{
  g_return_if_fail (FR_IS_IMPORT (self));
  g_return_if_fail (!self->is_started);

  self->keeps_metadata = keeps_metadata;
}

/**
 * fr_import_new_again:
 * @finished: an import that is finished
 *
 * Makes an import of what could not be added, for the same people.
 *
 * Returns: (transfer full) (nullable): an import; %NULL where there is no file or folder to be tried again
 */
FrImport *
fr_import_new_again (FrImport *finished)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  FrImport *self;

  g_return_val_if_fail (FR_IS_IMPORT (finished), NULL);

  for (guint i = 0; i < finished->failures->len; i++)
    {
      const FrImportFailure *failure = finished->failures->pdata[i];

      if (failure->path != NULL)
        g_ptr_array_add (paths, failure->path);
    }
  if (paths->len == 0)
    return NULL;
  g_ptr_array_add (paths, NULL);
  self = fr_import_new (finished->gallery, (const char *const *) paths->pdata);
  if (finished->has_audience)
    fr_import_set_audience (self, finished->audience, finished->readers);
  self->keeps_metadata = finished->keeps_metadata;
  return self;
}
