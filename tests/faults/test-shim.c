/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fault-power.h"
#include "fault-trial.h"
#include "fr-test-support.h"
#include "tests.h"

/* The shim itself, with a program that does nothing else: what is lost, what is kept, what is counted. */

#define MAX_STEPS 10

static gboolean
run_steps (FaultTrial *trial, const char *const *steps, FaultKind kind, guint at, FaultRun *out_run)
{
  const char *command[MAX_STEPS + 3] = { g_getenv ("FRESHET_FAULT_VICTIM"), trial->folder };

  for (gsize i = 0; i < MAX_STEPS && steps[i] != NULL; i++)
    command[i + 2] = steps[i];
  fault_trial_run (trial, command, kind, at, out_run);
  return out_run->succeeded;
}

/* "NAME=CONTENTS NAME/" and so on, in order. */
static void
describe (const char *folder, const char *prefix, GPtrArray *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *shown = g_strconcat (prefix, name, NULL);
      g_autofree char *contents = NULL;

      if (g_file_get_contents (path, &contents, NULL, NULL))
        g_ptr_array_add (found, g_strconcat (shown, "=", contents, NULL));
      else
        {
          g_autofree char *inner = g_strconcat (shown, "/", NULL);

          g_ptr_array_add (found, g_strdup (inner));
          describe (path, inner, found);
        }
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
describe_all (FaultTrial *trial)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  describe (trial->folder, "", found);
  g_ptr_array_sort (found, compare);
  g_ptr_array_add (found, NULL);
  return g_strjoinv (" ", (char **) found->pdata);
}

static void
test_power (void)
{
  static const struct
  {
    const char *steps[MAX_STEPS];
    const char *after; /* the power has failed */
  } rows[] = {
    { { "write:a:x" }, "" },
    { { "write:a:x", "sync:." }, "a=" },
    { { "write:a:x", "sync:a" }, "" }, /* its bytes, but no name */
    { { "write:a:x", "sync:a", "sync:." }, "a=x" },
    { { "write:a:x", "sync:.", "sync:a", "append:a:y" }, "a=x" },
    { { "write:a:x", "sync:.", "append:a:y", "sync:a" }, "a=xy" },
    { { "write:a:xy", "sync:.", "sync:a", "truncate:a:1" }, "a=xy" },
    { { "write:a:x", "sync:a", "sync:.", "rename:a:b" }, "a=x" },
    { { "write:a:x", "sync:a", "sync:.", "rename:a:b", "sync:." }, "b=x" },
    { { "write:a:x", "rename:a:b", "sync:b", "sync:." }, "b=x" },
    { { "write:a:x", "sync:a", "write:b:y", "sync:b", "sync:.", "rename:a:b" }, "a=x b=y" }, /* what gave way is back */
    { { "write:a:x", "sync:a", "write:b:y", "sync:b", "sync:.", "rename:a:b", "sync:." }, "b=x" },
    { { "write:a:x", "sync:a", "sync:.", "unlink:a" }, "a=x" },
    { { "write:a:x", "sync:a", "sync:.", "unlink:a", "write:b:y", "sync:b" }, "a=x" }, /* nor is its number taken */
    { { "write:a:x", "sync:a", "sync:.", "unlink:a", "sync:." }, "" },
    { { "write:a:x", "sync:a", "sync:.", "link:a:b" }, "a=x" },
    { { "write:a:x", "sync:a", "link:a:b", "sync:." }, "a=x b=x" },
    { { "mkdir:d", "write:d/a:x", "sync:d/a", "sync:d" }, "" }, /* nobody can get there */
    { { "mkdir:d", "sync:.", "write:d/a:x", "sync:d/a" }, "d/" },
    { { "mkdir:d", "sync:.", "write:d/a:x", "sync:d/a", "sync:d" }, "d/ d/a=x" },
    { { "mkdir:d", "sync:.", "write:a:x", "sync:a", "sync:.", "rename:a:d/a", "sync:d" }, "a=x d/ d/a=x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FaultTrial) trial = fault_trial_new ();
      g_auto (FaultRun) run = { 0 };
      g_autofree char *after = NULL;

      g_assert_true (run_steps (trial, rows[i].steps, FAULT_NONE, 0, &run));
      fault_trial_fail_power (trial, NULL);
      after = describe_all (trial);
      g_assert_cmpstr (after, ==, rows[i].after);
    }
}

/* What one process has not synced is no safer when another one comes. */
static void
test_power_after_two_processes (void)
{
  static const char *const first[] = { "write:a:x", "sync:a", "mkdir:d", NULL };
  static const char *const second[] = { "append:a:y", "sync:.", NULL };
  g_autoptr (FaultTrial) trial = fault_trial_new ();
  g_auto (FaultRun) one = { 0 }, two = { 0 }, three = { 0 };
  g_autofree char *before = NULL, *after = NULL, *again = NULL;

  g_assert_true (run_steps (trial, first, FAULT_NONE, 0, &one));
  g_assert_true (run_steps (trial, second, FAULT_NONE, 0, &two));
  before = describe_all (trial);
  g_assert_cmpstr (before, ==, "a=xy d/");
  fault_trial_fail_power (trial, NULL);
  after = describe_all (trial);
  g_assert_cmpstr (after, ==, "a=x d/");
  g_assert_true (run_steps (trial, second, FAULT_NONE, 0, &three));
  fault_trial_fail_power (trial, NULL);
  again = describe_all (trial);
  g_assert_cmpstr (again, ==, "a=x d/"); /* what was left is on the disk */
}

/* Where only some of what was not synced is lost, what was synced is there all the same. */
static void
test_power_loses_some (void)
{
  static const char *const steps[]
    = { "write:a:x", "sync:a", "sync:.", "append:a:y", "write:b:z", "write:c:w", "sync:c", NULL };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (FaultTrial) trial = fault_trial_new ();
      g_auto (FaultRun) run = { 0 };
      char *after;

      g_assert_true (run_steps (trial, steps, FAULT_NONE, 0, &run));
      fault_trial_fail_power (trial, rand);
      after = describe_all (trial);
      g_assert_true (g_str_has_prefix (after, "a=x"));
      g_assert_null (strstr (after, "c= "));
      g_hash_table_add (seen, after);
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 4);
}

