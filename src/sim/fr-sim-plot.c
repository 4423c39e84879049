/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-plot.h"

#include <cairo-svg.h>
#include <errno.h>
#include <math.h>

#define LEFT 84
#define RIGHT 24
#define TOP 52
#define BOTTOM 64
#define TICK 5
#define MOST_TICKS 8
#define FONT "sans-serif"
#define LEGEND_LINE 18
#define LEGEND_SAMPLE 28
#define LEGEND_PAD 8
#define MARK 3.2 /* radius of a point */

typedef struct
{
  char *name;
  FrSimPlotStyle style;
  GArray *points; /* of Point */
} Curve;

typedef struct
{
  double x;
  double y;
} Point;

/* Where numbers of an axis are on paper. */
typedef struct
{
  double low;
  double high;
  double at_low;
  double at_high;
  gboolean is_log;
} Axis;

struct _FrSimPlot
{
  char *title;
  char *x_label;
  char *y_label;
  FrSimPlotFlags flags;
  GPtrArray *curves; /* of Curve */
};

/* Okabe and Ito's, which nearly everybody can tell apart. */
static const double colours[FR_SIM_PLOT_MAX_CURVES][3] = {
  { 0.00, 0.45, 0.70 }, { 0.84, 0.37, 0.00 }, { 0.00, 0.62, 0.45 }, { 0.80, 0.47, 0.65 },
  { 0.34, 0.71, 0.91 }, { 0.90, 0.62, 0.00 }, { 0.35, 0.35, 0.35 }, { 0.58, 0.40, 0.20 },
};

static void
curve_free (Curve *curve)
{
  g_free (curve->name);
  g_array_unref (curve->points);
  g_free (curve);
}

static double
place (const Axis *axis, double value)
{
  double low = axis->is_log ? log10 (axis->low) : axis->low;
  double high = axis->is_log ? log10 (axis->high) : axis->high;
  double at = axis->is_log ? log10 (MAX (value, axis->low)) : value;

  return axis->at_low + (at - low) / (high - low) * (axis->at_high - axis->at_low);
}

/* 1, 2 or 5 times a power of ten, so that there are few enough. */
static double
step_of (double range)
{
  double power = pow (10, floor (log10 (range / MOST_TICKS)));

  for (guint i = 0;; i++)
    {
      static const double factors[] = { 1, 2, 5, 10 };

      if (range / (power * factors[i]) <= MOST_TICKS || i == G_N_ELEMENTS (factors) - 1)
        return power * factors[i];
    }
}

static void
find_range (FrSimPlot *self, gboolean is_y, Axis *axis)
{
  gboolean found = FALSE;
  double low = 0, high = 1;

  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);

      for (guint j = 0; j < curve->points->len; j++)
        {
          const Point *point = &g_array_index (curve->points, Point, j);
          double value = is_y ? point->y : point->x;

          if (axis->is_log && value <= 0)
            continue;
          low = found ? MIN (low, value) : value;
          high = found ? MAX (high, value) : value;
          found = TRUE;
        }
    }
  axis->low = low;
  axis->high = high;
}

static void
round_range (FrSimPlot *self, gboolean is_y, Axis *axis)
{
  double step;

  if (axis->is_log)
    {
      axis->low = pow (10, floor (log10 (axis->low > 0 ? axis->low : 1) + 1e-9));
      axis->high = pow (10, ceil (log10 (axis->high > 0 ? axis->high : 1) - 1e-9));
      if (axis->high <= axis->low)
        axis->high = axis->low * 10;
      return;
    }
  if (is_y && (self->flags & FR_SIM_PLOT_FROM_ZERO) != 0)
    axis->low = MIN (0, axis->low);
  if (axis->high <= axis->low)
    axis->high = axis->low + 1;
  step = step_of (axis->high - axis->low);
  axis->low = floor (axis->low / step + 1e-9) * step;
  axis->high = ceil (axis->high / step - 1e-9) * step;
}

static void
show_text (cairo_t *cr, double x, double y, double align, const char *text)
{
  cairo_text_extents_t extents;

  cairo_text_extents (cr, text, &extents);
  cairo_move_to (cr, x - align * extents.x_advance, y);
  cairo_show_text (cr, text);
}

static char *
format_tick (double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  double size = fabs (value);

  if (size >= 1e6)
    return g_strdup_printf ("%sM", g_ascii_formatd (number, sizeof number, "%g", value / 1e6));
  if (size >= 1e4)
    return g_strdup_printf ("%sk", g_ascii_formatd (number, sizeof number, "%g", value / 1e3));
  return g_strdup (g_ascii_formatd (number, sizeof number, "%g", size < 1e-12 ? 0 : value));
}

