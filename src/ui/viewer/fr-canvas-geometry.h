/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a picture is in what shows it, and how large. Pure; a value. Lengths are in units of the window, but for those of the
 * picture, which are its own pixels. */

#define FR_CANVAS_MAX_ENLARGED 16.0 /* pixels of the screen that one of the picture can be, unless fitting makes it more */
#define FR_CANVAS_ZOOM_STEP 1.25
#define FR_CANVAS_MAX_SIDE 8192u /* what is decoded: no longer than this… */
#define FR_CANVAS_MAX_PIXELS 48000000u /* …and no more than these: 192 MB */

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

/* How many pixels are worth having. */
void fr_canvas_geometry_get_wanted (const FrCanvasGeometry *self, guint *out_width, guint *out_height);

G_END_DECLS
