/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <stdio.h>
#include <string.h>

#include "fr-bench-numbers.h"
#include "fr-test-support.h"
#include "fr-wall-geometry.h"
#include "fr-wall-items.h"
#include "fr-wall.h"

/* A wall of many pictures is scrolled, and so is a bare GtkGridView with an empty grey widget for each: how long frames take
 * in one and in the other, by turns. Progress is on stderr; the last line of stdout is one JSON object. Needs a display;
 * no node is online, and no picture has a file, so it is the wall that is measured and not decoding. */

#define N_PICTURES 50000
#define WIDTH 1280
#define HEIGHT 800
#define N_FRAMES 120
#define STEP 90 /* pixels a frame: a row in two */

typedef struct
{
  GtkWidget *window;
  GtkAdjustment *adjustment;
  FrBenchNumbers *frames; /* milliseconds from the beginning of a frame to its end */
  GMainLoop *loop;
  gint64 begun_us;
  double worst_ms;
  guint n;
} Run;

static void
before_paint_cb (GdkFrameClock *clock, Run *run)
{
  run->begun_us = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Run *run)
{
  double ms = (double) (g_get_monotonic_time () - run->begun_us) / 1000;

  if (run->n > 0)
    {
      fr_bench_numbers_add (run->frames, ms);
      run->worst_ms = MAX (run->worst_ms, ms);
    }
  if (++run->n > N_FRAMES)
    g_main_loop_quit (run->loop);
}

static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Run *run = data;

  gtk_adjustment_set_value (run->adjustment, gtk_adjustment_get_value (run->adjustment) + STEP);
  return G_SOURCE_CONTINUE;
}

static GtkWidget *
find_scrolled (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget), *found = NULL;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    return widget;
  for (; child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_scrolled (child);
  return found;
}

/* Until it stands still, then so many frames of scrolling. Destroys what was scrolled. */
static double
scroll (GtkWidget *content, FrBenchNumbers *frames)
{
  Run run = { .frames = frames, .loop = g_main_loop_new (NULL, FALSE) };
  GdkFrameClock *clock;

  run.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (run.window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (run.window), content);
  gtk_window_present (GTK_WINDOW (run.window));
  run.adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find_scrolled (content)));
  while (gtk_adjustment_get_upper (run.adjustment) <= HEIGHT)
    g_main_context_iteration (NULL, TRUE);
  clock = gtk_widget_get_frame_clock (run.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &run);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &run);
  gtk_widget_add_tick_callback (run.window, scroll_cb, &run, NULL);
  g_main_loop_run (run.loop);
  g_signal_handlers_disconnect_by_data (clock, &run);
  gtk_window_destroy (GTK_WINDOW (run.window));
  g_main_loop_unref (run.loop);
  return run.worst_ms;
}

static GListStore *
make_pictures (void)
{
  GListStore *pictures = g_list_store_new (FR_TYPE_GALLERY_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now_us = g_get_real_time ();

  for (guint i = 0; i < N_PICTURES; i++)
    {
      g_autoptr (FrPicture) picture = fr_picture_new ();
      g_autofree char *title = g_strdup_printf ("Picture %u", i);

      fr_picture_set_text (picture, title, "", NULL);
      memcpy (picture->id.bytes, &i, sizeof i);
      picture->added_us = now_us - (gint64) i * G_TIME_SPAN_HOUR;
      g_ptr_array_add (items, fr_gallery_item_new (picture));
    }
  g_list_store_splice (pictures, 0, 0, items->pdata, items->len);
  return pictures;
}

static GtkWidget *
make_wall (FrNode *node, FrTextureLoader *loader, GListModel *pictures)
{
  g_autoptr (FrWallItems) items = fr_wall_items_new (node, pictures);
  FrWall *wall = g_object_new (FR_TYPE_WALL, "days", TRUE, NULL);

  fr_wall_set_model (wall, G_LIST_MODEL (items), loader);
  return GTK_WIDGET (wall);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *cell)
{
  GtkWidget *tile = gtk_picture_new ();
  guint side = fr_wall_geometry_get_side (fr_wall_geometry_find_level (0, FALSE));

  gtk_widget_set_size_request (tile, (int) side, (int) side);
  gtk_list_item_set_child (cell, tile);
}

/* As many tiles, each with nothing in it. */
static GtkWidget *
make_bare (GListModel *pictures)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new (), *grid;
  guint side = fr_wall_geometry_get_side (fr_wall_geometry_find_level (0, FALSE));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  grid = gtk_grid_view_new (GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (pictures))), factory);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (grid), 1);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (grid), fr_wall_geometry_count_columns (WIDTH, side) + 1);
  gtk_widget_add_css_class (grid, "wall");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  return scrolled;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static FrNode *
open_node (const char *folder, GError **error)
{
  FrNodeOptions options = { .folder = folder, .name = "bench", .loopback_only = TRUE };
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_open_async (&options, NULL, opened_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return fr_node_open_finish (result, error);
}

static void
close_node (FrNode *node)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_node_close_async (node, opened_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  fr_node_close_finish (node, result, NULL);
}

/* A bare tile has the same ground as one whose picture has not come. */
static void
use_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new (), bare = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/app/freshet/Freshet/style.css");
  gtk_css_provider_load_from_data (bare, ".wall picture { background-color: alpha(currentColor, 0.08); }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (bare),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static JsonObject *
measure (FrNode *node, guint n_runs)
{
  JsonObject *report = json_object_new ();
  g_autoptr (FrTextureLoader) loader = fr_texture_loader_new (node);
  g_autoptr (GListStore) pictures = make_pictures ();
  FrBenchNumbers *wall = fr_bench_numbers_new (), *bare = fr_bench_numbers_new ();
  FrBenchNumbers *ratios = fr_bench_numbers_new ();

  for (guint i = 0; i < n_runs; i++)
    {
      double bare_ms = scroll (make_bare (G_LIST_MODEL (pictures)), bare);
      double wall_ms = scroll (make_wall (node, loader, G_LIST_MODEL (pictures)), wall);

      g_printerr ("worst frame: %.1f ms, bare %.1f ms\n", wall_ms, bare_ms);
      fr_bench_numbers_add (ratios, wall_ms / bare_ms);
    }
  fr_bench_report_number (report, "pictures", N_PICTURES);
  fr_bench_report_number (report, "runs", n_runs);
  fr_bench_report_number (report, "frame_ratio", fr_bench_numbers_get_median (ratios));
  fr_bench_numbers_report (wall, report, "frame_ms");
  fr_bench_numbers_report (bare, report, "bare_frame_ms");
  g_array_unref (wall);
  g_array_unref (bare);
  g_array_unref (ratios);
  return report;
}

int
main (int argc, char **argv)
{
  guint n_runs = argc > 1 && g_str_equal (argv[1], "--quick") ? 1 : 5;
  char *folder = NULL;
  g_autoptr (JsonNode) root = json_node_alloc ();
  FrNode *node;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!gtk_init_check ())
    {
      g_printerr ("There is no display.\n");
      return 77;
    }
  adw_init ();
  use_style ();
  folder = fr_test_folder_new ();
  node = open_node (folder, &error);
  if (node == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  json_node_take_object (json_node_init (root, JSON_NODE_OBJECT), measure (node, n_runs));
  close_node (node);
  g_object_unref (node);
  fr_test_folder_free (folder);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
  return 0;
}