static void
draw_tick (cairo_t *cr, const Axis *axis, const Axis *other, gboolean is_y, double value)
{
  double at = round (place (axis, value)) + 0.5;
  g_autofree char *text = format_tick (value);

  cairo_set_source_rgb (cr, 0.88, 0.88, 0.88);
  cairo_move_to (cr, is_y ? other->at_low : at, is_y ? at : other->at_low);
  cairo_line_to (cr, is_y ? other->at_high : at, is_y ? at : other->at_high);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0.2, 0.2, 0.2);
  if (is_y)
    show_text (cr, other->at_low - TICK - 3, at + 4, 1, text);
  else
    show_text (cr, at, other->at_low + TICK + 13, 0.5, text);
}

static void
draw_ticks (cairo_t *cr, const Axis *axis, const Axis *other, gboolean is_y)
{
  double step = axis->is_log ? 10 : step_of (axis->high - axis->low);

  if (axis->is_log)
    for (double value = axis->low; value <= axis->high * 1.0001; value *= step)
      draw_tick (cr, axis, other, is_y, value);
  else
    for (guint i = 0; axis->low + i * step <= axis->high + step / 1000; i++)
      draw_tick (cr, axis, other, is_y, axis->low + i * step);
}

static void
set_up_curve (cairo_t *cr, const Curve *curve, guint number)
{
  static const double dashes[] = { 6, 4 };

  cairo_set_source_rgb (cr, colours[number][0], colours[number][1], colours[number][2]);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dashes, curve->style == FR_SIM_PLOT_QUOTED ? G_N_ELEMENTS (dashes) : 0, 0);
}

static void
draw_curve (cairo_t *cr, const Curve *curve, guint number, const Axis *x, const Axis *y)
{
  set_up_curve (cr, curve, number);
  cairo_new_path (cr);
  for (guint i = 0; i < curve->points->len; i++)
    {
      const Point *point = &g_array_index (curve->points, Point, i);

      cairo_line_to (cr, place (x, point->x), place (y, point->y));
    }
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (guint i = 0; i < curve->points->len; i++)
    {
      const Point *point = &g_array_index (curve->points, Point, i);

      cairo_arc (cr, place (x, point->x), place (y, point->y), MARK, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static double
legend_width (FrSimPlot *self, cairo_t *cr)
{
  double widest = 0;

  for (guint i = 0; i < self->curves->len; i++)
    {
      cairo_text_extents_t extents;

      cairo_text_extents (cr, ((Curve *) g_ptr_array_index (self->curves, i))->name, &extents);
      widest = MAX (widest, extents.x_advance);
    }
  return widest + LEGEND_SAMPLE + 3 * LEGEND_PAD;
}

/* How many points a legend at this place would hide. */
static guint
count_hidden (FrSimPlot *self, const Axis *x, const Axis *y, double left, double top, double width, double height)
{
  guint n = 0;

  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);

      for (guint j = 0; j + 1 < MAX (2, curve->points->len); j++)
        for (guint k = 0; k < 8 && curve->points->len > 0; k++)
          {
            const Point *a = &g_array_index (curve->points, Point, j);
            const Point *b = &g_array_index (curve->points, Point, MIN (j + 1, curve->points->len - 1));
            double px = place (x, a->x) + (place (x, b->x) - place (x, a->x)) * k / 8;
            double py = place (y, a->y) + (place (y, b->y) - place (y, a->y)) * k / 8;

            n += px > left - 4 && px < left + width + 4 && py > top - 4 && py < top + height + 4;
          }
    }
  return n;
}

/* In the corner where it hides least. */
static void
draw_legend (FrSimPlot *self, cairo_t *cr, const Axis *x, const Axis *y)
{
  double width = legend_width (self, cr);
  double height = self->curves->len * LEGEND_LINE + LEGEND_PAD;
  double lefts[2] = { x->at_high - width - 8, x->at_low + 8 };
  double tops[3] = { y->at_high + 8, y->at_low - height - 8, (y->at_high + y->at_low - height) / 2 };
  double left = lefts[0], top = tops[0];
  guint least = G_MAXUINT;

  for (guint i = 0; i < 6; i++)
    {
      guint n = count_hidden (self, x, y, lefts[i % 2], tops[i / 2], width, height);

      if (n >= least)
        continue;
      least = n;
      left = lefts[i % 2];
      top = tops[i / 2];
    }
  cairo_rectangle (cr, left, top, width, height);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.9);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.8, 0.8, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  for (guint i = 0; i < self->curves->len; i++)
    {
      const Curve *curve = g_ptr_array_index (self->curves, i);
      double at = top + i * LEGEND_LINE + LEGEND_PAD / 2 + LEGEND_LINE / 2;

      set_up_curve (cr, curve, i);
      cairo_move_to (cr, left + LEGEND_PAD, at);
      cairo_line_to (cr, left + LEGEND_PAD + LEGEND_SAMPLE, at);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_arc (cr, left + LEGEND_PAD + LEGEND_SAMPLE / 2, at, MARK, 0, 2 * G_PI);
      cairo_fill (cr);
      cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
      show_text (cr, left + 2 * LEGEND_PAD + LEGEND_SAMPLE, at + 4, 0, curve->name);
    }
}

