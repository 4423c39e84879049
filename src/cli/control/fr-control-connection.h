/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-codec.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One end of a control connection: lines in, lines out. Lives in the thread-default main context in which it was
 * made. Never blocks; who does not read what is sent is cut off.
 *
 * Signals: "message" (JsonObject *); "bad-line" (GError *), and reading goes on unless the line was too long; "closed"
 * (), once, by the other side or after fr_control_connection_close(). */

#define FR_CONTROL_MAX_UNSENT (4 * 1024 * 1024) /* bytes that wait for the other side to read */

#define FR_TYPE_CONTROL_CONNECTION (fr_control_connection_get_type ())
G_DECLARE_FINAL_TYPE (FrControlConnection, fr_control_connection, FR, CONTROL_CONNECTION, GObject)

FrControlConnection *fr_control_connection_new (GIOStream *stream);
gboolean fr_control_connection_send (FrControlConnection *self, JsonObject *object);
void fr_control_connection_close (FrControlConnection *self);
gboolean fr_control_connection_is_open (FrControlConnection *self);

G_END_DECLS
