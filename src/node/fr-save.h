/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Copies an open file to where a person wants it, never over another file. Blocks: for a worker thread. */
char *fr_save_copy (int fd, const char *folder_or_path, const char *title, guint type, GCancellable *cancellable,
                    GError **error);

G_END_DECLS
