/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* The parts of bench-window. What they measure goes into a JSON object; progress goes to stderr. Main thread, with a
 * display. */

#define WINDOW_N_PICTURES 50000
#define WINDOW_WIDTH 1280
#define WINDOW_HEIGHT 800

/* How a window paints while something goes on in it. */
typedef struct
{
  double worst_frame_ms; /* from the beginning of a frame to its end */
  double worst_turn_ms;  /* of one turn of the main loop, without the frame that may be in it */
} WindowPace;

/* `content` is put into a window (and destroyed with it). Once it stands still `tick` is called for each of `n_frames`
 * frames. `frames`: (nullable): gets the milliseconds of each. */
WindowPace window_run_frames (GtkWidget *content, guint n_frames, GtkTickCallback tick, gpointer data, GArray *frames);

/* The first scrolled window in it, or itself. */
GtkWidget *window_find_scrolled (GtkWidget *widget);

/* A grid of tiles as large as those of a wall with nothing but a picture in them: what GTK alone takes. `texture`:
 * (nullable): which all of them show; it has to outlive the grid. */
GtkWidget *window_make_bare_grid (GListModel *items, GdkTexture *texture);

void window_measure_walls (FrNode *node, guint n_runs, JsonObject *report, GArray *turns);
void window_measure_answers (FrNode *node, guint n_runs, JsonObject *report, GArray *turns);
/* `own_folder`: for the gallery of many pictures, which is made the first time. */
gboolean window_measure_starts (const char *own_folder, guint n_runs, JsonObject *report, GError **error);

G_END_DECLS
