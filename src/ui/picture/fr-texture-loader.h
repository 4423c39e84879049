/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-image-likeness.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* Small pictures as textures: decoded by freshet-image, a few at a time, in the order of asking, and the last ones
 * remembered. One a window; main thread. */

#define FR_TEXTURE_LOADER_SIDE 256      /* pixels that a small picture fits into */
#define FR_TEXTURE_LOADER_AT_ONCE 4     /* asked of freshet-image; the rest waits here, where it can be taken back */
#define FR_TEXTURE_LOADER_REMEMBERED 256

#define FR_TYPE_TEXTURE_LOADER (fr_texture_loader_get_type ())
G_DECLARE_FINAL_TYPE (FrTextureLoader, fr_texture_loader, FR, TEXTURE_LOADER, GObject)

FrTextureLoader *fr_texture_loader_new (FrNode *node);
GdkTexture *fr_texture_loader_recall (FrTextureLoader *self, const FrContentId *id, gboolean is_preview);
guint fr_texture_loader_get_n_remembered (FrTextureLoader *self);

/* preview: the bytes of it; NULL: the thumbnail in the own gallery. */
void fr_texture_loader_load_async (FrTextureLoader *self, const FrContentId *id, GBytes *preview,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GdkTexture *fr_texture_loader_load_finish (FrTextureLoader *self, GAsyncResult *result, GError **error);

GdkTexture *fr_texture_from_pixels (const FrImagePixels *pixels);
gboolean fr_texture_find_likeness (GdkTexture *texture, FrImageLikeness *out_likeness);

G_END_DECLS
