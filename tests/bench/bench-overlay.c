/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "overlay-experiments.h"

/* What the overlay does in networks of thousands of peers, in the simulator. Progress is on stderr; the last line of
 * stdout is one JSON object. The status is 1 if a bound is broken. */

static const struct
{
  const char *name;
  void (*run) (OverlayBench *bench);
  void (*begin) (OverlayBench *bench); /* before those that are alone no more; nullable */
} experiments[] = {
  { "speed", overlay_bench_speed }, /* first, while memory is in one piece and nothing else runs */
  { "sizes", overlay_bench_sizes }, /* alone, as it measures memory */
  { "recall", overlay_bench_recall },
  { "churn", overlay_bench_churn },
  { "line", overlay_bench_line },
  { "failures", overlay_bench_failures, overlay_bench_failures_begin },
};

#define N_ALONE 2

static GTimer *timer;

void
overlay_bench_progress (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("%6.1f s  %s\n", g_timer_elapsed (timer, NULL), text);
}

void
overlay_bench_check (OverlayBench *self, gboolean holds, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (holds)
    return;
  self->n_broken++;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("BROKEN: %s\n", text);
}

/* Not getrusage(): what that says begins with the program that started this one. */
static double
peak_mib (void)
{
  g_autofree char *status = NULL;
  const char *peak;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (peak = strstr (status, "VmHWM:")) == NULL)
    return NAN;
  return g_ascii_strtod (peak + strlen ("VmHWM:"), NULL) / 1024;
}

static gboolean
is_wanted (char **only, const char *name)
{
  return only == NULL || *only == NULL || g_strv_contains ((const char *const *) only, name);
}

static gboolean
check_names (char **only, GError **error)
{
  for (; only != NULL && *only != NULL; only++)
    {
      gboolean known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (experiments); i++)
        known = known || strcmp (*only, experiments[i].name) == 0;
      if (known)
        continue;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no experiment `%s`.", *only);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse (OverlayBench *bench, char **out_plots, char ***out_only, int *argc, char ***argv, GError **error)
{
  int seed = 1;
  const GOptionEntry entries[] = {
    { "quick", 0, 0, G_OPTION_ARG_NONE, &bench->quick, "A tenth of the size, in a minute", NULL },
    { "plot", 0, 0, G_OPTION_ARG_FILENAME, out_plots, "Write SVG files to this folder", "DIR" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of all chance (default: 1)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, out_only, NULL, "[EXPERIMENT…]" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the overlay among thousands of peers");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error) || !check_names (*out_only, error))
    return FALSE;
  bench->seed = (guint32) seed;
  return TRUE;
}

static void
begin (OverlayBench *bench, char **only)
{
  for (guint i = N_ALONE; i < G_N_ELEMENTS (experiments); i++)
    if (is_wanted (only, experiments[i].name) && experiments[i].begin != NULL)
      experiments[i].begin (bench);
}

static void
run (OverlayBench *bench, char **only)
{
  for (guint i = 0; i < G_N_ELEMENTS (experiments); i++)
    {
      if (i == N_ALONE)
        begin (bench, only);
      if (is_wanted (only, experiments[i].name))
        experiments[i].run (bench);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (FrSimJson) json = fr_sim_json_new ();
  OverlayBench bench = { .json = json };
  g_auto (GStrv) only = NULL;
  g_autofree char *plots = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse (&bench, &plots, &only, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (sodium_init () < 0) /* as in the program: it changes how fast hashing is */
    g_error ("libsodium cannot be used");
  timer = g_timer_new ();
  bench.plots = plots;
  run (&bench, only);
  fr_sim_json_number (json, "seconds", g_timer_elapsed (timer, NULL));
  fr_sim_json_number (json, "peak_mib", peak_mib ());
  fr_sim_json_number (json, "broken", bench.n_broken);
  text = fr_sim_json_finish (json);
  printf ("%s\n", text);
  g_timer_destroy (timer);
  return bench.n_broken > 0 ? 1 : 0;
}
