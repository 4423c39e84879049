/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-codec.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The asking end of a control connection. Lives in the thread-default main context in which it was made. Letting go
 * of it closes the connection, which cancels all that it asked for. */

#define FR_TYPE_CONTROL_CLIENT (fr_control_client_get_type ())
G_DECLARE_FINAL_TYPE (FrControlClient, fr_control_client, FR, CONTROL_CLIENT, GObject)

/* An answer to a request: an event, or, once and last, the end (fr_control_check_end() reads it). If the other side
 * goes away, the end is made up here: FR_CONTROL_ERROR_LOST. */
typedef void (*FrControlAnswerFunc) (JsonObject *answer, gboolean is_end, gpointer data);

FrControlClient *fr_control_client_new (GIOStream *stream);
FrControlClient *fr_control_client_connect (const char *folder, GError **error);
gint64 fr_control_client_ask (FrControlClient *self, JsonObject *request, FrControlAnswerFunc func, gpointer data);
void fr_control_client_forget (FrControlClient *self, gint64 id);
gboolean fr_control_client_run (FrControlClient *self, JsonObject *request, FrControlAnswerFunc func, gpointer data,
                                GCancellable *cancellable, GError **error);

G_END_DECLS
