/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-metered-stream.h"

#include "fr-metered-input.h"
#include "fr-metered-output.h"

struct _FrMeteredStream
{
  GIOStream parent_instance;

  /* owned */
  GIOStream *base;
  GInputStream *input;
  GOutputStream *output;
};

G_DEFINE_FINAL_TYPE (FrMeteredStream, fr_metered_stream, G_TYPE_IO_STREAM)

static GInputStream *
fr_metered_stream_get_input (GIOStream *stream)
{
  return FR_METERED_STREAM (stream)->input;
}

static GOutputStream *
fr_metered_stream_get_output (GIOStream *stream)
{
  return FR_METERED_STREAM (stream)->output;
}

/* Closing both ends does not close a connection: that is the base's to do. */
static gboolean
fr_metered_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (FR_METERED_STREAM (stream)->base, cancellable, error);
}

static void
fr_metered_stream_finalize (GObject *object)
{
  FrMeteredStream *self = FR_METERED_STREAM (object);

  /* The base class has closed the stream when it was disposed of. */
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);
  G_OBJECT_CLASS (fr_metered_stream_parent_class)->finalize (object);
}

static void
fr_metered_stream_class_init (FrMeteredStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fr_metered_stream_finalize;
  stream_class->get_input_stream = fr_metered_stream_get_input;
  stream_class->get_output_stream = fr_metered_stream_get_output;
  stream_class->close_fn = fr_metered_stream_close;
}

static void
fr_metered_stream_init (FrMeteredStream *self)
{
}

/**
 * fr_metered_stream_new:
 * @base: a connection that can be polled, on which a WebSocket begins
 * @max_message_size: the most bytes that a message which is read may have, all its frames together
 *
 * Returns: (transfer full): a connection over @base
 */
GIOStream *
fr_metered_stream_new (GIOStream *base, gsize max_message_size)
{
  FrMeteredStream *self = g_object_new (FR_TYPE_METERED_STREAM, NULL);

  self->base = g_object_ref (base);
  self->input = fr_metered_input_new (g_io_stream_get_input_stream (base), max_message_size);
  self->output = fr_metered_output_new (g_io_stream_get_output_stream (base));
  return G_IO_STREAM (self);
}

/**
 * fr_metered_stream_get_written:
 * @self: a connection
 *
 * Returns: how many bytes have been handed to the system since it was made
 */
guint64
fr_metered_stream_get_written (FrMeteredStream *self)
{
  return fr_metered_output_get_written (FR_METERED_OUTPUT (self->output));
}
