/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-metered-input.h"

#include "fr-frame-limit.h"

struct _FrMeteredInput
{
  GFilterInputStream parent_instance;

  FrFrameLimit limit;
};

static void pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrMeteredInput,
                               fr_metered_input,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

static GPollableInputStream *
get_base (gpointer self)
{
  return G_POLLABLE_INPUT_STREAM (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)));
}

static gssize
check (FrMeteredInput *self, const void *data, gssize size, GError **error)
{
  if (size <= 0 || fr_frame_limit_feed (&self->limit, data, (gsize) size))
    return size;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "A message is too large");
  return -1;
}

static gssize
fr_metered_input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  gssize size = g_input_stream_read (base, buffer, count, cancellable, error);

  return check (FR_METERED_INPUT (stream), buffer, size, error);
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  return check (FR_METERED_INPUT (stream), buffer,
                g_pollable_input_stream_read_nonblocking (get_base (stream), buffer, count, NULL, error), error);
}

static gboolean
can_poll (GPollableInputStream *stream)
{
  return g_pollable_input_stream_can_poll (get_base (stream));
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (get_base (stream));
}

static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) child = g_pollable_input_stream_create_source (get_base (stream), NULL);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
pollable_init (GPollableInputStreamInterface *iface)
{
  iface->can_poll = can_poll;
  iface->is_readable = is_readable;
  iface->create_source = create_source;
  iface->read_nonblocking = read_nonblocking;
}

static void
fr_metered_input_class_init (FrMeteredInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = fr_metered_input_read;
}

static void
fr_metered_input_init (FrMeteredInput *self)
{
}

/**
 * fr_metered_input_new:
 * @base: a stream that can be polled, at the beginning of a frame
 * @max_message_size: the most bytes that a message may have, all its frames together
 *
 * Returns: (transfer full): a stream that reads from @base
 */
GInputStream *
fr_metered_input_new (GInputStream *base, gsize max_message_size)
{
  FrMeteredInput *self = g_object_new (FR_TYPE_METERED_INPUT, "base-stream", base, NULL);

  fr_frame_limit_init (&self->limit, max_message_size);
  return G_INPUT_STREAM (self);
}
