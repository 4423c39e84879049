/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"

G_BEGIN_DECLS

/* A picture of somebody else's: it is fetched and shown large; then it can be kept, or saved to a file. */

#define FR_TYPE_HIT_VIEW (fr_hit_view_get_type ())
G_DECLARE_FINAL_TYPE (FrHitView, fr_hit_view, FR, HIT_VIEW, AdwBin)

void fr_hit_view_set_node (FrHitView *self, FrNode *node, FrTextureLoader *loader);
void fr_hit_view_open (FrHitView *self, FrHit *hit);
void fr_hit_view_close (FrHitView *self);
FrFetch *fr_hit_view_get_fetch (FrHitView *self);
gboolean fr_hit_view_is_whole (FrHitView *self);

/* Actions "hit.keep", "hit.save-as".
 * Signal "message" (const char *text). */

G_END_DECLS
