/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-staged.h"

G_BEGIN_DECLS

/* A new file of a blob directory that is hashed on its way in. Removed again unless it is finished. One thread. */

typedef struct _FrBlobWriter FrBlobWriter;

FrBlobWriter *fr_blob_writer_new (const char *folder, GError **error);
void fr_blob_writer_free (FrBlobWriter *self);

gboolean fr_blob_writer_clone (FrBlobWriter *self, int fd);
gboolean fr_blob_writer_add (FrBlobWriter *self, gconstpointer data, gsize size, GError **error);
int fr_blob_writer_get_fd (FrBlobWriter *self);
guint64 fr_blob_writer_get_size (FrBlobWriter *self);
FrStaged *fr_blob_writer_finish (FrBlobWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrBlobWriter, fr_blob_writer_free)

G_END_DECLS
