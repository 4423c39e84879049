/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file by which a desktop starts Freshet at login, without a window. It is small, and read and written at once. */

gboolean fr_autostart_get (void);
gboolean fr_autostart_set (gboolean starts, GError **error);
char *fr_autostart_get_path (void);

/* Whether such a file, which others change too, has it started. */
gboolean fr_autostart_text_starts (const char *text);

G_END_DECLS
