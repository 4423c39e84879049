/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Curves in a frame with axes, ticks and a legend, written as an SVG file. */
typedef struct _FrSimPlot FrSimPlot;

#define FR_SIM_PLOT_WIDTH 800
#define FR_SIM_PLOT_HEIGHT 500
#define FR_SIM_PLOT_MAX_CURVES 8

typedef enum
{
  FR_SIM_PLOT_LINEAR = 0,
  FR_SIM_PLOT_LOG_X = 1 << 0,
  FR_SIM_PLOT_LOG_Y = 1 << 1,
  FR_SIM_PLOT_FROM_ZERO = 1 << 2, /* the y axis begins there; not with LOG_Y */
} FrSimPlotFlags;

typedef enum
{
  FR_SIM_PLOT_MEASURED,
  FR_SIM_PLOT_QUOTED, /* dashed: somebody else's, or extrapolated */
} FrSimPlotStyle;

FrSimPlot *fr_sim_plot_new (const char *title, const char *x_label, const char *y_label, FrSimPlotFlags flags);
void fr_sim_plot_free (FrSimPlot *self);

guint fr_sim_plot_add_curve (FrSimPlot *self, const char *name, FrSimPlotStyle style);
void fr_sim_plot_add_point (FrSimPlot *self, guint curve, double x, double y);
gboolean fr_sim_plot_write (FrSimPlot *self, const char *folder, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSimPlot, fr_sim_plot_free)

G_END_DECLS
