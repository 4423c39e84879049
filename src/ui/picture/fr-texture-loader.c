/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-texture-loader.h"

#include <string.h>

struct _FrTextureLoader
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  GQueue waiting;         /* of GTask */
  GHashTable *remembered; /* key -> GdkTexture */
  GQueue order;           /* keys, owned by the table; the oldest first */

  /* state */
  guint n_at_once;
};

/* One small picture that somebody waits for. */
typedef struct
{
  char *key;
  FrContentId id;
  GBytes *preview;
} Job;

G_DEFINE_FINAL_TYPE (FrTextureLoader, fr_texture_loader, G_TYPE_OBJECT)

static void begin_waiting (FrTextureLoader *self);

static void
job_free (Job *job)
{
  g_free (job->key);
  g_clear_pointer (&job->preview, g_bytes_unref);
  g_free (job);
}

/* What a search shows is smaller than the thumbnail of the same picture in the own gallery. */
static char *
make_key (const FrContentId *id, gboolean is_preview)
{
  g_autofree char *text = fr_content_id_to_string (id);

  return g_strconcat (is_preview ? "preview " : "thumbnail ", text, NULL);
}

static void
remember (FrTextureLoader *self, const char *key, GdkTexture *texture)
{
  char *owned;

  if (g_hash_table_contains (self->remembered, key))
    return;
  if (g_queue_get_length (&self->order) >= FR_TEXTURE_LOADER_REMEMBERED)
    g_hash_table_remove (self->remembered, g_queue_pop_head (&self->order));
  owned = g_strdup (key);
  g_hash_table_insert (self->remembered, owned, g_object_ref (texture));
  g_queue_push_tail (&self->order, owned);
}

/* Ends a job, and begins with the next. Takes texture or error. */
static void
finish (GTask *task, GdkTexture *texture, GError *error)
{
  g_autoptr (FrTextureLoader) self = g_object_ref (g_task_get_source_object (task));
  Job *job = g_task_get_task_data (task);

  self->n_at_once--;
  if (texture != NULL)
    remember (self, job->key, texture);
  begin_waiting (self);
  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (FrImagePixels) pixels = fr_node_render_bytes_finish (FR_NODE (source), result, &error);

  finish (task, pixels != NULL ? fr_texture_from_pixels (pixels) : NULL, error);
}

static void
render (FrTextureLoader *self, GTask *task, GBytes *bytes)
{
  const Job *job = g_task_get_task_data (task);

  fr_node_render_bytes_async (self->node, bytes, job->preview == NULL ? &job->id : NULL, FR_TEXTURE_LOADER_SIDE,
                              FR_TEXTURE_LOADER_SIDE, g_task_get_cancellable (task), rendered_cb, g_object_ref (task));
}

static void
thumbnail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = fr_gallery_get_thumbnail_finish (FR_GALLERY (source), result, &error);

  if (bytes != NULL)
    render (g_task_get_source_object (task), task, bytes);
  else
    finish (task, NULL, error);
}

static void
begin (FrTextureLoader *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);

  self->n_at_once++;
  if (job->preview != NULL)
    render (self, task, job->preview);
  else
    fr_gallery_get_thumbnail_async (fr_node_get_gallery (self->node), &job->id, g_task_get_cancellable (task),
                                    thumbnail_cb, g_object_ref (task));
}

static void
begin_waiting (FrTextureLoader *self)
{
  while (self->n_at_once < FR_TEXTURE_LOADER_AT_ONCE && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);

      if (!g_task_return_error_if_cancelled (task))
        begin (self, task);
    }
}

static void
fr_texture_loader_finalize (GObject *object)
{
  FrTextureLoader *self = FR_TEXTURE_LOADER (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  g_queue_clear (&self->order);
  g_clear_pointer (&self->remembered, g_hash_table_unref);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_texture_loader_parent_class)->finalize (object);
}

static void
fr_texture_loader_class_init (FrTextureLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_texture_loader_finalize;
}

