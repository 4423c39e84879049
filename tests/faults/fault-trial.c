/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-trial.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "fault-power.h"
#include "fr-test-support.h"

/* In memory where that can be: a thousand folders that are made and thrown away need no disk, and what a disk would do
 * is the shadow's to say. */
static char *
make_parent (void)
{
  char *path = g_strdup ("/dev/shm/freshet-test-XXXXXX");

  if (g_mkdtemp (path) != NULL)
    return path;
  g_free (path);
  return fr_test_folder_new ();
}

FaultTrial *
fault_trial_new (void)
{
  FaultTrial *self = g_new0 (FaultTrial, 1);
  g_autofree char *real = NULL;

  self->parent = make_parent ();
  real = realpath (self->parent, NULL);
  self->folder = g_build_filename (real, "disk", NULL);
  self->shadow = g_build_filename (real, "shadow", NULL);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  fault_power_settle (self->folder, self->shadow);
  return self;
}

void
fault_trial_free (FaultTrial *self)
{
  fr_test_folder_free (self->parent);
  g_free (self->folder);
  g_free (self->shadow);
  g_free (self);
}

static void
write_counts (FaultTrial *self, const FaultCounts *counts)
{
  g_autofree char *path = g_build_filename (self->shadow, FAULT_COUNTS_NAME, NULL);

  g_assert_true (g_file_set_contents_full (path, (const char *) counts, sizeof *counts, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
}

static void
read_counts (FaultTrial *self, FaultRun *run)
{
  g_autofree char *path = g_build_filename (self->shadow, FAULT_COUNTS_NAME, NULL);
  g_autofree char *contents = NULL;
  FaultCounts counts;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpuint (size, ==, sizeof counts);
  memcpy (&counts, contents, sizeof counts);
  run->n_calls = counts.n_calls;
  run->fired = counts.fired != 0;
  g_strlcpy (run->name, counts.name, sizeof run->name);
}

/* AddressSanitizer wants to be the first library, and then stands before the shim just as well after it. */
static GSubprocessLauncher *
launcher_new (FaultTrial *self, FaultKind kind, guint at)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  const char *shim = g_getenv ("FRESHET_FAULT_SHIM"), *asan = g_getenv ("ASAN_OPTIONS");
  g_autofree char *kind_text = g_strdup_printf ("%d", kind), *at_text = g_strdup_printf ("%u", at);
  g_autofree char *gap_text = g_strdup_printf ("%u", self->gap);
  g_autofree char *asan_text = g_strconcat (asan != NULL ? asan : "", ":verify_asan_link_order=0", NULL);

  if (shim == NULL)
    g_error ("FRESHET_FAULT_SHIM is not set");
  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", shim, TRUE);
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", asan_text, TRUE);
  g_subprocess_launcher_setenv (launcher, FAULT_FOLDER_VARIABLE, self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, FAULT_SHADOW_VARIABLE, self->shadow, TRUE);
  g_subprocess_launcher_setenv (launcher, FAULT_KIND_VARIABLE, kind_text, TRUE);
  g_subprocess_launcher_setenv (launcher, FAULT_AT_VARIABLE, at_text, TRUE);
  g_subprocess_launcher_setenv (launcher, FAULT_GAP_VARIABLE, gap_text, TRUE);
  return launcher;
}

/* Runs a program until it ends by itself or by the fault. */
void
fault_trial_run (FaultTrial *self, const char *const *command, FaultKind kind, guint at, FaultRun *out_run)
{
  g_autoptr (GSubprocessLauncher) launcher = launcher_new (self, kind, at);
  const FaultCounts none = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *end;

  write_counts (self, &none);
  process = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
  *out_run = (FaultRun){ 0 };
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out_run->output, NULL, &error);
  g_assert_no_error (error);
  end = strrchr (out_run->output, '\n');
  *(end != NULL ? end + 1 : out_run->output) = '\0';
  out_run->succeeded = g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0;
  out_run->killed = g_subprocess_get_if_signaled (process) && g_subprocess_get_term_sig (process) == SIGKILL;
  read_counts (self, out_run);
}

void
fault_trial_fail_power (FaultTrial *self, GRand *rand)
{
  fault_power_fail (self->folder, self->shadow, rand);
}

void
fault_run_clear (FaultRun *run)
{
  g_clear_pointer (&run->output, g_free);
}

const char *
fault_kind_get_name (FaultKind kind)
{
  static const char *const names[FAULT_N_KINDS] = {
    [FAULT_NONE] = "no fault",
    [FAULT_KILL] = "kill",
    [FAULT_KILL_AFTER] = "kill in the middle",
    [FAULT_IO_ONCE] = "EIO once",
    [FAULT_IO_ON] = "EIO from then on",
    [FAULT_FULL_ONCE] = "ENOSPC once",
    [FAULT_FULL_ON] = "ENOSPC from then on",
  };

  return names[kind];
}
