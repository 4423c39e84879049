/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "fr-bench-numbers.h"
#include "gallery.h"
#include "trust.h"

/* What it costs to trust nobody. Progress is on stderr; the last line of stdout is one JSON object. */

#define MAX_PHOTOGRAPHS 100
#define MAX_ROUNDS 1000
#define MAX_QUERIES 100000
#define MAX_RUNS 20
#define MAX_SEARCHES 1000

typedef struct
{
  int n_photographs;
  int n_rounds;
  int n_queries;
  int n_runs;
  int n_searches;
} Options;

static gboolean
measure_confinement (const Options *options, const char *own_folder, JsonObject *report, GError **error)
{
  g_autofree char *cache = g_build_filename (own_folder, "photographs", NULL);
  g_autofree char *unconfined = g_build_filename (own_folder, "unconfined-image", NULL);
  g_autoptr (GPtrArray) photographs = gallery_make_photographs (cache, (guint) options->n_photographs, error);

  return photographs != NULL
         && trust_measure_confinement (unconfined, photographs, (guint) options->n_rounds, report, error);
}

static gboolean
run (const Options *options, const char *own_program, const char *own_folder, JsonObject *report, GError **error)
{
  const char *program = g_getenv ("FRESHET_CLI");
  g_autofree char *found = program != NULL ? g_strdup (program)
                                           : g_build_filename (own_folder, "..", "..", "src", "cli", "freshet-cli", NULL);

  return (options->n_photographs == 0 || measure_confinement (options, own_folder, report, error))
         && trust_measure_query ((guint) options->n_queries, report, error)
         && (options->n_runs == 0
             || trust_measure_flood (found, own_program, (guint) options->n_runs, (guint) options->n_searches, report,
                                     error));
}

static void
print (JsonObject *report)
{
  g_autoptr (JsonNode) root = json_node_alloc ();
  g_autofree char *text = NULL;

  json_node_init_object (root, report);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
}

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  gboolean quick = FALSE;
  const GOptionEntry entries[] = {
    { "photographs", 0, 0, G_OPTION_ARG_INT, &options->n_photographs, "To make thumbnails of (default: 10; 0: none)", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options->n_rounds, "Of all photographs (default: 20)", "N" },
    { "queries", 0, 0, G_OPTION_ARG_INT, &options->n_queries, "To be checked, three times (default: 2000)", "N" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &options->n_runs, "With and without a flood (default: 3; 0: none)", "N" },
    { "searches", 0, 0, G_OPTION_ARG_INT, &options->n_searches, "In each (default: 20)", "N" },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick, "Little of each: whether it works", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- what it costs to trust nobody");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (quick)
    *options = (Options) { .n_photographs = 2, .n_rounds = 5, .n_queries = 200, .n_runs = 1, .n_searches = 5 };
  options->n_photographs = CLAMP (options->n_photographs, 0, MAX_PHOTOGRAPHS);
  options->n_rounds = CLAMP (options->n_rounds, 1, MAX_ROUNDS);
  options->n_queries = CLAMP (options->n_queries, 1, MAX_QUERIES);
  options->n_runs = CLAMP (options->n_runs, 0, MAX_RUNS);
  options->n_searches = CLAMP (options->n_searches, 1, MAX_SEARCHES);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .n_photographs = 10, .n_rounds = 20, .n_queries = 2000, .n_runs = 3, .n_searches = 20 };
  g_autofree char *own_program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = g_path_get_dirname (own_program);
  g_autofree char *image = g_build_filename (own_folder, "..", "..", "src", "image", "freshet-image", NULL);
  g_autoptr (JsonObject) report = json_object_new ();
  g_autoptr (GError) error = NULL;
  gint64 started_us = g_get_monotonic_time ();

  if (argc == 4 && g_str_equal (argv[1], TRUST_FLOODER))
    return trust_flooder_main (argv[2], argv[3]);
  if (!parse_options (&options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  g_setenv ("FRESHET_IMAGE", image, FALSE);
  if (!run (&options, own_program, own_folder, report, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  fr_bench_report_number (report, "seconds", (g_get_monotonic_time () - started_us) / 1e6);
  print (report);
  return 0;
}
