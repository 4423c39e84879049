/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window.h"

#include <adwaita.h>

#include "fr-bench-numbers.h"
#include "fr-wall-geometry.h"
#include "fr-width-first.h"

#define MAX_SETTLING_US (5 * G_TIME_SPAN_SECOND)
#define SETTLED_FRAMES 5

typedef struct
{
  WindowPace pace;
  GMainLoop *loop;
  GArray *frames; /* (nullable) */
  GtkTickCallback tick;
  gpointer data;
  gint64 frame_begun_us;
  guint n;
  guint n_frames;
} Run;

/* Of the turn of the main loop that goes on; the function that polls has no data of its own. */
static gint64 turn_begun_us, painted_us, worst_turn_us;

/* All that was dispatched between two polls, less what was painted. */
static gint
poll_cb (GPollFD *fds, guint n_fds, gint timeout_ms)
{
  gint n;

  if (turn_begun_us > 0)
    worst_turn_us = MAX (worst_turn_us, g_get_monotonic_time () - turn_begun_us - painted_us);
  n = g_poll (fds, n_fds, timeout_ms);
  turn_begun_us = g_get_monotonic_time ();
  painted_us = 0;
  return n;
}

static void
before_paint_cb (GdkFrameClock *clock, Run *run)
{
  run->frame_begun_us = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Run *run)
{
  gint64 us = g_get_monotonic_time () - run->frame_begun_us;
  double ms = (double) us / 1000;

  painted_us += us;
  if (run->n > 0)
    {
      if (run->frames != NULL)
        fr_bench_numbers_add (run->frames, ms);
      run->pace.worst_frame_ms = MAX (run->pace.worst_frame_ms, ms);
    }
  if (++run->n > run->n_frames)
    g_main_loop_quit (run->loop);
}

/* Frames go on also where nothing of it wants any. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Run *run = data;

  if (run->tick != NULL && !run->tick (widget, clock, run->data))
    run->tick = NULL;
  return G_SOURCE_CONTINUE;
}

static gboolean
count_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *n = data;

  (*n)++;
  return G_SOURCE_CONTINUE;
}

/* Whatever comes with a new window has been painted. */
static void
settle (GtkWidget *window)
{
  gint64 end_us = g_get_monotonic_time () + MAX_SETTLING_US;
  guint n = 0, id = gtk_widget_add_tick_callback (window, count_cb, &n, NULL);

  while (n < SETTLED_FRAMES && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (window, id);
}

WindowPace
window_run_frames (GtkWidget *content, guint n_frames, GtkTickCallback tick, gpointer data, GArray *frames)
{
  Run run = { .frames = frames, .n_frames = n_frames, .tick = tick, .data = data };
  GtkWidget *window = gtk_window_new (), *bin = g_object_new (ADW_TYPE_BIN, "child", content, NULL);
  GdkFrameClock *clock;

  gtk_window_set_default_size (GTK_WINDOW (window), WINDOW_WIDTH, WINDOW_HEIGHT);
  gtk_widget_set_layout_manager (bin, g_object_new (FR_TYPE_WIDTH_FIRST, NULL)); /* as our window has it */
  gtk_window_set_child (GTK_WINDOW (window), bin);
  gtk_window_present (GTK_WINDOW (window));
  settle (window);
  run.loop = g_main_loop_new (NULL, FALSE);
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &run);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &run);
  gtk_widget_add_tick_callback (window, tick_cb, &run, NULL);
  turn_begun_us = worst_turn_us = 0;
  g_main_context_set_poll_func (NULL, poll_cb);
  g_main_loop_run (run.loop);
  g_main_context_set_poll_func (NULL, NULL);
  run.pace.worst_turn_ms = (double) worst_turn_us / 1000;
  g_signal_handlers_disconnect_by_data (clock, &run);
  gtk_window_destroy (GTK_WINDOW (window));
  g_main_loop_unref (run.loop);
  return run.pace;
}

GtkWidget *
window_find_scrolled (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget), *found = NULL;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    return widget;
  for (; child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = window_find_scrolled (child);
  return found;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer texture)
{
  GtkWidget *tile = gtk_picture_new_for_paintable (texture);
  guint side = fr_wall_geometry_get_side (fr_wall_geometry_find_level (0, FALSE));

  gtk_widget_set_size_request (tile, (int) side, (int) side);
  gtk_list_item_set_child (cell, tile);
}

GtkWidget *
window_make_bare_grid (GListModel *items, GdkTexture *texture)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (), *grid;
  guint side = fr_wall_geometry_get_side (fr_wall_geometry_find_level (0, FALSE));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), texture);
  grid = gtk_grid_view_new (GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (items))), factory);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (grid), 1);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (grid), fr_wall_geometry_count_columns (WINDOW_WIDTH, side) + 1);
  gtk_widget_add_css_class (grid, "wall");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  return scrolled;
}
