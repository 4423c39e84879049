/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "fr-content-id.h"

G_BEGIN_DECLS

/* Bytes that are on disk whole and hashed, but not yet in the catalogue. The file goes away with the last reference
 * unless fr_store_add_async() has taken it. Immutable otherwise; any thread. */

typedef struct _FrStaged FrStaged;

#define FR_TYPE_STAGED (fr_staged_get_type ())

GType fr_staged_get_type (void) G_GNUC_CONST;
FrStaged *fr_staged_ref (FrStaged *self);
void fr_staged_unref (FrStaged *self);

const FrContentId *fr_staged_get_id (const FrStaged *self);
guint64 fr_staged_get_size (const FrStaged *self);
GBytes *fr_staged_get_hashes (const FrStaged *self);
int fr_staged_get_fd (const FrStaged *self);

/* For the folder itself. */
FrStaged *fr_staged_new (const char *path, int fd, const FrContentId *id, guint64 size, GBytes *hashes);
const char *fr_staged_get_path (const FrStaged *self);
void fr_staged_set_taken (FrStaged *self, gboolean taken);
gboolean fr_staged_is_taken (const FrStaged *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrStaged, fr_staged_unref)

G_END_DECLS
