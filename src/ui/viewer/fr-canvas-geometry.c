/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-canvas-geometry.h"

#include <math.h>

#define NEARLY 0.001 /* zooms that differ by less are the same */

static double
get_least (const FrCanvasGeometry *self)
{
  return MIN (fr_canvas_geometry_get_fit (self), fr_canvas_geometry_get_actual (self));
}

static double
get_most (const FrCanvasGeometry *self)
{
  return MAX (fr_canvas_geometry_get_fit (self), FR_CANVAS_MAX_ENLARGED * fr_canvas_geometry_get_actual (self));
}

/* What is larger than the view fills it; what is not stands in the middle. */
static double
clamp_middle (double middle, double picture, double view, double zoom)
{
  double half = view / zoom / 2;

  return 2 * half >= picture ? picture / 2 : CLAMP (middle, half, picture - half);
}

static void
settle (FrCanvasGeometry *self)
{
  if (!fr_canvas_geometry_is_ready (self))
    return;
  if (self->is_fit)
    self->zoom = fr_canvas_geometry_get_fit (self);
  self->zoom = CLAMP (self->zoom, get_least (self), get_most (self));
  self->x = clamp_middle (self->x, self->picture_width, self->view_width, self->zoom);
  self->y = clamp_middle (self->y, self->picture_height, self->view_height, self->zoom);
}

void
fr_canvas_geometry_init (FrCanvasGeometry *self)
{
  *self = (FrCanvasGeometry){ .scale = 1, .zoom = 1, .is_fit = TRUE };
}

/**
 * fr_canvas_geometry_set_view:
 * @self: a geometry
 * @width: of what shows the picture
 * @height: the same
 * @scale: pixels of the screen in a unit
 *
 * What was in the middle stays there.
 */
void
fr_canvas_geometry_set_view (FrCanvasGeometry *self, double width, double height, double scale)
{
  self->view_width = width;
  self->view_height = height;
  self->scale = scale;
  settle (self);
}

/**
 * fr_canvas_geometry_set_picture:
 * @self: a geometry
 * @width: of the picture
 * @height: the same
 * @is_measured: that is its size; %FALSE: only its shape is known, from its preview
 *
 * Another picture, or the same once its size is known: it is fitted.
 */
void
fr_canvas_geometry_set_picture (FrCanvasGeometry *self, double width, double height, gboolean is_measured)
{
  self->picture_width = width;
  self->picture_height = height;
  self->is_measured = is_measured;
  fr_canvas_geometry_fit (self);
}

gboolean
fr_canvas_geometry_is_ready (const FrCanvasGeometry *self)
{
  return self->picture_width > 0 && self->picture_height > 0 && self->view_width > 0 && self->view_height > 0;
}

void
fr_canvas_geometry_fit (FrCanvasGeometry *self)
{
  self->is_fit = TRUE;
  settle (self);
}

/**
 * fr_canvas_geometry_zoom:
 * @self: a geometry
 * @zoom: units that a pixel of the picture is to be
 * @view_x: what stays where it is: there
 * @view_y: the same
 */
void
fr_canvas_geometry_zoom (FrCanvasGeometry *self, double zoom, double view_x, double view_y)
{
  double from_x = view_x - self->view_width / 2, from_y = view_y - self->view_height / 2;
  double fit = fr_canvas_geometry_get_fit (self);

  if (!fr_canvas_geometry_is_ready (self))
    return;
  zoom = CLAMP (zoom, get_least (self), get_most (self));
  self->x += from_x / self->zoom - from_x / zoom;
  self->y += from_y / self->zoom - from_y / zoom;
  self->zoom = zoom;
  self->is_fit = fabs (zoom / fit - 1) < NEARLY;
  settle (self);
}

/**
 * fr_canvas_geometry_step:
 * @self: a geometry
 * @steps: how many; below 0: smaller
 * @view_x: what stays where it is: there
 * @view_y: the same
 *
 * A step over all of it, or over 100 %, stops there.
 */
