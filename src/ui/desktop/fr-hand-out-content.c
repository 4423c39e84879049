/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hand-out-content.h"

#include <glib/gi18n.h>

#include "fr-texture-loader.h"

/* What file managers that are not GTK 4 paste: what is to be done, and the addresses. */
#define COPIED_FILES "x-special/gnome-copied-files"

struct _FrHandOutContent
{
  GdkContentProvider parent_instance;

  /* owned */
  GPtrArray *pictures;
  GPtrArray *files;   /* of GFile; NULL: not made yet */
  GPtrArray *waiting; /* of GTask: for the files */

  /* borrowed: cleared when it goes */
  FrNode *node;

  /* state */
  guint is_copied : 1; /* to the clipboard */
};

G_DEFINE_FINAL_TYPE (FrHandOutContent, fr_hand_out_content, GDK_TYPE_CONTENT_PROVIDER)

/* What somebody wants. */
typedef struct
{
  char *mime_type;
  GOutputStream *stream;
  int priority;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->stream);
  g_free (wish->mime_type);
  g_free (wish);
}

static GdkContentFormats *
get_formats_of (GType type)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, type);
  return gdk_content_formats_union_serialize_mime_types (gdk_content_formats_builder_free_to_formats (builder));
}

/* Only of one is there a picture itself. Files come first: they are all of it. */
static GdkContentFormats *
fr_hand_out_content_ref_formats (GdkContentProvider *provider)
{
  FrHandOutContent *self = FR_HAND_OUT_CONTENT (provider);
  GdkContentFormats *formats = get_formats_of (GDK_TYPE_FILE_LIST);
  g_autoptr (GdkContentFormats) texture_formats = NULL;
  GdkContentFormatsBuilder *builder;

  if (!self->is_copied)
    return formats;
  builder = gdk_content_formats_builder_new ();
  gdk_content_formats_builder_add_formats (builder, formats);
  gdk_content_formats_unref (formats);
  gdk_content_formats_builder_add_mime_type (builder, COPIED_FILES);
  if (self->pictures->len == 1)
    {
      texture_formats = get_formats_of (GDK_TYPE_TEXTURE);
      gdk_content_formats_builder_add_formats (builder, texture_formats);
    }
  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
serialized_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
serialize (GTask *task, const GValue *value)
{
  const Wish *wish = g_task_get_task_data (task);

  gdk_content_serialize_async (wish->stream, wish->mime_type, value, wish->priority, g_task_get_cancellable (task),
                               serialized_cb, g_object_ref (task));
}

/* The picture itself */

/* Takes both. */
static void
take_pixels (GTask *task, FrImagePixels *pixels, GError *error)
{
  g_autoptr (GdkTexture) texture = pixels != NULL ? fr_texture_from_pixels (pixels) : NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_clear_pointer (&pixels, fr_image_pixels_free);
  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_value_set_object (&value, texture);
  serialize (task, &value);
}

static void
own_rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_gallery_render_finish (FR_GALLERY (source), result, &error);

  take_pixels (task, pixels, error);
}

static void
fetched_rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_fetch_render_finish (FR_FETCH (source), result, &error);

  take_pixels (task, pixels, error);
}

static void
write_picture (FrHandOutContent *self, GTask *task)
{
  gpointer picture = self->pictures->pdata[0];
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (FR_IS_GALLERY_ITEM (picture))
    fr_gallery_render_async (fr_node_get_gallery (self->node), fr_gallery_item_get_id (picture), FR_HAND_OUT_MAX_SIDE,
                             FR_HAND_OUT_MAX_SIDE, cancellable, own_rendered_cb, g_object_ref (task));
  else
    fr_fetch_render_async (picture, FR_HAND_OUT_MAX_SIDE, FR_HAND_OUT_MAX_SIDE, cancellable, fetched_rendered_cb,
                           g_object_ref (task));
}

/* The files */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_copied_files (FrHandOutContent *self, GTask *task)
{
  const Wish *wish = g_task_get_task_data (task);
  GString *text = g_string_new ("copy");

  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (self->files->pdata[i]);

      g_string_append_printf (text, "\n%s", uri);
    }
  g_object_set_data_full (G_OBJECT (task), "text", text->str, g_free);
  g_output_stream_write_all_async (wish->stream, text->str, text->len, wish->priority, g_task_get_cancellable (task),
                                   written_cb, g_object_ref (task));
  g_string_free (text, FALSE);
}

