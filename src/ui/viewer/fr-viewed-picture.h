/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-moving-paintable.h"
#include "fr-texture-loader.h"
#include "fr-veil.h"
#include "fr-viewer-text.h"

G_BEGIN_DECLS

/* The picture that is looked at: one's own, or one that was found, which then comes. Knows what of it is here, has that decoded,
 * and keeps it. Main thread. */

#define FR_TYPE_VIEWED_PICTURE (fr_viewed_picture_get_type ())
G_DECLARE_FINAL_TYPE (FrViewedPicture, fr_viewed_picture, FR, VIEWED_PICTURE, GObject)

/* Of what a list may be made of: FrWallItem, FrGalleryItem, FrHit. */
const FrContentId *fr_viewed_picture_identify (gpointer object);

FrViewedPicture *fr_viewed_picture_new (FrNode *node, FrTextureLoader *loader, FrVeil *veil, gpointer object);
const FrContentId *fr_viewed_picture_get_id (FrViewedPicture *self);
FrGalleryItem *fr_viewed_picture_get_item (FrViewedPicture *self); /* nullable: in the own gallery */
FrHit *fr_viewed_picture_get_hit (FrViewedPicture *self);          /* nullable: it was found */
FrFetch *fr_viewed_picture_get_fetch (FrViewedPicture *self);      /* nullable: how it comes */
const char *fr_viewed_picture_get_title (FrViewedPicture *self);
const char *fr_viewed_picture_get_words (FrViewedPicture *self); /* its description, or else its title */
guint fr_viewed_picture_get_kind (FrViewedPicture *self);        /* Item.Type of the protocol */
void fr_viewed_picture_get_size (FrViewedPicture *self, guint *out_width, guint *out_height, guint64 *out_bytes);
const FrViewerFacts *fr_viewed_picture_get_facts (FrViewedPicture *self); /* as long as nothing changes */
gboolean fr_viewed_picture_is_here (FrViewedPicture *self);   /* it can be saved */
gboolean fr_viewed_picture_is_whole (FrViewedPicture *self);  /* it was decoded, not only its preview */

void fr_viewed_picture_open (FrViewedPicture *self); /* what is small of it, and what is not here is asked for */
void fr_viewed_picture_close (FrViewedPicture *self);
void fr_viewed_picture_want (FrViewedPicture *self, guint width, guint height);
void fr_viewed_picture_want_part (FrViewedPicture *self, const FrImagePart *part);
FrMovingPaintable *fr_viewed_picture_get_moving (FrViewedPicture *self); /* nullable */
void fr_viewed_picture_retry (FrViewedPicture *self);
void fr_viewed_picture_stop (FrViewedPicture *self);
void fr_viewed_picture_uncover (FrViewedPicture *self);
void fr_viewed_picture_keep (FrViewedPicture *self); /* as soon as it is here */

/* Signal "changed": facts. Signal "texture" (GdkTexture *texture): it is sharper now. Signal "kept": it has just been. Signal
 * "part" (GdkTexture *texture, const FrImagePart *part): what is looked at closely. Signal "moving": it moves. */

G_END_DECLS
