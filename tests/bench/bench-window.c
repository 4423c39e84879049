/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <stdio.h>

#include "fr-bench-numbers.h"
#include "fr-test-support.h"
#include "window.h"

/* How the window keeps up: how long it takes to start, frames while a wall of many pictures is scrolled and while a
 * thousand answers come in, what it needs of memory. Progress is on stderr; the last line of stdout is one JSON object.
 * Needs a display. */

static char *wanted; /* (nullable): one part alone */

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

static gboolean
is_wanted (const char *part)
{
  return wanted == NULL || g_str_equal (wanted, part);
}

static gboolean
measure (FrNode *node, const char *own_folder, guint n_runs, JsonObject *report, GError **error)
{
  FrBenchNumbers *turns = fr_bench_numbers_new ();

  fr_bench_report_number (report, "pictures", WINDOW_N_PICTURES);
  fr_bench_report_number (report, "runs", n_runs);
  if (is_wanted ("walls"))
    window_measure_walls (node, n_runs, report, turns);
  if (is_wanted ("answers"))
    window_measure_answers (node, n_runs, report, turns);
  fr_bench_report_number (report, "our_worst_turn_ms", fr_bench_numbers_get_median (turns));
  g_array_unref (turns);
  return !is_wanted ("starts") || window_measure_starts (own_folder, n_runs, report, error);
}

int
main (int argc, char **argv)
{
  gboolean is_quick = FALSE;
  const GOptionEntry entries[] = { { "quick", 0, 0, G_OPTION_ARG_NONE, &is_quick, "One run of each", NULL },
                                   { "only", 0, 0, G_OPTION_ARG_STRING, &wanted, "One part of it", "walls|answers|starts" },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *own_folder = g_path_get_dirname (argv[0]);
  char *folder = NULL;
  g_autoptr (JsonNode) root = json_node_alloc ();
  JsonObject *report;
  FrNode *node;
  gboolean done;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
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
  report = json_object_new ();
  json_node_take_object (json_node_init (root, JSON_NODE_OBJECT), report);
  done = measure (node, own_folder, is_quick ? 1 : 5, report, &error);
  close_node (node);
  g_object_unref (node);
  fr_test_folder_free (folder);
  if (!done)
    g_printerr ("%s\n", error->message);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
  return done ? 0 : 1;
}
