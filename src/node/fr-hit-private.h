/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"
#include "fr-hits.h"

G_BEGIN_DECLS

/* What FrSearch alone may change of a hit. Delays are in microseconds since the search began. */

#define FR_HIT_MAX_HOLDERS 64

FrHit *fr_hit_new (const FrHitItem *item, gint64 delay_us);
gboolean fr_hit_add_holder (FrHit *self, const FrHolder *holder);
void fr_hit_set_mine (FrHit *self, gboolean mine);
gboolean fr_hit_wants_preview (FrHit *self, const FrBlockHash *hash);
void fr_hit_set_preview (FrHit *self, GBytes *preview, gint64 delay_us);

G_END_DECLS
