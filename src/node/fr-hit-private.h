/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"
#include "fr-hits.h"

G_BEGIN_DECLS

/* What FrSearch and FrNewest alone may change of a hit. Delays are in microseconds since the search began. */

#define FR_HIT_MAX_HOLDERS 64

FrHit *fr_hit_new (const FrHitItem *item, gint64 delay_us);
FrHolder fr_hit_make_holder (const FrHits *hits);
gboolean fr_hit_add_holder (FrHit *self, const FrHolder *holder);
guint fr_hit_remove_holder (FrHit *self, const FrPeerKey *key);
gboolean fr_hit_get_preview_hash (FrHit *self, FrBlockHash *out_hash);
void fr_hit_set_fresh (FrHit *self, gboolean fresh);
void fr_hit_set_mine (FrHit *self, gboolean mine);
gboolean fr_hit_wants_preview (FrHit *self, const FrBlockHash *hash);
void fr_hit_set_preview (FrHit *self, GBytes *preview, gint64 delay_us);

G_END_DECLS
