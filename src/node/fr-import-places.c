/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import-private.h"

#include <glib/gi18n-lib.h>

#include "fr-gallery-error.h"
#include "fr-gallery-private.h"

/* Which files are in the places that the person named. */

typedef struct
{
  FrImport *import; /* owned, both */
  char *path;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->import);
  g_free (look->path);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

/* That a picture is too large, and that a folder has too many files, is the same code of the store. */
static GError *
describe_place_failure (GError *error)
{
  g_autoptr (GError) cause = error;

  if (g_error_matches (cause, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE))
    return g_error_new (FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE,
                        _ ("There are more than %d files in this folder. Add the folders in it one by one."),
                        FR_STORE_MAX_FOUND);
  return fr_gallery_error_new (cause);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  FrImport *self = look->import;
  GError *error = NULL;
  g_autoptr (GPtrArray) found = fr_store_find_files_finish (FR_STORE (source), result, &error);

  g_object_freeze_notify (G_OBJECT (self));
  self->is_looking = FALSE;
  for (guint i = 0; found != NULL && i < found->len; i++)
    g_queue_push_tail (&self->files, g_strdup (found->pdata[i]));
  if (found != NULL)
    fr_import_grow (self, found->len);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    {
      fr_import_grow (self, 1);
      fr_import_count_failure (self, look->path, describe_place_failure (error));
    }
  else
    g_error_free (error);
  if (self->plan != NULL)
    fr_import_plan_on (self);
  else
    fr_import_work_on (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* For the files of this type: at the next one, which there is. Whoever looks goes on afterwards. */
void
fr_import_look_at_place (FrImport *self)
{
  Look *look = g_new (Look, 1);

  look->import = g_object_ref (self);
  look->path = g_queue_pop_head (&self->places);
  self->is_looking = TRUE;
  fr_store_find_files_async (fr_gallery_get_store (self->gallery), look->path, self->cancellable, found_cb, look);
}