static void
draw_labels (FrSimPlot *self, cairo_t *cr, const Axis *x, const Axis *y)
{
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_set_font_size (cr, 13);
  show_text (cr, (x->at_low + x->at_high) / 2, FR_SIM_PLOT_HEIGHT - 18, 0.5, self->x_label);
  cairo_save (cr);
  cairo_translate (cr, 20, (y->at_low + y->at_high) / 2);
  cairo_rotate (cr, -G_PI / 2);
  show_text (cr, 0, 0, 0.5, self->y_label);
  cairo_restore (cr);
  cairo_select_font_face (cr, FONT, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cr, 15);
  show_text (cr, x->at_low, 30, 0, self->title);
  cairo_select_font_face (cr, FONT, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 12);
}

static void
draw (FrSimPlot *self, cairo_t *cr)
{
  Axis x = { .at_low = LEFT, .at_high = FR_SIM_PLOT_WIDTH - RIGHT,
             .is_log = (self->flags & FR_SIM_PLOT_LOG_X) != 0 };
  Axis y = { .at_low = FR_SIM_PLOT_HEIGHT - BOTTOM, .at_high = TOP,
             .is_log = (self->flags & FR_SIM_PLOT_LOG_Y) != 0 };

  find_range (self, FALSE, &x);
  find_range (self, TRUE, &y);
  round_range (self, FALSE, &x);
  round_range (self, TRUE, &y);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  draw_labels (self, cr, &x, &y);
  cairo_set_line_width (cr, 1);
  draw_ticks (cr, &x, &y, FALSE);
  draw_ticks (cr, &y, &x, TRUE);
  cairo_set_source_rgb (cr, 0.3, 0.3, 0.3);
  cairo_rectangle (cr, x.at_low + 0.5, y.at_high + 0.5, x.at_high - x.at_low, y.at_low - y.at_high);
  cairo_stroke (cr);
  for (guint i = 0; i < self->curves->len; i++)
    draw_curve (cr, g_ptr_array_index (self->curves, i), i, &x, &y);
  if (self->curves->len > 1)
    draw_legend (self, cr, &x, &y);
}

/**
 * fr_sim_plot_new:
 * @title: what is shown
 * @x_label: what the x axis counts
 * @y_label: what the y axis counts
 * @flags: what the axes are like
 *
 * Returns: (transfer full): a plot without curves
 */
FrSimPlot *
fr_sim_plot_new (const char *title, const char *x_label, const char *y_label, FrSimPlotFlags flags)
{
  FrSimPlot *self = g_new0 (FrSimPlot, 1);

  self->title = g_strdup (title);
  self->x_label = g_strdup (x_label);
  self->y_label = g_strdup (y_label);
  self->flags = flags;
  self->curves = g_ptr_array_new_with_free_func ((GDestroyNotify) curve_free);
  return self;
}

/**
 * fr_sim_plot_free:
 * @self: (nullable) (transfer full): a plot
 */
void
fr_sim_plot_free (FrSimPlot *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->x_label);
  g_free (self->y_label);
  g_ptr_array_unref (self->curves);
  g_free (self);
}

/**
 * fr_sim_plot_add_curve:
 * @self: a plot with fewer than %FR_SIM_PLOT_MAX_CURVES curves
 * @name: what it is called in the legend
 * @style: whose it is
 *
 * Returns: its number
 */
guint
fr_sim_plot_add_curve (FrSimPlot *self, const char *name, FrSimPlotStyle style)
{
  Curve *curve;

  g_return_val_if_fail (self->curves->len < FR_SIM_PLOT_MAX_CURVES, 0);

  curve = g_new0 (Curve, 1);
  curve->name = g_strdup (name);
  curve->style = style;
  curve->points = g_array_new (FALSE, FALSE, sizeof (Point));
  g_ptr_array_add (self->curves, curve);
  return self->curves->len - 1;
}

/**
 * fr_sim_plot_add_point:
 * @self: a plot
 * @curve: the number of a curve
 * @x: a number
 * @y: a number; a point with one that is none is left out
 */
void
fr_sim_plot_add_point (FrSimPlot *self, guint curve, double x, double y)
{
  Point point = { x, y };

  g_return_if_fail (curve < self->curves->len);

  if (isfinite (x) && isfinite (y))
    g_array_append_val (((Curve *) g_ptr_array_index (self->curves, curve))->points, point);
}

/**
 * fr_sim_plot_write:
 * @self: a plot
 * @folder: where to; made if it is not there
 * @name: what the file is called, without ".svg"
 * @error: why it could not be written
 *
 * Returns: %FALSE with @error set if it could not be written
 */
gboolean
fr_sim_plot_write (FrSimPlot *self, const char *folder, const char *name, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s.svg", name);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_status_t status;

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  surface = cairo_svg_surface_create (path, FR_SIM_PLOT_WIDTH, FR_SIM_PLOT_HEIGHT);
  cr = cairo_create (surface);
  cairo_select_font_face (cr, FONT, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 12);
  draw (self, cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path, cairo_status_to_string (status));
  return FALSE;
}
