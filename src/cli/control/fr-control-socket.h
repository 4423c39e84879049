/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The Unix socket `control` in a data folder (mode 0600), however long the folder's path is. */

#define FR_CONTROL_SOCKET_NAME "control"

GSocket *fr_control_socket_listen (const char *folder, GError **error);
void fr_control_socket_unlink (const char *folder);
GIOStream *fr_control_socket_connect (const char *folder, GError **error);

G_END_DECLS
