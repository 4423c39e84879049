/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-trial.h"

#include <gio/gio.h>

#include "fault-power.h"

/* In a folder of its own, which the store has to make: its name must get to the disk too. */
StoreTrial *
store_trial_new (void)
{
  StoreTrial *self = g_new0 (StoreTrial, 1);

  self->trial = fault_trial_new ();
  self->check = store_check_new ();
  self->folder = g_build_filename (self->trial->folder, "data", "freshet", NULL);
  self->said = g_string_new (NULL);
  return self;
}

StoreTrial *
store_trial_copy (StoreTrial *from)
{
  StoreTrial *self = store_trial_new ();
  g_autofree char *data = g_build_filename (from->trial->folder, "data", NULL);
  const char *command[] = { "cp", "-a", data, self->trial->folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, &error);
  g_auto (StoreFindings) none;

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  fault_power_settle (self->trial->folder, self->trial->shadow);
  store_findings_init (&none);
  store_check_read (self->check, from->said->str, TRUE, &none);
  g_string_append (self->said, from->said->str);
  return self;
}

void
store_trial_free (StoreTrial *self)
{
  fault_trial_free (self->trial);
  store_check_free (self->check);
  g_free (self->folder);
  g_string_free (self->said, TRUE);
  g_free (self);
}

static gboolean
is_kill (FaultKind kind)
{
  return kind == FAULT_KILL || kind == FAULT_KILL_AFTER;
}

guint
store_trial_run (StoreTrial *self, guint32 seed, guint n_steps, FaultKind kind, guint at, StoreFindings *findings)
{
  g_autofree char *seed_text = g_strdup_printf ("%u", seed), *steps_text = g_strdup_printf ("%u", n_steps);
  const char *command[] = { g_getenv ("FRESHET_FAULT_WORKER"), self->folder, self->trial->parent, seed_text, steps_text,
                            NULL };
  gboolean may_fail = kind != FAULT_NONE && !is_kill (kind);
  g_auto (FaultRun) run = { 0 };

  fault_trial_run (self->trial, command, kind, at, &run);
  g_string_append (self->said, run.output);
  store_check_read (self->check, run.output, may_fail, findings);
  if (run.fired && is_kill (kind) ? !run.killed : !run.succeeded && !(run.killed && self->trial->gap > 0))
    {
      findings->wrong++;
      g_string_append_printf (findings->report, "The worker ended by itself at %s\n", run.name);
    }
  return at > 0 && !run.fired ? 0 : run.n_calls;
}

void
store_trial_destroy_catalogue (StoreTrial *self)
{
  g_autofree char *path = g_build_filename (self->folder, "freshet.db", NULL);

  g_assert_true (g_file_set_contents_full (path, "not a catalogue any more", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  store_check_forget_titles (self->check);
  fault_power_settle (self->trial->folder, self->trial->shadow);
}

void
store_trial_end (StoreTrial *self, StorePower power, GRand *rand, StoreFindings *findings)
{
  if (power != STORE_POWER_STAYS)
    fault_trial_fail_power (self->trial, power == STORE_POWER_FAILS_SOME ? rand : NULL);
  store_check_verify (self->check, self->folder, findings);
}
