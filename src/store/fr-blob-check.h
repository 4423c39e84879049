/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-blob-dir.h"

G_BEGIN_DECLS

/* Whether a file is the picture that its name says: of the hashes of its blocks the name is made. Blocking; any thread. */

void fr_blob_add_hash (GArray *hashes, gconstpointer data, gsize size);
gboolean fr_blob_check_hashes (GArray *hashes, guint64 size, const FrContentId *id, GError **error);

GBytes *fr_blob_check_fd (int fd,
                          const FrContentId *id,
                          guint64 *out_size,
                          GCancellable *cancellable,
                          GError **error);
GBytes *fr_blob_check (FrBlobDir *blobs,
                       const FrContentId *id,
                       guint64 *out_size,
                       GCancellable *cancellable,
                       GError **error);
GArray *fr_blob_list (FrBlobDir *blobs);

G_END_DECLS
