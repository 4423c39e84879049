/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* Lets other processes of the same person ask a node: beside a peer without a window, and beside the window. Lives in
 * the main thread. */

#define FR_CONTROL_MAX_SESSIONS 16

#define FR_TYPE_CONTROL_SERVER (fr_control_server_get_type ())
G_DECLARE_FINAL_TYPE (FrControlServer, fr_control_server, FR, CONTROL_SERVER, GObject)

FrControlServer *fr_control_server_new (FrNode *node);
gboolean fr_control_server_listen (FrControlServer *self, GError **error);
gboolean fr_control_server_add_stream (FrControlServer *self, GIOStream *stream);
guint fr_control_server_get_n_sessions (FrControlServer *self);
void fr_control_server_close (FrControlServer *self);

G_END_DECLS