static void
fr_texture_loader_init (FrTextureLoader *self)
{
  g_queue_init (&self->waiting);
  g_queue_init (&self->order);
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * fr_texture_loader_new:
 * @node: whose pictures
 *
 * Returns: (transfer full): a loader that remembers nothing yet
 */
FrTextureLoader *
fr_texture_loader_new (FrNode *node)
{
  FrTextureLoader *self = g_object_new (FR_TYPE_TEXTURE_LOADER, NULL);

  self->node = g_object_ref (node);
  return self;
}

/**
 * fr_texture_loader_recall:
 * @self: a loader
 * @id: a picture
 * @is_preview: what came with a search, not the thumbnail in the own gallery
 *
 * Returns: (transfer none) (nullable): the texture, if it is remembered
 */
GdkTexture *
fr_texture_loader_recall (FrTextureLoader *self, const FrContentId *id, gboolean is_preview)
{
  g_autofree char *key = make_key (id, is_preview);

  return g_hash_table_lookup (self->remembered, key);
}

guint
fr_texture_loader_get_n_remembered (FrTextureLoader *self)
{
  return g_queue_get_length (&self->order);
}

/**
 * fr_texture_loader_load_async:
 * @self: a loader
 * @id: a picture
 * @preview: (nullable): the bytes of its preview; %NULL: its thumbnail in the own gallery is wanted
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the texture
 * @data: for @callback
 *
 * Has a small picture decoded.
 */
void
fr_texture_loader_load_async (FrTextureLoader *self, const FrContentId *id, GBytes *preview,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, fr_texture_loader_load_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  job->key = make_key (id, preview != NULL);
  job->id = *id;
  job->preview = preview != NULL ? g_bytes_ref (preview) : NULL;
  g_queue_push_tail (&self->waiting, g_object_ref (task));
  begin_waiting (self);
}

/**
 * fr_texture_loader_load_finish:
 * @self: a loader
 * @result: what the callback got
 * @error: return location for an error, in words for people
 *
 * Returns: (transfer full) (nullable): the texture
 */
GdkTexture *
fr_texture_loader_load_finish (FrTextureLoader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fr_texture_from_pixels:
 * @pixels: a decoded picture
 *
 * Returns: (transfer full): the same as a texture; the bytes are shared
 */
GdkTexture *
fr_texture_from_pixels (const FrImagePixels *pixels)
{
  return gdk_memory_texture_new ((int) pixels->width, (int) pixels->height, GDK_MEMORY_R8G8B8A8, pixels->bytes,
                                 pixels->stride);
}

/* GDK gives blue, green, red and alpha, as numbers of the machine. */
static void
take_pixels (GdkTexture *texture, guint8 *pixels)
{
  gsize n = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture);

  gdk_texture_download (texture, pixels, (gsize) gdk_texture_get_width (texture) * 4);
  for (gsize i = 0; i < n; i++, pixels += 4)
    {
      guint32 pixel;

      memcpy (&pixel, pixels, sizeof pixel);
      pixels[0] = (guint8) (pixel >> 16);
      pixels[1] = (guint8) (pixel >> 8);
      pixels[2] = (guint8) pixel;
      pixels[3] = 255; /* it is multiplied in */
    }
}

/**
 * fr_texture_find_likeness:
 * @texture: a small picture
 * @out_likeness: (out caller-allocates): what it looks like; untouched if that says nothing
 *
 * Returns: whether it can be told from others
 */
gboolean
fr_texture_find_likeness (GdkTexture *texture, FrImageLikeness *out_likeness)
{
  guint width = (guint) gdk_texture_get_width (texture), height = (guint) gdk_texture_get_height (texture);
  gsize size = (gsize) width * height * 4;
  guint8 *data = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  FrImagePixels pixels = { width, height, (gsize) width * 4, bytes };

  take_pixels (texture, data);
  return fr_image_likeness_find (&pixels, out_likeness);
}
