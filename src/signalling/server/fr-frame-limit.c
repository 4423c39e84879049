/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame-limit.h"

#define IS_LAST 0x80
#define OPCODE 0x0f
#define OPCODE_CONTINUATION 0x0
#define OPCODE_CONTROL 0x8 /* this bit: ping, pong and close, which may come between the frames of a message */
#define IS_MASKED 0x80
#define LENGTH 0x7f
#define LENGTH_16 126
#define LENGTH_64 127

/* How long the header is, as far as its first two bytes tell. */
static guint
header_size (const FrFrameLimit *self)
{
  guint size = 2;

  if (self->header_length < 2)
    return size;
  if ((self->header[1] & LENGTH) == LENGTH_16)
    size += 2;
  else if ((self->header[1] & LENGTH) == LENGTH_64)
    size += 8;
  return (self->header[1] & IS_MASKED) != 0 ? size + 4 : size;
}

static guint64
payload_size (const FrFrameLimit *self)
{
  guint length = self->header[1] & LENGTH;
  guint n_bytes = length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0;
  guint64 size = n_bytes == 0 ? length : 0;

  for (guint i = 0; i < n_bytes; i++)
    size = size << 8 | self->header[2 + i];
  return size;
}

static gboolean
begin_payload (FrFrameLimit *self)
{
  guint opcode = self->header[0] & OPCODE;

  self->payload_left = payload_size (self);
  self->header_length = 0;
  if (self->payload_left > self->max_message_size)
    return FALSE;
  if ((opcode & OPCODE_CONTROL) != 0)
    return TRUE;
  if (opcode != OPCODE_CONTINUATION)
    self->message_size = 0;
  self->message_size += self->payload_left;
  if (self->message_size > self->max_message_size)
    return FALSE;
  if ((self->header[0] & IS_LAST) != 0)
    self->message_size = 0;
  return TRUE;
}

/**
 * fr_frame_limit_init:
 * @self: (out caller-allocates): a limit
 * @max_message_size: the most bytes that a message may have, all its frames together
 *
 * Sets up a limit for a connection that begins.
 */
void
fr_frame_limit_init (FrFrameLimit *self, gsize max_message_size)
{
  *self = (FrFrameLimit) { .max_message_size = max_message_size };
}

/**
 * fr_frame_limit_feed:
 * @self: a limit
 * @data: (array length=size): the next bytes that were received
 * @size: how many
 *
 * Looks at what is received.
 *
 * Returns: %FALSE if a message is too large: nothing after that can be told
 */
gboolean
fr_frame_limit_feed (FrFrameLimit *self, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      guint64 skipped = MIN (self->payload_left, size);

      self->payload_left -= skipped;
      data += skipped;
      size -= skipped;
      if (size == 0)
        break;
      self->header[self->header_length++] = *data++;
      size--;
      if (self->header_length >= 2 && self->header_length == header_size (self) && !begin_payload (self))
        return FALSE;
    }
  return TRUE;
}
