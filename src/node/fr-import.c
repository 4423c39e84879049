/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import-private.h"

#include "fr-addition.h"
#include "fr-title.h"

enum
{
  PROP_0,
  PROP_N_TOTAL,
  PROP_N_DONE,
  PROP_N_ADDED,
  PROP_N_KNOWN,
  PROP_N_FAILED,
  PROP_FINISHED,
  PROP_OUT_OF_ROOM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrImport, fr_import, G_TYPE_OBJECT)

/* One picture that is worked on. */
typedef struct
{
  FrImport *import; /* owned, all three */
  char *path;       /* nullable: a file, */
  GBytes *bytes;    /* nullable: or this */
} Work;

static Work *
work_new (FrImport *import, char *path, GBytes *bytes)
{
  Work *work = g_new (Work, 1);

  work->import = g_object_ref (import);
  work->path = path;
  work->bytes = bytes;
  return work;
}

static void
work_free (Work *work)
{
  g_object_unref (work->import);
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_free (work->path);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
failure_free (gpointer data)
{
  FrImportFailure *failure = data;

  g_free (failure->name);
  g_free (failure->path);
  g_error_free (failure->error);
  g_free (failure);
}

static void
fr_import_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  FrImport *self = FR_IMPORT (object);

  switch (property_id)
    {
    case PROP_N_TOTAL:
      g_value_set_uint (value, self->n_total);
      break;
    case PROP_N_DONE:
      g_value_set_uint (value, fr_import_get_n_done (self));
      break;
    case PROP_N_ADDED:
      g_value_set_uint (value, self->n_added);
      break;
    case PROP_N_KNOWN:
      g_value_set_uint (value, self->n_known);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->failures->len);
      break;
    case PROP_FINISHED:
      g_value_set_boolean (value, self->is_finished);
      break;
    case PROP_OUT_OF_ROOM:
      g_value_set_boolean (value, fr_import_get_out_of_room (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
fr_import_finalize (GObject *object)
{
  FrImport *self = FR_IMPORT (object);

  g_queue_clear_full (&self->places, g_free);
  g_queue_clear_full (&self->files, g_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->readers, g_bytes_unref);
  g_clear_pointer (&self->failures, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_free (self->room);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->gallery);

  G_OBJECT_CLASS (fr_import_parent_class)->finalize (object);
}

static void
fr_import_class_init (FrImportClass *klass)
{
  static const struct
  {
    guint id;
    const char *name;
  } counts[] = {
    { PROP_N_TOTAL, "n-total" }, { PROP_N_DONE, "n-done" },     { PROP_N_ADDED, "n-added" },
    { PROP_N_KNOWN, "n-known" }, { PROP_N_FAILED, "n-failed" },
  };
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_import_get_property;
  object_class->finalize = fr_import_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    properties[counts[i].id] = g_param_spec_uint (counts[i].name, NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_FINISHED] = g_param_spec_boolean ("finished", NULL, NULL, FALSE, flags);
  properties[PROP_OUT_OF_ROOM] = g_param_spec_boolean ("out-of-room", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_import_init (FrImport *self)
{
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->places);
  g_queue_init (&self->files);
  self->failures = g_ptr_array_new_with_free_func (failure_free);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
}

static void
notify (FrImport *self, guint property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
}

/* For the files of this type: more pictures have been found. */
void
fr_import_grow (FrImport *self, guint n_more)
{
  if (n_more == 0)
    return;
  self->n_total += n_more;
  notify (self, PROP_N_TOTAL);
}

/* For the files of this type: of a file or folder, or of bytes. What was cancelled is neither done nor failed. Takes the
 * error. */
void
fr_import_count_failure (FrImport *self, const char *path, GError *error)
{
  FrImportFailure *failure;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  failure = g_new (FrImportFailure, 1);
  failure->name = path != NULL ? g_filename_display_basename (path) : g_strdup (self->title);
  failure->path = g_strdup (path);
  failure->error = error;
  g_ptr_array_add (self->failures, failure);
  notify (self, PROP_N_FAILED);
  notify (self, PROP_N_DONE);
}

static void
count_picture (FrImport *self, FrPicture *picture, gboolean was_there)
{
  g_ptr_array_add (self->pictures, picture);
  if (was_there)
    self->n_known++;
  else
    self->n_added++;
  notify (self, was_there ? PROP_N_KNOWN : PROP_N_ADDED);
  notify (self, PROP_N_DONE);
}

/* What found no room goes back to where it came from, so that it is the first when there is some. */
static gboolean
put_back (FrImport *self, Work *work, const GError *error)
{
  if (!self->waits_for_room || !g_error_matches (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL)
      || g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  if (work->path != NULL)
    g_queue_push_head (&self->files, g_steal_pointer (&work->path));
  else
    self->bytes = g_steal_pointer (&work->bytes);
  self->is_out_of_room = TRUE;
  return TRUE;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  FrImport *self = work->import;
  GError *error = NULL;
  gboolean was_there;
  FrPicture *picture = fr_addition_finish (FR_GALLERY (source), result, &was_there, &error);

  g_object_freeze_notify (G_OBJECT (self));
  self->n_at_once--;
  if (picture != NULL)
    count_picture (self, picture, was_there);
  else if (put_back (self, work, error))
    g_error_free (error);
  else
    fr_import_count_failure (self, work->path, error);
  fr_import_work_on (self);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
add_file (FrImport *self)
{
  char *path = g_queue_pop_head (&self->files);
  const FrAdditionTerms terms = { self->audience, self->readers, self->keeps_metadata };

  self->n_at_once++;
  fr_addition_add_file_async (self->gallery, path, &terms, self->cancellable, added_cb,
                              work_new (self, path, NULL));
}

static void
add_bytes (FrImport *self)
{
  GBytes *bytes = g_steal_pointer (&self->bytes);
  const FrAdditionTerms terms = { self->audience, self->readers, self->keeps_metadata };

  self->n_at_once++;
  if (self->n_total == 0)
    fr_import_grow (self, 1);
  fr_addition_add_bytes_async (self->gallery, bytes, self->title, &terms, self->cancellable, added_cb,
                               work_new (self, NULL, bytes));
}

static void
begin_what_there_is (FrImport *self)
{
  /* Folders are looked through one at a time, while the files found before are worked on. */
  if (!self->is_looking && !g_queue_is_empty (&self->places))
    fr_import_look_at_place (self);
  if (self->bytes != NULL)
    add_bytes (self);
  while (self->n_at_once < FR_IMPORT_MAX_AT_ONCE && !g_queue_is_empty (&self->files))
    add_file (self);
}

/* For the files of this type: begins as much as may be worked on at once; ends the import when nothing is left, or stops
 * when there is no room. */
void
fr_import_work_on (FrImport *self)
{
  gboolean is_cancelled = g_cancellable_is_cancelled (self->cancellable);

  if (!is_cancelled && !self->is_out_of_room)
    begin_what_there_is (self);
  if (self->is_finished || self->is_looking || self->n_at_once > 0)
    return;
  if (self->is_out_of_room && !is_cancelled)
    {
      notify (self, PROP_OUT_OF_ROOM);
      return;
    }
  self->is_finished = TRUE;
  notify (self, PROP_FINISHED);
}

/**
 * fr_import_new:
 * @gallery: where to
 * @paths: (array zero-terminated=1) (element-type filename): files, and folders with all that is in them
 *
 * Makes an import that waits for fr_import_start().
 *
 * Returns: (transfer full): an import
 */
FrImport *
fr_import_new (FrGallery *gallery, const char *const *paths)
{
  FrImport *self;

  g_return_val_if_fail (FR_IS_GALLERY (gallery), NULL);
  g_return_val_if_fail (paths != NULL, NULL);

  self = g_object_new (FR_TYPE_IMPORT, NULL);
  self->gallery = g_object_ref (gallery);
  for (guint i = 0; paths[i] != NULL; i++)
    g_queue_push_tail (&self->places, g_strdup (paths[i]));
  return self;
}

/**
 * fr_import_new_for_bytes:
 * @gallery: where to
 * @bytes: the bytes of a picture as in a file: dropped or pasted
 * @title: (nullable): what to call it
 *
 * Makes an import that waits for fr_import_start().
 *
 * Returns: (transfer full): an import
 */
FrImport *
fr_import_new_for_bytes (FrGallery *gallery, GBytes *bytes, const char *title)
{
  FrImport *self;

  g_return_val_if_fail (FR_IS_GALLERY (gallery), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_object_new (FR_TYPE_IMPORT, NULL);
  self->gallery = g_object_ref (gallery);
  self->bytes = g_bytes_ref (bytes);
  self->title = fr_title_clean (title);
  return self;
}

/**
 * fr_import_start:
 * @self: an import
 *
 * Begins; once. The import is finished when "finished" is notified, not before this returns unless there is nothing to
 * do.
 */
void
fr_import_start (FrImport *self)
{
  g_return_if_fail (FR_IS_IMPORT (self));
  g_return_if_fail (!self->is_started && self->plan == NULL);

  self->is_started = TRUE;
  g_object_ref (self);
  g_object_freeze_notify (G_OBJECT (self));
  fr_import_settle_audience (self);
  fr_import_work_on (self);
  g_object_thaw_notify (G_OBJECT (self));
  g_object_unref (self);
}

/**
 * fr_import_cancel:
 * @self: an import
 *
 * Begins with no more pictures and gives up those that are not in the gallery yet; what has been added stays.
 * "finished" is notified when nothing is under way any more.
 */
void
fr_import_cancel (FrImport *self)
{
  g_return_if_fail (FR_IS_IMPORT (self));

  g_object_ref (self);
  g_cancellable_cancel (self->cancellable);
  if (self->is_out_of_room && self->is_started)
    fr_import_work_on (self); /* which nobody else does */
  g_object_unref (self);
}

/**
 * fr_import_get_cancelled:
 * @self: an import
 *
 * Returns: whether somebody has given it up
 */
gboolean
fr_import_get_cancelled (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), FALSE);

  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * fr_import_get_n_total:
 * @self: an import
 *
 * Returns: how many pictures have been found until now
 */
guint
fr_import_get_n_total (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), 0);

  return self->n_total;
}

/**
 * fr_import_get_n_done:
 * @self: an import
 *
 * Returns: how many of them have been added, were there already, or have failed
 */
guint
fr_import_get_n_done (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), 0);

  return self->n_added + self->n_known + self->failures->len;
}

/**
 * fr_import_get_n_added:
 * @self: an import
 *
 * Returns: how many have been added
 */
guint
fr_import_get_n_added (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), 0);

  return self->n_added;
}

/**
 * fr_import_get_n_known:
 * @self: an import
 *
 * Returns: how many were in the gallery already
 */
guint
fr_import_get_n_known (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), 0);

  return self->n_known;
}

/**
 * fr_import_get_finished:
 * @self: an import
 *
 * Returns: whether it has been started and nothing is left to do
 */
gboolean
fr_import_get_finished (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), FALSE);

  return self->is_finished;
}

/**
 * fr_import_get_failures:
 * @self: an import
 *
 * Returns: (transfer none) (element-type FrImportFailure): what could not be added, as far as it is known; grows
 */
GPtrArray *
fr_import_get_failures (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), NULL);

  return self->failures;
}

/**
 * fr_import_get_pictures:
 * @self: an import
 *
 * Returns: (transfer none) (element-type FrPicture): what has been added or was there already; grows
 */
GPtrArray *
fr_import_get_pictures (FrImport *self)
{
  g_return_val_if_fail (FR_IS_IMPORT (self), NULL);

  return self->pictures;
}
