/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

#include "store-trial.h"

/* Whether a store loses anything: a program that imports, receives, edits and removes pictures is killed at random calls
 * that write, or has them fail, again and again on the same folder; in between or at the end the power may fail. Then
 * the store is opened, and compared with what was said to be done. Progress is on stderr; the last line of stdout is one
 * JSON object. */

#define MAX_KILLS 1000000
#define MAX_STEPS 16
#define MAX_RUNS 3
#define MAX_GAP 10 /* calls from an error to a kill, where both happen */

/* How many calls that write such a program makes, about; where it ends before that, there was no fault. */
#define CALLS_A_STEP 18
#define CALLS_TO_OPEN 60

typedef struct
{
  int kills;
  int seed;
  int trial; /* the only one; -1: all */
} Options;

typedef struct
{
  guint kills, io_errors, power_cuts, trials;
  guint lost, wrong;
} Totals;

static FaultKind
pick_kind (GRand *rand)
{
  static const FaultKind errors[] = { FAULT_IO_ONCE, FAULT_IO_ON, FAULT_FULL_ONCE, FAULT_FULL_ON };

  if (g_rand_int_range (rand, 0, 4) == 0)
    return errors[g_rand_int_range (rand, 0, G_N_ELEMENTS (errors))];
  return g_rand_boolean (rand) ? FAULT_KILL : FAULT_KILL_AFTER;
}

static StorePower
pick_power (GRand *rand)
{
  return (StorePower) g_rand_int_range (rand, 0, STORE_N_POWERS);
}

static void
run_worker (StoreTrial *trial, GRand *rand, Totals *totals, StoreFindings *findings)
{
  FaultKind kind = pick_kind (rand);
  guint n_steps = (guint) g_rand_int_range (rand, 1, MAX_STEPS + 1);
  gint32 n_calls = CALLS_TO_OPEN + (gint32) n_steps * CALLS_A_STEP;
  guint at = (guint) g_rand_int_range (rand, 1, n_calls);

  trial->trial->gap = g_rand_boolean (rand) ? (guint) g_rand_int_range (rand, 1, MAX_GAP) : 0;
  if (store_trial_run (trial, g_rand_int (rand), n_steps, kind, at, findings) == 0)
    return;
  if (kind == FAULT_KILL || kind == FAULT_KILL_AFTER)
    totals->kills++;
  else
    totals->io_errors++;
}

static void
run_trial (guint32 seed, Totals *totals)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (StoreTrial) trial = store_trial_new ();
  gint32 n_runs = g_rand_int_range (rand, 1, MAX_RUNS + 1);
  g_auto (StoreFindings) findings;
  StorePower power;

  store_findings_init (&findings);
  for (gint32 i = 0; i < n_runs; i++)
    {
      if (i > 0 && g_rand_int_range (rand, 0, 3) == 0)
        {
          fault_trial_fail_power (trial->trial, g_rand_boolean (rand) ? rand : NULL);
          totals->power_cuts++;
        }
      run_worker (trial, rand, totals, &findings);
    }
  power = pick_power (rand);
  totals->power_cuts += power != STORE_POWER_STAYS;
  store_trial_end (trial, power, rand, &findings);
  totals->trials++;
  totals->lost += findings.lost;
  totals->wrong += findings.wrong;
  if (findings.lost + findings.wrong > 0)
    g_printerr ("--trial %u:\n%s%s", seed, trial->said->str, findings.report->str);
}

static void
print (const Totals *totals, const Options *options)
{
  g_autoptr (JsonObject) report = json_object_new ();
  g_autoptr (JsonNode) root = json_node_alloc ();
  g_autofree char *text = NULL;

  json_object_set_int_member (report, "kills", totals->kills);
  json_object_set_int_member (report, "lost", totals->lost);
  json_object_set_int_member (report, "io_errors", totals->io_errors);
  json_object_set_int_member (report, "wrong", totals->wrong);
  json_object_set_int_member (report, "power_cuts", totals->power_cuts);
  json_object_set_int_member (report, "stores", totals->trials);
  json_object_set_int_member (report, "seed", options->seed);
  json_node_init_object (root, report);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
}

static void
run (const Options *options, Totals *totals)
{
  if (options->trial >= 0)
    {
      run_trial ((guint32) options->trial, totals);
      return;
    }
  for (guint32 i = 0; totals->kills < (guint) options->kills; i++)
    {
      run_trial ((guint32) options->seed * 1000000u + i, totals);
      if (totals->trials % 100 == 0)
        g_printerr ("%u kills, %u I/O errors, %u power cuts: %u lost, %u wrong\n", totals->kills, totals->io_errors,
                    totals->power_cuts, totals->lost, totals->wrong);
    }
}

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  gboolean quick = FALSE;
  const GOptionEntry entries[] = {
    { "kills", 0, 0, G_OPTION_ARG_INT, &options->kills, "How often (default: 1000)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options->seed, "What happens when (default: 1)", "N" },
    { "trial", 0, 0, G_OPTION_ARG_INT, &options->trial, "Only the store with this number, as it was printed", "N" },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick, "50 kills: whether it works", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- whether a store loses anything");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (quick)
    options->kills = 50;
  options->kills = CLAMP (options->kills, 1, MAX_KILLS);
  return TRUE;
}

static void
set_default (const char *variable, const char *name)
{
  g_autofree char *own_program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *own_folder = g_path_get_dirname (own_program);
  g_autofree char *beside = g_build_filename (own_folder, "..", "faults", name, NULL);
  g_autofree char *path = g_canonicalize_filename (beside, NULL);

  g_setenv (variable, path, FALSE);
}

int
main (int argc, char **argv)
{
  Options options = { .kills = 1000, .seed = 1, .trial = -1 };
  g_autoptr (GError) error = NULL;
  Totals totals = { 0 };

  if (!parse_options (&options, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  set_default ("FRESHET_FAULT_SHIM", "libfault-shim.so");
  set_default ("FRESHET_FAULT_WORKER", "store-worker");
  run (&options, &totals);
  print (&totals, &options);
  return totals.lost + totals.wrong > 0 ? 1 : 0;
}
