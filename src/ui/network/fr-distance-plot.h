/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-search-trace.h"

G_BEGIN_DECLS

/* When the answers to a search came, and from how far: a dot for each, time up, steps along. The same in words is its
 * name. */

#define FR_TYPE_DISTANCE_PLOT (fr_distance_plot_get_type ())
G_DECLARE_FINAL_TYPE (FrDistancePlot, fr_distance_plot, FR, DISTANCE_PLOT, GtkWidget)

void fr_distance_plot_set_trace (FrDistancePlot *self, FrSearchTrace *trace); /* nullable */

G_END_DECLS
