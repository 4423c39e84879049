/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "fr-image-frames.h"

G_BEGIN_DECLS

/* What a moving picture looks like at each moment. It asks for the frames that come next before they are to be seen, and
 * keeps them; where they are late, it waits with the last. Main thread. */

#define FR_TYPE_MOVING_PAINTABLE (fr_moving_paintable_get_type ())
G_DECLARE_FINAL_TYPE (FrMovingPaintable, fr_moving_paintable, FR, MOVING_PAINTABLE, GObject)

#define FR_MOVING_MAX_SIDE   2048u                /* pixels of a frame */
#define FR_MOVING_MAX_BYTES  (192u * 1024 * 1024) /* of all frames; larger ones are made smaller */
#define FR_MOVING_FIRST_BATCH 16u /* few, so that it moves soon */
#define FR_MOVING_BATCH      64u

FrMovingPaintable *fr_moving_paintable_new (void);
void fr_moving_paintable_start (FrMovingPaintable *self);
void fr_moving_paintable_take (FrMovingPaintable *self, const FrImageFrames *frames); /* what was asked for */
void fr_moving_paintable_fail (FrMovingPaintable *self);                              /* it will not come */
gboolean fr_moving_paintable_is_ready (FrMovingPaintable *self);                      /* there are two frames */

void fr_moving_paintable_set_playing (FrMovingPaintable *self, gboolean is_playing);
gboolean fr_moving_paintable_get_playing (FrMovingPaintable *self);
void fr_moving_paintable_set_seen (FrMovingPaintable *self, gboolean is_seen); /* what nobody sees stands still */
guint fr_moving_paintable_get_position (FrMovingPaintable *self);
gint64 fr_moving_paintable_get_shown_us (FrMovingPaintable *self); /* since when that is seen: monotonic time */
void fr_moving_paintable_advance (FrMovingPaintable *self, gint64 now_us); /* by itself, and for tests */

/* Signal "want" (uint first, uint n, uint side): these frames would be next; one request at a time. Signal "ready": it moves
 * from now on. */

G_END_DECLS