static void
write_files (FrHandOutContent *self, GTask *task)
{
  const Wish *wish = g_task_get_task_data (task);
  g_autoptr (GSList) list = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  if (g_str_equal (wish->mime_type, COPIED_FILES))
    {
      write_copied_files (self, task);
      return;
    }
  for (guint i = self->files->len; i > 0; i--)
    list = g_slist_prepend (list, self->files->pdata[i - 1]);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, list);
  serialize (task, &value);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrHandOutContent) self = data;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GError) error = NULL;

  self->files = fr_hand_out_make_finish (FR_HAND_OUT (source), result, &error);
  for (guint i = 0; i < waiting->len; i++)
    if (self->files != NULL)
      write_files (self, waiting->pdata[i]);
    else
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
}

static void
await_files (FrHandOutContent *self, GTask *task)
{
  if (self->waiting != NULL)
    {
      g_ptr_array_add (self->waiting, g_object_ref (task));
      return;
    }
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, g_object_ref (task));
  fr_hand_out_make_async (fr_hand_out_get (self->node), fr_node_get_gallery (self->node), self->pictures, NULL, made_cb,
                          g_object_ref (self));
}

static void
fr_hand_out_content_write_async (GdkContentProvider *provider, const char *mime_type, GOutputStream *stream,
                                 int priority, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  FrHandOutContent *self = FR_HAND_OUT_CONTENT (provider);
  g_autoptr (GdkContentFormats) file_formats = get_formats_of (GDK_TYPE_FILE_LIST);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Wish *wish = g_new0 (Wish, 1);

  wish->mime_type = g_strdup (mime_type);
  wish->stream = g_object_ref (stream);
  wish->priority = priority;
  g_task_set_source_tag (task, fr_hand_out_content_write_async);
  g_task_set_task_data (task, wish, wish_free);
  if (self->node == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "%s", _ ("Freshet is ending."));
  else if (!g_str_equal (mime_type, COPIED_FILES) && !gdk_content_formats_contain_mime_type (file_formats, mime_type))
    write_picture (self, task);
  else if (self->files != NULL)
    write_files (self, task);
  else
    await_files (self, task);
}

static gboolean
fr_hand_out_content_write_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The clipboard may outlive it. */
static void
node_gone_cb (gpointer data, GObject *node)
{
  FrHandOutContent *self = data;

  self->node = NULL;
  g_ptr_array_set_size (self->pictures, 0);
}

static void
fr_hand_out_content_dispose (GObject *object)
{
  FrHandOutContent *self = FR_HAND_OUT_CONTENT (object);

  if (self->node != NULL)
    g_object_weak_unref (G_OBJECT (self->node), node_gone_cb, self);
  self->node = NULL;
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  G_OBJECT_CLASS (fr_hand_out_content_parent_class)->dispose (object);
}

static void
fr_hand_out_content_class_init (FrHandOutContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_hand_out_content_dispose;
  provider_class->ref_formats = fr_hand_out_content_ref_formats;
  provider_class->write_mime_type_async = fr_hand_out_content_write_async;
  provider_class->write_mime_type_finish = fr_hand_out_content_write_finish;
}

static void
fr_hand_out_content_init (FrHandOutContent *self)
{
}

/**
 * fr_hand_out_content_new:
 * @node: whose pictures
 * @pictures: (element-type GObject): #FrGalleryItem, or #FrFetch that are done
 *
 * Returns: (transfer full): what is dragged
 */
GdkContentProvider *
fr_hand_out_content_new (FrNode *node, GPtrArray *pictures)
{
  FrHandOutContent *self = g_object_new (FR_TYPE_HAND_OUT_CONTENT, NULL);

  self->node = node;
  g_object_weak_ref (G_OBJECT (node), node_gone_cb, self);
  self->pictures = g_ptr_array_copy (pictures, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (self->pictures, g_object_unref);
  return GDK_CONTENT_PROVIDER (self);
}

/**
 * fr_hand_out_content_new_for_clipboard:
 * @node: whose pictures
 * @pictures: (element-type GObject): #FrGalleryItem, or #FrFetch that are done
 *
 * Returns: (transfer full): what is copied: one picture can also be pasted into a text or a message
 */
GdkContentProvider *
fr_hand_out_content_new_for_clipboard (FrNode *node, GPtrArray *pictures)
{
  GdkContentProvider *provider = fr_hand_out_content_new (node, pictures);

  FR_HAND_OUT_CONTENT (provider)->is_copied = TRUE;
  return provider;
}

GPtrArray *
fr_hand_out_content_get_pictures (FrHandOutContent *self)
{
  return self->pictures;
}
