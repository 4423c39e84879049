/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-content-id.h"

G_BEGIN_DECLS

/* Of what a half-done picture consists, in its file behind its last byte: the hash of each block, then the size in 8
 * bytes, big end first. So it can be gone on with before anybody has sent that list again. Blocking. */

gboolean fr_block_list_write (int fd, guint64 size, GBytes *hashes, GError **error);
GBytes *fr_block_list_read (int fd, const FrContentId *id, guint64 *out_size, GError **error);

G_END_DECLS
