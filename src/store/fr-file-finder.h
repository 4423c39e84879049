/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which files a person means who names a file or a folder. Blocking; any thread. */

#define FR_FILE_FINDER_MAX_DEPTH 64

GPtrArray *fr_file_finder_find (const char *path, guint max_files, GCancellable *cancellable, GError **error);

G_END_DECLS