void
fr_canvas_geometry_step (FrCanvasGeometry *self, double steps, double view_x, double view_y)
{
  double zoom = self->zoom * pow (FR_CANVAS_ZOOM_STEP, steps);
  const double stops[] = { fr_canvas_geometry_get_fit (self), fr_canvas_geometry_get_actual (self) };

  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    if (steps > 0 && stops[i] > self->zoom * (1 + NEARLY))
      zoom = MIN (zoom, stops[i]);
    else if (steps < 0 && stops[i] < self->zoom * (1 - NEARLY))
      zoom = MAX (zoom, stops[i]);
  fr_canvas_geometry_zoom (self, zoom, view_x, view_y);
}

void
fr_canvas_geometry_toggle (FrCanvasGeometry *self, double view_x, double view_y)
{
  if (self->is_fit)
    fr_canvas_geometry_zoom (self, fr_canvas_geometry_get_actual (self), view_x, view_y);
  else
    fr_canvas_geometry_fit (self);
}

/**
 * fr_canvas_geometry_move:
 * @self: a geometry
 * @dx: how far the picture goes to the right
 * @dy: and down
 */
void
fr_canvas_geometry_move (FrCanvasGeometry *self, double dx, double dy)
{
  self->x -= dx / self->zoom;
  self->y -= dy / self->zoom;
  settle (self);
}

/**
 * fr_canvas_geometry_get_fit:
 * @self: a geometry
 *
 * Returns: the zoom that shows all of it. What is small is not enlarged, as its pixels would show; of what is only known as
 *   a preview the size is not
 */
double
fr_canvas_geometry_get_fit (const FrCanvasGeometry *self)
{
  double fit;

  if (!fr_canvas_geometry_is_ready (self))
    return 1;
  fit = MIN (self->view_width / self->picture_width, self->view_height / self->picture_height);
  return self->is_measured ? MIN (fit, fr_canvas_geometry_get_actual (self)) : fit;
}

double
fr_canvas_geometry_get_actual (const FrCanvasGeometry *self)
{
  return 1 / self->scale;
}

guint
fr_canvas_geometry_get_percent (const FrCanvasGeometry *self)
{
  return MAX ((guint) lround (self->zoom * self->scale * 100), 1);
}

gboolean
fr_canvas_geometry_can_zoom (const FrCanvasGeometry *self, double steps)
{
  if (!fr_canvas_geometry_is_ready (self) || !self->is_measured)
    return FALSE;
  return steps < 0 ? self->zoom > get_least (self) * (1 + NEARLY) : self->zoom < get_most (self) * (1 - NEARLY);
}

gboolean
fr_canvas_geometry_is_larger (const FrCanvasGeometry *self)
{
  return fr_canvas_geometry_is_ready (self)
         && (self->picture_width * self->zoom > self->view_width * (1 + NEARLY)
             || self->picture_height * self->zoom > self->view_height * (1 + NEARLY));
}

void
fr_canvas_geometry_get_place (const FrCanvasGeometry *self, double *out_x, double *out_y, double *out_width,
                              double *out_height)
{
  *out_x = self->view_width / 2 - self->x * self->zoom;
  *out_y = self->view_height / 2 - self->y * self->zoom;
  *out_width = self->picture_width * self->zoom;
  *out_height = self->picture_height * self->zoom;
}

/* More than may be decoded as a whole at its full size. */
static gboolean
is_vast (const FrCanvasGeometry *self)
{
  return self->is_measured
         && (self->picture_width * self->picture_height > FR_CANVAS_MAX_PIXELS
             || MAX (self->picture_width, self->picture_height) > FR_CANVAS_MAX_SIDE);
}

/* Pixels of the screen that one of the picture is; what is measured has no more pixels than its own. */
static double
get_share (const FrCanvasGeometry *self, double zoom)
{
  return self->is_measured ? MIN (zoom * self->scale, 1) : zoom * self->scale;
}

