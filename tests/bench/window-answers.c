/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window.h"

#include <string.h>

#include "fr-bench-numbers.h"
#include "fr-search-page.h"
#include "fr-search-private.h"

/* A thousand answers, each with its preview, come within a second to a search that has been asked; beside it a bare grid
 * gets as many tiles with that preview. */

#define N_ANSWERS 1000
#define N_PEOPLE 40
#define N_FRAMES 120 /* two seconds */

typedef struct
{
  FrSearch *search; /* NULL for the bare grid */
  GListStore *items;
  GBytes *preview;
  gint64 begun_us;
  guint source_id;
  guint n;
} Flow;

static GBytes *
make_preview (void)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 96, 72);
  g_autoptr (GError) error = NULL;
  gsize size;
  char *bytes = NULL;

  gdk_pixbuf_fill (pixels, 0x20406000);
  gdk_pixbuf_save_to_buffer (pixels, &bytes, &size, "jpeg", &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, size);
}

static void
answer (Flow *flow, guint number)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_HITS);
  g_autofree char *title = g_strdup_printf ("Harbour %u", number);
  FrHitItem item = { .title = title, .type = 1, .size = 1000 + number, .width = 4000, .height = 3000, .has_preview = TRUE };

  memcpy (item.id.bytes, &number, sizeof number);
  memcpy (item.preview_hash.bytes, &number, sizeof number);
  report->hits = g_new0 (FrHits, 1);
  report->hits->items = g_array_new (FALSE, TRUE, sizeof item);
  report->hits->hops = 1 + number % 3;
  report->hits->holder.key.bytes[0] = (guint8) (number % N_PEOPLE);
  report->hits->holder.name = g_strdup_printf ("person %u", number % N_PEOPLE);
  report->hits->holder.server = g_strdup ("");
  report->hits->holder.address = g_strdup ("");
  report->hits->holder.doorbell = g_strdup ("");
  g_array_append_val (report->hits->items, item);
  fr_search_take_report (flow->search, report);
}

static void
send_preview (Flow *flow, guint number)
{
  g_autoptr (FrNetworkReport) report = fr_network_report_new (FR_REPORT_PREVIEW);

  memcpy (report->hash.bytes, &number, sizeof number);
  report->data = g_bytes_ref (flow->preview);
  fr_search_take_report (flow->search, report);
}

/* As many as are due by now: those that came while something else was done are all there at once. */
static gboolean
flow_cb (gpointer data)
{
  Flow *flow = data;
  guint due = (guint) MIN ((g_get_monotonic_time () - flow->begun_us) * N_ANSWERS / G_TIME_SPAN_SECOND, N_ANSWERS);

  for (; flow->n < due; flow->n++)
    {
      answer (flow, flow->n);
      send_preview (flow, flow->n);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Flow *flow = data;

  flow->begun_us = g_get_monotonic_time ();
  flow->source_id = g_timeout_add (1, flow_cb, flow);
  return G_SOURCE_REMOVE;
}

/* What GTK would have to do of it: one splice a frame. */
static gboolean
add_tiles_cb (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Flow *flow = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint due;

  if (flow->begun_us == 0)
    flow->begun_us = g_get_monotonic_time ();
  due = (guint) MIN ((g_get_monotonic_time () - flow->begun_us) * N_ANSWERS / G_TIME_SPAN_SECOND, N_ANSWERS);
  for (; flow->n < due; flow->n++)
    g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
  if (items->len > 0)
    g_list_store_splice (flow->items, g_list_model_get_n_items (G_LIST_MODEL (flow->items)), 0, items->pdata, items->len);
  return G_SOURCE_CONTINUE;
}

static WindowPace
run_bare (GdkTexture *texture)
{
  Flow flow = { .items = g_list_store_new (G_TYPE_OBJECT) };
  GtkWidget *grid = window_make_bare_grid (G_LIST_MODEL (flow.items), texture);
  WindowPace pace = window_run_frames (grid, N_FRAMES, add_tiles_cb, &flow, NULL);

  g_object_unref (flow.items);
  return pace;
}

static void
ask (FrSearchPage *page)
{
  fr_search_page_search (page, "harbour");
  while (fr_search_page_get_search (page) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static WindowPace
run_page (FrNode *node, FrTextureLoader *loader, GBytes *preview, guint *out_n)
{
  FrSearchPage *page = g_object_ref_sink (g_object_new (FR_TYPE_SEARCH_PAGE, NULL));
  Flow flow = { .preview = preview };
  WindowPace pace;

  fr_search_page_set_node (page, node, loader);
  ask (page);
  flow.search = g_object_ref (fr_search_page_get_search (page));
  pace = window_run_frames (GTK_WIDGET (page), N_FRAMES, begin_cb, &flow, NULL);
  g_source_remove (flow.source_id);
  *out_n = g_list_model_get_n_items (G_LIST_MODEL (fr_wall_get_selection (fr_search_page_get_wall (page))));
  g_object_unref (flow.search);
  g_object_unref (page);
  return pace;
}

void
window_measure_answers (FrNode *node, guint n_runs, JsonObject *report, GArray *turns)
{
  g_autoptr (FrTextureLoader) loader = fr_texture_loader_new (node);
  g_autoptr (GBytes) preview = make_preview ();
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (preview, NULL);
  FrBenchNumbers *ratios = fr_bench_numbers_new ();
  guint n_shown = G_MAXUINT;

  for (guint i = 0; i < n_runs; i++)
    {
      guint n;
      WindowPace of_bare = run_bare (texture);
      WindowPace of_page = run_page (node, loader, preview, &n);

      g_printerr ("%u answers: worst frame %.1f ms, bare %.1f ms; worst turn %.1f ms, bare %.1f ms\n", n,
                  of_page.worst_frame_ms, of_bare.worst_frame_ms, of_page.worst_turn_ms, of_bare.worst_turn_ms);
      fr_bench_numbers_add (ratios, of_page.worst_frame_ms / of_bare.worst_frame_ms);
      fr_bench_numbers_add (turns, of_page.worst_turn_ms);
      n_shown = MIN (n_shown, n);
    }
  fr_bench_report_number (report, "answers_shown", n_shown);
  fr_bench_report_number (report, "answers_frame_ratio", fr_bench_numbers_get_median (ratios));
  g_array_unref (ratios);
}
