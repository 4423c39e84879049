/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-image-part.h"

G_BEGIN_DECLS

/* Shows one picture: as large as fits, or part of it, larger; what there is of it so far, and says how sharp it could be. It
 * never waits. Main thread. */

#define FR_TYPE_CANVAS (fr_canvas_get_type ())
G_DECLARE_FINAL_TYPE (FrCanvas, fr_canvas, FR, CANVAS, GtkWidget)

void fr_canvas_clear (FrCanvas *self, guint width, guint height, const char *label);
void fr_canvas_set_label (FrCanvas *self, const char *label);
void fr_canvas_set_texture (FrCanvas *self, GdkTexture *texture);
GdkTexture *fr_canvas_get_texture (FrCanvas *self);
void fr_canvas_set_part (FrCanvas *self, GdkTexture *texture, const FrImagePart *part);
GdkTexture *fr_canvas_get_part (FrCanvas *self); /* nullable */
void fr_canvas_set_moving (FrCanvas *self, GdkPaintable *moving);
void fr_canvas_set_covered (FrCanvas *self, gboolean is_covered);

void fr_canvas_zoom (FrCanvas *self, double steps);
void fr_canvas_zoom_to_fit (FrCanvas *self);
void fr_canvas_zoom_to_actual (FrCanvas *self);
gboolean fr_canvas_can_zoom (FrCanvas *self, double steps);
gboolean fr_canvas_pan (FrCanvas *self, int x, int y);
guint fr_canvas_get_percent (FrCanvas *self);
gboolean fr_canvas_is_fit (FrCanvas *self);
gboolean fr_canvas_is_larger (FrCanvas *self);   /* than there is room for */
gboolean fr_canvas_is_measured (FrCanvas *self); /* its size is known, so that it can be zoomed */

/* Signal "zoomed": what stands beside it may say something else. Signal "want" (uint width, uint height): the picture would be
 * sharper with so many pixels. Signal "want-part" (const FrImagePart *part): it is looked at so closely that this part of it would
 * be. */

G_END_DECLS