static double
limit_share (double share, double width, double height, double max_pixels)
{
  double pixels;

  share = MIN (share, FR_CANVAS_MAX_SIDE / MAX (width, height));
  pixels = share * share * width * height;
  return pixels > max_pixels ? share * sqrt (max_pixels / pixels) : share;
}

/**
 * fr_canvas_geometry_get_wanted:
 * @self: a geometry
 * @out_width: (out): so many pixels
 * @out_height: (out): the same
 *
 * What is fitted needs no more pixels than the screen has. Of what is larger than the view any part may be looked at next,
 * and it is decoded as a whole and as large as it is, unless that is too much: see fr_canvas_geometry_get_part().
 */
void
fr_canvas_geometry_get_wanted (const FrCanvasGeometry *self, guint *out_width, guint *out_height)
{
  double share = 1;

  if (is_vast (self))
    share = get_share (self, fr_canvas_geometry_get_fit (self));
  else if (!fr_canvas_geometry_is_larger (self))
    share = get_share (self, self->zoom);
  share = limit_share (share, self->picture_width, self->picture_height, FR_CANVAS_MAX_PIXELS);
  *out_width = MAX ((guint) lround (share * self->picture_width), 1);
  *out_height = MAX ((guint) lround (share * self->picture_height), 1);
}

/**
 * fr_canvas_geometry_needs_part:
 * @self: a geometry
 *
 * Returns: whether it is looked at more closely than the whole can be decoded
 */
gboolean
fr_canvas_geometry_needs_part (const FrCanvasGeometry *self)
{
  return is_vast (self) && fr_canvas_geometry_is_larger (self);
}

/* Along one side: what is seen of it, and so much more on either side. JPEG is made of blocks of 8. */
static void
find_range (double middle, double view, double zoom, double margin, double whole, guint *out_start, guint *out_size)
{
  double half = view / zoom / 2 * (1 + 2 * margin);
  double start = CLAMP (floor ((middle - half) / 8) * 8, 0, whole - 1);
  double end = CLAMP (ceil ((middle + half) / 8) * 8, start + 1, whole);

  *out_start = (guint) start;
  *out_size = (guint) (end - start);
}

/**
 * fr_canvas_geometry_get_part:
 * @self: a geometry that needs a part
 * @out_part: (out): what is looked at, and what is around it, as large as it is shown
 */
void
fr_canvas_geometry_get_part (const FrCanvasGeometry *self, FrImagePart *out_part)
{
  FrImagePart part = { 0 };
  double share;

  find_range (self->x, self->view_width, self->zoom, FR_CANVAS_PART_MARGIN, self->picture_width, &part.left, &part.width);
  find_range (self->y, self->view_height, self->zoom, FR_CANVAS_PART_MARGIN, self->picture_height, &part.top,
              &part.height);
  share = limit_share (get_share (self, self->zoom), part.width, part.height, FR_CANVAS_MAX_PART_PIXELS);
  part.max_width = MAX ((guint) lround (share * part.width), 1);
  part.max_height = MAX ((guint) lround (share * part.height), 1);
  *out_part = part;
}

/**
 * fr_canvas_geometry_is_served:
 * @self: a geometry that needs a part
 * @part: one that there is
 *
 * Returns: whether that has all that is looked at, as sharp as it can be
 */
gboolean
fr_canvas_geometry_is_served (const FrCanvasGeometry *self, const FrImagePart *part)
{
  FrImagePart wanted;
  guint left, top, width, height;

  fr_canvas_geometry_get_part (self, &wanted);
  find_range (self->x, self->view_width, self->zoom, 0, self->picture_width, &left, &width);
  find_range (self->y, self->view_height, self->zoom, 0, self->picture_height, &top, &height);
  return left >= part->left && top >= part->top && left + width <= part->left + part->width
         && top + height <= part->top + part->height
         && (double) part->max_width / part->width * FR_CANVAS_WORTHWHILE >= (double) wanted.max_width / wanted.width;
}