static void
test_kinds (void)
{
  static const struct
  {
    FaultKind kind;
    guint at;
    const char *output, *left;
    gboolean killed;
  } rows[] = {
    { FAULT_NONE, 0, "done\ndone\ndone\n", "b=four" },
    { FAULT_KILL, 1, "", "", TRUE },
    { FAULT_KILL, 2, "", "a=", TRUE },
    { FAULT_KILL_AFTER, 1, "", "a=", TRUE },
    { FAULT_KILL_AFTER, 2, "", "a=fo", TRUE },
    { FAULT_KILL, 3, "done\n", "a=four", TRUE }, /* the sync */
    { FAULT_KILL, 4, "done\ndone\n", "a=four", TRUE },
    { FAULT_KILL_AFTER, 4, "done\ndone\n", "b=four", TRUE },
    { FAULT_KILL, 5, "done\ndone\ndone\n", "b=four" },
    { FAULT_IO_ONCE, 2, "io\ndone\ndone\n", "b=" },
    { FAULT_IO_ONCE, 3, "done\nio\ndone\n", "b=four" },
    { FAULT_IO_ON, 2, "io\nio\nio\n", "a=" },
    { FAULT_FULL_ONCE, 4, "done\ndone\nfull\n", "a=four" },
    { FAULT_FULL_ON, 1, "full\nother\nfull\n", "" },
  };
  static const char *const steps[] = { "write:a:four", "sync:a", "rename:a:b", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FaultTrial) trial = fault_trial_new ();
      g_auto (FaultRun) run = { 0 };
      g_autofree char *left = NULL;

      run_steps (trial, steps, rows[i].kind, rows[i].at, &run);
      left = describe_all (trial);
      g_assert_cmpstr (run.output, ==, rows[i].output);
      g_assert_cmpstr (left, ==, rows[i].left);
      g_assert_cmpint (run.killed, ==, rows[i].killed);
      g_assert_cmpint (run.fired, ==, rows[i].at > 0 && rows[i].at < 5);
      if (rows[i].kind == FAULT_NONE)
        g_assert_cmpuint (run.n_calls, ==, 4);
    }
}

/* Nor is a failed sync one. */
static void
test_failed_sync (void)
{
  static const char *const steps[] = { "write:a:x", "sync:.", "sync:a", NULL };
  static const char *const again[] = { "write:a:x", "sync:.", "sync:a", "sync:a", NULL };
  static const char *const anew[] = { "write:a:x", "sync:.", "sync:a", "write:a:x", "sync:a", NULL };
  g_autoptr (FaultTrial) trial = fault_trial_new (), second = fault_trial_new (), third = fault_trial_new ();
  g_auto (FaultRun) run = { 0 }, second_run = { 0 }, third_run = { 0 };
  g_autofree char *after = NULL, *after_again = NULL, *after_anew = NULL;

  g_assert_true (run_steps (trial, steps, FAULT_IO_ONCE, 4, &run));
  g_assert_cmpstr (run.output, ==, "done\ndone\nio\n");
  g_assert_cmpstr (run.name, ==, "fsync");
  fault_trial_fail_power (trial, NULL);
  after = describe_all (trial);
  g_assert_cmpstr (after, ==, "a=");

  /* The next one says that all is well, and nothing is; only what is written anew comes to the disk. */
  g_assert_true (run_steps (second, again, FAULT_IO_ONCE, 4, &second_run));
  g_assert_cmpstr (second_run.output, ==, "done\ndone\nio\ndone\n");
  fault_trial_fail_power (second, NULL);
  after_again = describe_all (second);
  g_assert_cmpstr (after_again, !=, "a=x");
  g_assert_true (run_steps (third, anew, FAULT_IO_ONCE, 4, &third_run));
  fault_trial_fail_power (third, NULL);
  after_anew = describe_all (third);
  g_assert_cmpstr (after_anew, ==, "a=x");
}

void
test_shim_add (void)
{
  g_test_add_func ("/faults/shim/power", test_power);
  g_test_add_func ("/faults/shim/power-after-two-processes", test_power_after_two_processes);
  g_test_add_func ("/faults/shim/power-loses-some", test_power_loses_some);
  g_test_add_func ("/faults/shim/kinds", test_kinds);
  g_test_add_func ("/faults/shim/failed-sync", test_failed_sync);
}
