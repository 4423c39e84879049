/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* All that comes out of a stream from another program, up to a bound. */

void fr_capped_read_async (GInputStream *stream, gsize max_size, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
GBytes *fr_capped_read_finish (GInputStream *stream, GAsyncResult *result, GError **error);

G_END_DECLS
