/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Watches the bytes of a WebSocket (RFC 6455, 5.2) for messages that are too large as a whole. libsoup bounds a frame,
 * but before 3.8 not a message, which may consist of any number of frames. A plain value; does no I/O. */

#define FR_FRAME_HEADER_MAX 14

typedef struct
{
  gsize max_message_size;
  guint8 header[FR_FRAME_HEADER_MAX];
  guint header_length;
  guint64 payload_left;
  guint64 message_size;
} FrFrameLimit;

void fr_frame_limit_init (FrFrameLimit *self, gsize max_message_size);
gboolean fr_frame_limit_feed (FrFrameLimit *self, const guint8 *data, gsize size);

G_END_DECLS
