/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-metered-output.h"

struct _FrMeteredOutput
{
  GFilterOutputStream parent_instance;

  guint64 written;
};

static void pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrMeteredOutput,
                               fr_metered_output,
                               G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, pollable_init))

static GPollableOutputStream *
get_base (gpointer self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self)));
}

static gssize
count (FrMeteredOutput *self, gssize size)
{
  if (size > 0)
    self->written += (guint64) size;
  return size;
}

static gssize
fr_metered_output_write (GOutputStream *stream,
                         const void *buffer,
                         gsize size,
                         GCancellable *cancellable,
                         GError **error)
{
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));

  return count (FR_METERED_OUTPUT (stream), g_output_stream_write (base, buffer, size, cancellable, error));
}

static gssize
write_nonblocking (GPollableOutputStream *stream, const void *buffer, gsize size, GError **error)
{
  return count (FR_METERED_OUTPUT (stream),
                g_pollable_output_stream_write_nonblocking (get_base (stream), buffer, size, NULL, error));
}

static gboolean
can_poll (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_can_poll (get_base (stream));
}

static gboolean
is_writable (GPollableOutputStream *stream)
{
  return g_pollable_output_stream_is_writable (get_base (stream));
}

static GSource *
create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) child = g_pollable_output_stream_create_source (get_base (stream), NULL);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->can_poll = can_poll;
  iface->is_writable = is_writable;
  iface->create_source = create_source;
  iface->write_nonblocking = write_nonblocking;
}

static void
fr_metered_output_class_init (FrMeteredOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = fr_metered_output_write;
}

static void
fr_metered_output_init (FrMeteredOutput *self)
{
}

/**
 * fr_metered_output_new:
 * @base: a stream that can be polled
 *
 * Returns: (transfer full): a stream that writes to @base
 */
GOutputStream *
fr_metered_output_new (GOutputStream *base)
{
  return g_object_new (FR_TYPE_METERED_OUTPUT, "base-stream", base, NULL);
}

/**
 * fr_metered_output_get_written:
 * @self: a stream
 *
 * Returns: how many bytes have been handed to the system
 */
guint64
fr_metered_output_get_written (FrMeteredOutput *self)
{
  return self->written;
}
