/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A connection under a WebSocket, for the two bounds that libsoup lacks: how large a message may become over its
 * frames, and how much waits to be written to somebody who does not read. */

#define FR_TYPE_METERED_STREAM (fr_metered_stream_get_type ())
G_DECLARE_FINAL_TYPE (FrMeteredStream, fr_metered_stream, FR, METERED_STREAM, GIOStream)

GIOStream *fr_metered_stream_new (GIOStream *base, gsize max_message_size);
guint64 fr_metered_stream_get_written (FrMeteredStream *self);

G_END_DECLS
