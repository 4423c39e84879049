/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "fr-bench-numbers.h"
#include "gallery.h"
#include "trust.h"

/* What it costs to trust nobody. Progress is on stderr; the last line of stdout is one JSON object. */

#define MAX_PHOTOGRAPHS 100
#define MAX_ROUNDS 1000

typedef struct
{
  int n_photographs;
  int n_rounds;
} Options;

static gboolean
run (const Options *options, const char *own_folder, JsonObject *report, GError **error)
{
  g_autofree char *cache = g_build_filename (own_folder, "photographs", NULL);
  g_autofree char *unconfined = g_build_filename (own_folder, "unconfined-image", NULL);
  g_autoptr (GPtrArray) photographs = gallery_make_photographs (cache, (guint) options->n_photographs, error);

  return photographs != NULL
         && trust_measure_confinement (unconfined, photographs, (guint) options->n_rounds, report, error);
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
    { "photographs", 0, 0, G_OPTION_ARG_INT, &options->n_photographs, "To make thumbnails of (default: 10)", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options->n_rounds, "Of all photographs (default: 20)", "N" },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick, "2 photographs, 5 rounds: whether it works", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- what it costs to trust nobody");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (quick)
    *options = (Options){ .n_photographs = 2, .n_rounds = 5 };
  options->n_photographs = CLAMP (options->n_photographs, 1, MAX_PHOTOGRAPHS);
  options->n_rounds = CLAMP (options->n_rounds, 1, MAX_ROUNDS);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .n_photographs = 10, .n_rounds = 20 };
  g_autofree char *own_program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = g_path_get_dirname (own_program);
  g_autofree char *image = g_build_filename (own_folder, "..", "..", "src", "image", "freshet-image", NULL);
  g_autoptr (JsonObject) report = json_object_new ();
  g_autoptr (GError) error = NULL;
  gint64 started_us = g_get_monotonic_time ();

  if (!parse_options (&options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  g_setenv ("FRESHET_IMAGE", image, FALSE);
  if (!run (&options, own_folder, report, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  fr_bench_report_number (report, "seconds", (g_get_monotonic_time () - started_us) / 1e6);
  print (report);
  return 0;
}
