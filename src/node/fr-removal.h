/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"

G_BEGIN_DECLS

/* Pictures that were removed together, and can be brought back as long as this is there: whoever drops the last reference
 * removes them for good. */

#define FR_REMOVAL_MAX FR_STORE_MAX_HIDDEN

#define FR_TYPE_REMOVAL (fr_removal_get_type ())
G_DECLARE_FINAL_TYPE (FrRemoval, fr_removal, FR, REMOVAL, GObject)

void fr_removal_new_async (FrGallery *gallery, const FrContentId *ids, guint n_ids, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
FrRemoval *fr_removal_new_finish (FrGallery *gallery, GAsyncResult *result, GError **error);
guint fr_removal_get_n (FrRemoval *self);
void fr_removal_undo_async (FrRemoval *self, GAsyncReadyCallback callback, gpointer data);
int fr_removal_undo_finish (FrRemoval *self, GAsyncResult *result, GError **error);

G_END_DECLS
