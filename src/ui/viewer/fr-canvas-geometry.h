/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-image-part.h"

G_BEGIN_DECLS

/* Where a picture is in what shows it, and how large. Pure; a value. Lengths are in units of the window, but for those of the
 * picture, which are its own pixels. */

#define FR_CANVAS_MAX_ENLARGED 16.0 /* pixels of the screen that one of the picture can be, unless fitting makes it more */
#define FR_CANVAS_ZOOM_STEP 1.25
#define FR_CANVAS_MAX_SIDE 8192u /* what is decoded as a whole, to be looked at closely: no longer than this… */
#define FR_CANVAS_MAX_PIXELS 16000000u /* …and no more than these: 64 MB */
#define FR_CANVAS_MAX_PART_PIXELS 32000000u /* of a part: all of a large screen, and what is around it */
#define FR_CANVAS_PART_MARGIN 0.25 /* of the view, on each side, so that a small movement needs no other part */
#define FR_CANVAS_WORTHWHILE 1.05  /* times as sharp as what there is: less is not asked for */

typedef struct
{
  double view_width, view_height;
  double scale; /* pixels of the screen in a unit */
  double picture_width, picture_height;
  double zoom;  /* units that a pixel of the picture is */
  double x, y;  /* what of the picture is in the middle */
  gboolean is_fit;      /* all of it is shown, whatever size the view gets */
  gboolean is_measured; /* its size is known, not only its shape */
} FrCanvasGeometry;

void fr_canvas_geometry_init (FrCanvasGeometry *self);
void fr_canvas_geometry_set_view (FrCanvasGeometry *self, double width, double height, double scale);
void fr_canvas_geometry_set_picture (FrCanvasGeometry *self, double width, double height, gboolean is_measured);
gboolean fr_canvas_geometry_is_ready (const FrCanvasGeometry *self); /* there is a picture, and room for it */

void fr_canvas_geometry_fit (FrCanvasGeometry *self);
void fr_canvas_geometry_zoom (FrCanvasGeometry *self, double zoom, double view_x, double view_y);
void fr_canvas_geometry_step (FrCanvasGeometry *self, double steps, double view_x, double view_y);
void fr_canvas_geometry_toggle (FrCanvasGeometry *self, double view_x, double view_y); /* fit, or 100 % */
void fr_canvas_geometry_move (FrCanvasGeometry *self, double dx, double dy);

double fr_canvas_geometry_get_fit (const FrCanvasGeometry *self);
double fr_canvas_geometry_get_actual (const FrCanvasGeometry *self); /* the zoom that is 100 % */
guint fr_canvas_geometry_get_percent (const FrCanvasGeometry *self);
gboolean fr_canvas_geometry_can_zoom (const FrCanvasGeometry *self, double steps);
gboolean fr_canvas_geometry_is_larger (const FrCanvasGeometry *self); /* than the view */
void fr_canvas_geometry_get_place (const FrCanvasGeometry *self, double *out_x, double *out_y, double *out_width,
                                   double *out_height);

/* How many pixels are worth having, of all of it; and of what is larger than may be had, the part that is looked at. */
void fr_canvas_geometry_get_wanted (const FrCanvasGeometry *self, guint *out_width, guint *out_height);
gboolean fr_canvas_geometry_needs_part (const FrCanvasGeometry *self);
void fr_canvas_geometry_get_part (const FrCanvasGeometry *self, FrImagePart *out_part);
gboolean fr_canvas_geometry_is_served (const FrCanvasGeometry *self, const FrImagePart *part);

G_END_DECLS
