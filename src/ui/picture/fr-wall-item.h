/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery-item.h"
#include "fr-hit.h"
#include "fr-node.h"
#include "fr-stack.h"
#include "fr-veil.h"

G_BEGIN_DECLS

/* A picture on a wall: one's own, or one that was found or shown by somebody. It is made when a tile shows it, and holds
 * nothing that the picture itself does not. Main thread. */

/* What stands on a tile. */
typedef struct
{
  char *who;                 /* nullable: the contact whose avatar stands on it; empty: no contact has it */
  char *from;                /* nullable: whom it is from, in words */
  char *audience;            /* nullable: who can see it, in words, where that is not the usual */
  const char *audience_icon; /* nullable: the same */
  guint n_others;            /* people who have it besides */
  guint n_alike;             /* much alike, of which this is the best */
  guint is_kept : 1;
  guint is_fresh : 1;
  guint is_veiled : 1;       /* no more than its colours is shown */
} FrWallFacts;

#define FR_TYPE_WALL_ITEM (fr_wall_item_get_type ())
G_DECLARE_FINAL_TYPE (FrWallItem, fr_wall_item, FR, WALL_ITEM, GObject)

FrWallItem *fr_wall_item_get (FrNode *node, FrGalleryItem *source);
FrWallItem *fr_wall_item_get_found (FrNode *node, FrVeil *veil, FrHit *hit); /* veil: nullable, nothing is blurred */
FrWallItem *fr_wall_item_get_stacked (FrNode *node, FrVeil *veil, FrStack *stack); /* the best of it is shown */

FrGalleryItem *fr_wall_item_get_source (FrWallItem *self); /* nullable: it was found */
FrHit *fr_wall_item_get_hit (FrWallItem *self);            /* nullable: it is of the own gallery */
FrStack *fr_wall_item_get_stack (FrWallItem *self);        /* nullable */
FrNode *fr_wall_item_get_node (FrWallItem *self);
const FrContentId *fr_wall_item_get_id (FrWallItem *self);
const char *fr_wall_item_get_words (FrWallItem *self); /* its description, or else its title */
gint64 fr_wall_item_get_time_us (FrWallItem *self);    /* by which it is sorted; 0: not known */
gboolean fr_wall_item_has_picture (FrWallItem *self);  /* so that it can be loaded */
GBytes *fr_wall_item_get_preview (FrWallItem *self);   /* nullable: the thumbnail of the own gallery is to be loaded */
const FrWallFacts *fr_wall_item_get_facts (FrWallItem *self);
void fr_wall_item_refresh (FrWallItem *self);

GPtrArray *fr_wall_item_list_whole (GPtrArray *items); /* of FrGalleryItem, and of FrFetch that are done */

/* Signal "changed": something of it. */

G_END_DECLS
