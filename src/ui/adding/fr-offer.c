/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-offer.h"

#include <glib/gi18n.h>

#include "fr-address-only.h"
#include "fr-capped-read.h"

G_DEFINE_QUARK (fr-offer-error-quark, fr_offer_error)

/* In the order of liking: what is nearest to the camera first. */
static const char *const mime_types[]
    = { "image/jpeg", "image/heif", "image/heic", "image/avif", "image/webp", "image/tiff",
        "image/png",  "image/gif",  "image/svg+xml", NULL };

void
fr_offer_free (FrOffer *self)
{
  g_strfreev (self->paths);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * fr_offer_get_formats:
 *
 * Returns: (transfer full): what can be dropped and pasted
 */
GdkContentFormats *
fr_offer_get_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  gdk_content_formats_builder_add_mime_type (builder, "text/uri-list");
  fr_address_only_add_formats (builder); /* so that it can be said what to do instead */
  for (gsize i = 0; mime_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, mime_types[i]);
  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
has_files (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
         || gdk_content_formats_contain_mime_type (formats, "text/uri-list");
}

static gboolean
has_bytes (GdkContentFormats *formats)
{
  for (gsize i = 0; mime_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, mime_types[i]))
      return TRUE;
  return FALSE;
}

/**
 * fr_offer_is_in:
 * @formats: what another program has
 *
 * Returns: whether pictures, or the address of one, may be in it
 */
gboolean
fr_offer_is_in (GdkContentFormats *formats)
{
  return has_files (formats) || has_bytes (formats) || fr_address_only_is_in (formats);
}

static GStrv
paths_of_list (const GSList *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; files != NULL; files = files->next)
    {
      /* what is in the web has a path where something shows it as a folder, and would be got by being read */
      g_autofree char *path = fr_address_only_is_file (files->data) ? NULL : g_file_get_path (files->data);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

/**
 * fr_offer_paths_of_files:
 * @files: a model of #GFile, as a file chooser has
 *
 * Returns: (transfer full): the paths of those that are on this computer
 */
GStrv
fr_offer_paths_of_files (GListModel *files)
{
  g_autoslist (GFile) list = NULL;

  for (guint i = g_list_model_get_n_items (files); i > 0; i--)
    list = g_slist_prepend (list, g_list_model_get_item (files, i - 1));
  return paths_of_list (list);
}

static void
return_bytes (GTask *task, GBytes *bytes)
{
  FrOffer *offer = g_new0 (FrOffer, 1);

  offer->bytes = bytes;
  g_task_return_pointer (task, offer, (GDestroyNotify) fr_offer_free);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GBytes *bytes = fr_capped_read_finish (G_INPUT_STREAM (source), result, &error);

  g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  if (bytes != NULL)
    return_bytes (task, bytes);
  else
    g_task_return_error (task, error);
}

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GInputStream) stream = NULL;

  if (GDK_IS_DROP (source))
    stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, &error);
  else
    stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  if (stream != NULL)
    fr_capped_read_async (stream, FR_OFFER_MAX_SIZE, g_task_get_cancellable (task), read_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
return_nothing (GTask *task, gboolean is_address)
{
  if (is_address)
    g_task_return_new_error (task, FR_OFFER_ERROR, FR_OFFER_ERROR_ADDRESS_ONLY, "%s",
                             _ ("This is only the address of a picture. Copy the picture in your browser, then paste it here."));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                             _ ("There is no picture in it that is on this computer. Save it first, then add it."));
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GBytes) bytes = fr_capped_read_finish (G_INPUT_STREAM (source), result, NULL);
  g_autofree char *text = NULL;

  g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  if (bytes != NULL)
    text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return_nothing (task, text != NULL && fr_address_only_is_text (text));
}

static void
text_stream_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);

  if (stream == NULL)
    return_nothing (task, FALSE);
  else
    fr_capped_read_async (stream, FR_ADDRESS_ONLY_MAX_SIZE, g_task_get_cancellable (task), text_read_cb,
                          g_object_ref (task));
}

