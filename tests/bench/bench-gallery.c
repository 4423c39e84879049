/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sodium.h>
#include <stdio.h>

#include "fr-bench-numbers.h"
#include "gallery.h"

/* A large gallery: how long a search in it takes, and how long importing photographs takes against making only
 * their thumbnails. Progress is on stderr; the last line of stdout is one JSON object. */

#define MAX_PICTURES 100000
#define MAX_PHOTOGRAPHS 1000
#define MAX_ROUNDS 100

typedef struct
{
  int n_pictures;
  int n_photographs;
  int n_rounds;
} Options;

static gboolean
run (const Options *options, const char *own_folder, JsonObject *report, GError **error)
{
  g_autofree char *cache = g_build_filename (own_folder, "photographs", NULL);
  g_autoptr (GPtrArray) photographs = NULL, with_details = NULL;
  guint n_rounds = (guint) options->n_rounds;

  if (options->n_pictures > 0)
    {
      g_printerr ("adding %d pictures\n", options->n_pictures);
      if (!gallery_measure_searches (own_folder, (guint) options->n_pictures, report, error))
        return FALSE;
    }
  if (options->n_photographs == 0)
    return TRUE;
  photographs = gallery_make_photographs (cache, (guint) options->n_photographs, error);
  if (photographs == NULL || !gallery_measure_imports (own_folder, photographs, n_rounds, report, error))
    return FALSE;
  with_details = gallery_make_photographs_with_details (photographs, error);
  return with_details != NULL
         && gallery_measure_cleaning (own_folder, photographs, with_details, n_rounds, report, error);
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
    { "pictures", 0, 0, G_OPTION_ARG_INT, &options->n_pictures, "To search in; 0: no searches (default: 10000)",
      "N" },
    { "photographs", 0, 0, G_OPTION_ARG_INT, &options->n_photographs, "To import; 0: no imports (default: 200)",
      "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &options->n_rounds, "Of importing (default: 3)", "N" },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick, "1000 pictures, 20 photographs, one round: whether it works",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a large gallery");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (quick)
    *options = (Options){ .n_pictures = 1000, .n_photographs = 20, .n_rounds = 1 };
  options->n_pictures = CLAMP (options->n_pictures, 0, MAX_PICTURES);
  options->n_photographs = CLAMP (options->n_photographs, 0, MAX_PHOTOGRAPHS);
  options->n_rounds = CLAMP (options->n_rounds, 1, MAX_ROUNDS);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Options options = { .n_pictures = 10000, .n_photographs = 200, .n_rounds = 3 };
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
  if (sodium_init () < 0) /* as in the program: it changes how fast hashing is */
    g_error ("libsodium cannot be used");
  if (!run (&options, own_folder, report, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  fr_bench_report_number (report, "seconds", gallery_seconds_since (started_us));
  print (report);
  return 0;
}
