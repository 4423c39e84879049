/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An ordered, reliable way to send messages to one peer: a WebRTC data channel, or its twin in memory. It belongs to
 * the thread-default main context in which it was made; every call comes from there and every signal is emitted there.
 *
 * Signals: "opened" (), unless it was open when it was handed over; "message" (GBytes *); "drained" (), when the
 * buffered amount has fallen to FR_CHANNEL_LOW_WATER or below; "closed" (), once, after everything else. None of them
 * is emitted from within a call of the functions below. */

#define FR_CHANNEL_MAX_MESSAGE 65536
#define FR_CHANNEL_HIGH_WATER (256 * 1024)                /* who streams stops above this and waits for "drained" */
#define FR_CHANNEL_LOW_WATER (FR_CHANNEL_HIGH_WATER / 4)
#define FR_CHANNEL_MAX_BUFFERED (4 * 1024 * 1024)         /* no message is taken while more than this waits */

#define FR_CHANNEL_ERROR (fr_channel_error_quark ())
typedef enum
{
  FR_CHANNEL_ERROR_CLOSED, /* not open yet, or not any more */
  FR_CHANNEL_ERROR_SIZE,   /* a message of 0 bytes, or of more than FR_CHANNEL_MAX_MESSAGE */
  FR_CHANNEL_ERROR_FULL,   /* more than FR_CHANNEL_MAX_BUFFERED waits to be sent */
  FR_CHANNEL_ERROR_FAILED, /* the transport refused */
} FrChannelError;

GQuark fr_channel_error_quark (void);

#define FR_TYPE_CHANNEL (fr_channel_get_type ())
G_DECLARE_DERIVABLE_TYPE (FrChannel, fr_channel, FR, CHANNEL, GObject)

struct _FrChannelClass
{
  GObjectClass parent_class;

  gboolean (*send) (FrChannel *self, GBytes *message, GError **error);
  guint64 (*get_buffered_amount) (FrChannel *self);
  void (*close) (FrChannel *self); /* must lead to fr_channel_emit_closed() from the main context */
};

gboolean fr_channel_send (FrChannel *self, GBytes *message, GError **error);
guint64 fr_channel_get_buffered_amount (FrChannel *self);
guint64 fr_channel_get_n_bytes (FrChannel *self);
const char *fr_channel_get_label (FrChannel *self);
gboolean fr_channel_is_open (FrChannel *self);
void fr_channel_close (FrChannel *self);

/* For implementations. */
void fr_channel_emit_opened (FrChannel *self);
void fr_channel_emit_message (FrChannel *self, GBytes *message);
void fr_channel_emit_drained (FrChannel *self);
void fr_channel_emit_closed (FrChannel *self);

G_END_DECLS