/* There is neither a file nor a picture in it. Whoever has copied an address in their browser is told what to copy. */
static void
look_at_text (GTask *task, gboolean is_address)
{
  static const char *text_types[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  gpointer source = g_task_get_source_object (task);

  if (is_address || fr_address_only_is_in (g_task_get_task_data (task)) || !GDK_IS_CLIPBOARD (source))
    return_nothing (task, is_address || fr_address_only_is_in (g_task_get_task_data (task)));
  else
    gdk_clipboard_read_async (source, text_types, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), text_stream_cb,
                              g_object_ref (task));
}

/* Files that are not on this computer (a browser's) may come with the bytes of the picture. */
static void
read_bytes (GTask *task, gboolean is_address)
{
  gpointer source = g_task_get_source_object (task);
  const char **types = (const char **) mime_types;

  if (!has_bytes (g_task_get_task_data (task)))
    look_at_text (task, is_address);
  else if (GDK_IS_DROP (source))
    gdk_drop_read_async (source, types, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), stream_cb,
                         g_object_ref (task));
  else
    gdk_clipboard_read_async (source, types, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), stream_cb,
                              g_object_ref (task));
}

static gboolean
has_address (const GSList *files)
{
  for (; files != NULL; files = files->next)
    if (fr_address_only_is_file (files->data))
      return TRUE;
  return FALSE;
}

static void
files_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const GValue *value;
  const GSList *files = NULL;
  g_auto (GStrv) paths = NULL;
  FrOffer *offer;

  if (GDK_IS_DROP (source))
    value = gdk_drop_read_value_finish (GDK_DROP (source), result, NULL);
  else
    value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    files = g_value_get_boxed (value);
  paths = paths_of_list (files);
  if (paths[0] == NULL)
    {
      read_bytes (task, has_address (files));
      return;
    }
  offer = g_new0 (FrOffer, 1);
  offer->paths = g_steal_pointer (&paths);
  g_task_return_pointer (task, offer, (GDestroyNotify) fr_offer_free);
}

static GTask *
task_new (gpointer source, GdkContentFormats *formats, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer data)
{
  GTask *task = g_task_new (source, cancellable, callback, data);

  g_task_set_source_tag (task, task_new);
  g_task_set_task_data (task, gdk_content_formats_ref (formats), (GDestroyNotify) gdk_content_formats_unref);
  return task;
}

/**
 * fr_offer_read_drop_async:
 * @drop: what is dropped; the caller ends it with gdk_drop_finish()
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the offer
 * @data: for @callback
 *
 * Reads what is dropped: files on this computer, else the bytes of a picture.
 */
void
fr_offer_read_drop_async (GdkDrop *drop, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = task_new (drop, gdk_drop_get_formats (drop), cancellable, callback, data);

  if (has_files (gdk_drop_get_formats (drop)))
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable, files_cb,
                               g_object_ref (task));
  else
    read_bytes (task, FALSE);
}

/**
 * fr_offer_read_clipboard_async:
 * @clipboard: a clipboard
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the offer
 * @data: for @callback
 *
 * Reads what can be pasted: files on this computer, else the bytes of a picture.
 */
void
fr_offer_read_clipboard_async (GdkClipboard *clipboard, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task
      = task_new (clipboard, gdk_clipboard_get_formats (clipboard), cancellable, callback, data);

  if (has_files (gdk_clipboard_get_formats (clipboard)))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable, files_cb,
                                    g_object_ref (task));
  else
    read_bytes (task, FALSE);
}

/**
 * fr_offer_read_finish:
 * @source: the drop or the clipboard
 * @result: what the callback got
 * @error: return location for an error, in words for people: %FR_OFFER_ERROR_ADDRESS_ONLY, for which there is
 *   fr_address_only_present(), or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the offer
 */
FrOffer *
fr_offer_read_finish (gpointer source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
