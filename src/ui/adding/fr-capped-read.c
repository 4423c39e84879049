/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-capped-read.h"

#include <glib/gi18n.h>

#define PIECE_SIZE (256 * 1024)

typedef struct
{
  GByteArray *bytes;
  gsize max_size;
} Reading;

static void read_more (GTask *task);

static void
reading_free (Reading *reading)
{
  g_byte_array_unref (reading->bytes);
  g_free (reading);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (piece == NULL)
    g_task_return_error (task, error);
  else if (g_bytes_get_size (piece) == 0)
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_byte_array_ref (reading->bytes)),
                           (GDestroyNotify) g_bytes_unref);
  else if (g_bytes_get_size (piece) > reading->max_size - reading->bytes->len)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                             _ ("This is too large. A picture may have up to 512 MiB."));
  else
    {
      g_byte_array_append (reading->bytes, g_bytes_get_data (piece, NULL), (guint) g_bytes_get_size (piece));
      read_more (task);
    }
}

static void
read_more (GTask *task)
{
  g_input_stream_read_bytes_async (g_task_get_source_object (task), PIECE_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

/**
 * fr_capped_read_async:
 * @stream: where from
 * @max_size: at most so many bytes
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the bytes
 * @data: for @callback
 *
 * Reads a stream to its end. One that has more than @max_size bytes is not read on: %G_IO_ERROR_MESSAGE_TOO_LARGE.
 */
void
fr_capped_read_async (GInputStream *stream, gsize max_size, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, data);
  Reading *reading = g_new (Reading, 1);

  g_task_set_source_tag (task, fr_capped_read_async);
  reading->bytes = g_byte_array_new ();
  reading->max_size = max_size;
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  read_more (task);
}

GBytes *
fr_capped_read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
