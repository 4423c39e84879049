/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-content-id.h"
#include "fr-staged.h"

G_BEGIN_DECLS

/* The bytes of pictures as files named by their content id: pictures/ab/abcdef…, new ones in pictures/tmp first,
 * half-done ones from others in incoming, and in originals/ab/abcdef… what pictures were before they were cleaned.
 * Blocking; any thread, except where a function says otherwise. */

#define FR_INCOMING_MAX_AGE_DAYS 7

typedef struct _FrBlobDir FrBlobDir;

FrBlobDir *fr_blob_dir_new (const char *folder, GError **error);
FrBlobDir *fr_blob_dir_new_for_originals (const char *folder, GError **error);
void fr_blob_dir_free (FrBlobDir *self);
void fr_blob_dir_stop (FrBlobDir *self);
gboolean fr_blob_dir_go_on (FrBlobDir *self, GCancellable *cancellable, GError **error);
const char *fr_blob_dir_get_pictures (FrBlobDir *self);
char *fr_blob_dir_get_path (FrBlobDir *self, const FrContentId *id);
gboolean fr_blob_dir_can_share (FrBlobDir *self, int fd);

FrStaged *fr_blob_dir_stage_fd (FrBlobDir *self, int fd, GCancellable *cancellable, GError **error);
FrStaged *fr_blob_dir_stage_bytes (FrBlobDir *self, GBytes *bytes, GCancellable *cancellable, GError **error);
FrStaged *fr_blob_dir_stage_incoming (FrBlobDir *self,
                                      const FrContentId *id,
                                      guint64 size,
                                      GBytes *hashes,
                                      GError **error);

gboolean fr_blob_dir_place (FrBlobDir *self, FrStaged *staged, GError **error);
gboolean fr_blob_dir_take_back (FrBlobDir *self, FrStaged *staged);
gboolean fr_blob_dir_remove (FrBlobDir *self, const FrContentId *id, GError **error);

int fr_blob_dir_open_read (FrBlobDir *self, const FrContentId *id, GError **error);
GBytes *fr_blob_dir_read_block (FrBlobDir *self, const FrContentId *id, guint block, GError **error);
char *fr_blob_dir_export (FrBlobDir *self,
                          const FrContentId *id,
                          const char *path,
                          GCancellable *cancellable,
                          GError **error);

char *fr_blob_dir_get_incoming_path (FrBlobDir *self, const FrContentId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrBlobDir, fr_blob_dir_free)

G_END_DECLS
