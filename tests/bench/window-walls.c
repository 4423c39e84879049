/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window.h"

#include <string.h>

#include "fr-bench-numbers.h"
#include "fr-wall-items.h"
#include "fr-wall.h"

/* A wall of many pictures is scrolled, and so is a bare grid, by turns. No picture has a file: it is the wall that is
 * measured and not decoding. */

#define N_FRAMES 120
#define STEP 90 /* pixels a frame: a row in two */

static GListStore *
make_pictures (void)
{
  GListStore *pictures = g_list_store_new (FR_TYPE_GALLERY_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now_us = g_get_real_time ();

  for (guint i = 0; i < WINDOW_N_PICTURES; i++)
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

static gboolean
scroll_cb (GtkWidget *window, GdkFrameClock *clock, gpointer content)
{
  GtkWidget *scrolled = window_find_scrolled (content);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + STEP);
  return G_SOURCE_CONTINUE;
}

static WindowPace
scroll (GtkWidget *content, GArray *frames)
{
  return window_run_frames (content, N_FRAMES, scroll_cb, content, frames);
}

void
window_measure_walls (FrNode *node, guint n_runs, JsonObject *report, GArray *turns)
{
  g_autoptr (FrTextureLoader) loader = fr_texture_loader_new (node);
  g_autoptr (GListStore) pictures = make_pictures ();
  FrBenchNumbers *wall = fr_bench_numbers_new (), *bare = fr_bench_numbers_new ();
  FrBenchNumbers *ratios = fr_bench_numbers_new ();

  for (guint i = 0; i < n_runs; i++)
    {
      WindowPace of_bare = scroll (window_make_bare_grid (G_LIST_MODEL (pictures), NULL), bare);
      WindowPace of_wall = scroll (make_wall (node, loader, G_LIST_MODEL (pictures)), wall);

      g_printerr ("scrolling: worst frame %.1f ms, bare %.1f ms; worst turn %.1f ms, bare %.1f ms\n",
                  of_wall.worst_frame_ms, of_bare.worst_frame_ms, of_wall.worst_turn_ms, of_bare.worst_turn_ms);
      fr_bench_numbers_add (ratios, of_wall.worst_frame_ms / of_bare.worst_frame_ms);
      fr_bench_numbers_add (turns, of_wall.worst_turn_ms);
    }
  fr_bench_report_number (report, "frame_ratio", fr_bench_numbers_get_median (ratios));
  fr_bench_numbers_report (wall, report, "frame_ms");
  fr_bench_numbers_report (bare, report, "bare_frame_ms");
  g_array_unref (wall);
  g_array_unref (bare);
  g_array_unref (ratios);
}
