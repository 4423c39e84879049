/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-viewed-picture.h"

G_BEGIN_DECLS

/* The picture that is looked at in parts: what is done with it, and what is known of it. */

struct _FrViewedPicture
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrTextureLoader *loader;
  FrVeil *veil; /* nullable */
  FrGalleryItem *item;
  FrHit *hit;
  FrFetch *fetch;
  GSignalGroup *item_signals;
  GSignalGroup *hit_signals;
  GSignalGroup *fetch_signals;
  GCancellable *cancellable; /* of what is being loaded */
  GCancellable *rendering;   /* of what is being decoded */
  GCancellable *part_rendering;
  FrMovingPaintable *moving; /* nullable: it may move */
  GSource *silence;
  char *gone;
  char *error;
  char *keep_error;
  char *about;
  char *size;
  char *holder;

  /* state */
  FrContentId id;
  FrPeerKey holder_key;
  FrViewerFacts facts;
  guint wanted_width, wanted_height;
  FrImagePart part; /* wanted; of no width: none */
  guint is_open : 1;
  guint is_slow : 1;
  guint is_keeping : 1; /* it is to be kept, or is being kept */
  guint is_whole : 1;
};

gboolean fr_viewed_picture_is_covered (FrViewedPicture *self);
FrFetchState fr_viewed_picture_get_state (FrViewedPicture *self);
void fr_viewed_picture_render_part (FrViewedPicture *self);
void fr_viewed_picture_begin_moving (FrViewedPicture *self);
void fr_viewed_picture_end_closely (FrViewedPicture *self);
const char *fr_viewed_picture_find_holder_name (FrViewedPicture *self, const FrPeerKey *key);

G_END_DECLS
