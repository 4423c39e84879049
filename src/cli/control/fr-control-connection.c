/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-connection.h"

#include <string.h>

#define READ_SIZE (16 * 1024)

struct _FrControlConnection
{
  GObject parent_instance;

  /* owned */
  GIOStream *stream;
  GCancellable *reading;
  GByteArray *received; /* what is not a whole line yet */
  GString *unsent;
  GBytes *sending; /* nullable: what is being written now */

  /* state */
  guint closing : 1; /* nothing more is read or taken; what waits is still written */
  guint closed : 1;
};

enum
{
  SIGNAL_MESSAGE,
  SIGNAL_BAD_LINE,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrControlConnection, fr_control_connection, G_TYPE_OBJECT)

static void write_next (FrControlConnection *self);
static void read_next (FrControlConnection *self);

static void
shut (FrControlConnection *self)
{
  if (self->closed)
    return;
  self->closing = TRUE;
  self->closed = TRUE;
  g_cancellable_cancel (self->reading);
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlConnection) self = data;
  gboolean written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  g_clear_pointer (&self->sending, g_bytes_unref);
  if (self->closed)
    return;
  if (!written || (self->closing && self->unsent->len == 0))
    shut (self);
  else
    write_next (self);
}

static void
write_next (FrControlConnection *self)
{
  if (self->sending != NULL || self->unsent->len == 0)
    return;
  self->sending = g_string_free_to_bytes (g_steal_pointer (&self->unsent));
  self->unsent = g_string_new (NULL);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   g_bytes_get_data (self->sending, NULL), g_bytes_get_size (self->sending),
                                   G_PRIORITY_DEFAULT, NULL, written_cb, g_object_ref (self));
}

static void
take_line (FrControlConnection *self, const char *line, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = fr_control_parse (line, size, &error);

  if (object != NULL)
    g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, object);
  else
    g_signal_emit (self, signals[SIGNAL_BAD_LINE], 0, error);
}

/* Hands out the whole lines of what was received. A line of which the end is not in sight after the longest that
 * there may be ends the connection: nobody knows where the next one begins. */
static void
take_lines (FrControlConnection *self)
{
  gsize start = 0;
  const guint8 *end;

  while (!self->closing && start < self->received->len
         && (end = memchr (self->received->data + start, '\n', self->received->len - start)) != NULL)
    {
      gsize size = end - (self->received->data + start);

      if (size > 0)
        take_line (self, (const char *) self->received->data + start, size);
      start += size + 1;
    }
  g_byte_array_remove_range (self->received, 0, MIN (start, self->received->len));
  if (!self->closing && self->received->len > FR_CONTROL_MAX_LINE)
    {
      take_line (self, (const char *) self->received->data, self->received->len);
      fr_control_connection_close (self);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlConnection) self = data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (self->closing)
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      shut (self);
      return;
    }
  g_byte_array_append (self->received, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  take_lines (self);
  if (!self->closing)
    read_next (self);
}

static void
read_next (FrControlConnection *self)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream), READ_SIZE, G_PRIORITY_DEFAULT,
                                   self->reading, read_cb, g_object_ref (self));
}

static void
fr_control_connection_finalize (GObject *object)
{
  FrControlConnection *self = FR_CONTROL_CONNECTION (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->received, g_byte_array_unref);
  g_string_free (self->unsent, TRUE);
  G_OBJECT_CLASS (fr_control_connection_parent_class)->finalize (object);
}

static void
fr_control_connection_class_init (FrControlConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fr_control_connection_finalize;

  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  signals[SIGNAL_BAD_LINE] = g_signal_new ("bad-line", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_CLOSED]
      = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_control_connection_init (FrControlConnection *self)
{
  self->reading = g_cancellable_new ();
  self->received = g_byte_array_new ();
  self->unsent = g_string_new (NULL);
}

static gboolean
shut_cb (gpointer data)
{
  shut (data);
  return G_SOURCE_REMOVE;
}

/**
 * fr_control_connection_new:
 * @stream: a connected stream; it is the connection's from now on
 *
 * Starts to read from @stream. It stays alive by itself until it is closed by either side.
 *
 * Returns: (transfer full): the connection
 */
FrControlConnection *
fr_control_connection_new (GIOStream *stream)
{
  FrControlConnection *self;

  g_return_val_if_fail (G_IS_IO_STREAM (stream), NULL);

  self = g_object_new (FR_TYPE_CONTROL_CONNECTION, NULL);
  self->stream = g_object_ref (stream);
  read_next (self);
  return self;
}

/**
 * fr_control_connection_send:
 * @self: a connection
 * @object: what to send
 *
 * Sends one line. If more than %FR_CONTROL_MAX_UNSENT bytes wait already, the other side has stopped to read, and the
 * connection is closed; never from within this function.
 *
 * Returns: %FALSE if it was not taken: the line would be too long, or the connection is not open
 */
gboolean
fr_control_connection_send (FrControlConnection *self, JsonObject *object)
{
  g_autofree char *line = NULL;
  gsize size = 0;

  g_return_val_if_fail (FR_IS_CONTROL_CONNECTION (self), FALSE);

  if (self->closing || (line = fr_control_format (object, &size)) == NULL)
    return FALSE;
  if (self->unsent->len + size > FR_CONTROL_MAX_UNSENT)
    {
      self->closing = TRUE; /* and "closed" later: callers need not reckon with it in the middle of sending */
      g_cancellable_cancel (self->reading);
      g_idle_add_full (G_PRIORITY_DEFAULT, shut_cb, g_object_ref (self), g_object_unref);
      return FALSE;
    }
  g_string_append_len (self->unsent, line, size);
  write_next (self);
  return TRUE;
}

/**
 * fr_control_connection_close:
 * @self: a connection
 *
 * Closes the connection once what was sent is written. Nothing more is received.
 */
void
fr_control_connection_close (FrControlConnection *self)
{
  g_return_if_fail (FR_IS_CONTROL_CONNECTION (self));

  if (self->closing)
    return;
  self->closing = TRUE;
  g_cancellable_cancel (self->reading);
  if (self->sending == NULL && self->unsent->len == 0)
    shut (self);
}

/**
 * fr_control_connection_is_open:
 * @self: a connection
 *
 * Returns: whether something can be sent and received
 */
gboolean
fr_control_connection_is_open (FrControlConnection *self)
{
  g_return_val_if_fail (FR_IS_CONTROL_CONNECTION (self), FALSE);

  return !self->closing;
}
