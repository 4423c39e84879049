/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reading and writing whole pieces of files, with the store's errors. Blocking; for worker threads. */

gssize fr_file_read (int fd, gpointer data, gsize size, guint64 offset, GError **error);
gboolean fr_file_write (int fd, gconstpointer data, gsize size, guint64 offset, GError **error);
gboolean fr_file_sync (int fd, GError **error);
gboolean fr_file_sync_folder (const char *path, GError **error);
gboolean fr_file_make_folder (const char *path, gboolean *out_made, GError **error);
gboolean fr_file_sync_way (const char *path, GError **error);
int fr_file_open_source (const char *path, GError **error);

G_END_DECLS
