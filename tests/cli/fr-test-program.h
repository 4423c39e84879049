/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A freshet-cli that runs as a process of its own: what it has written so far, and how it ended. What is still
 * running at the end of a test is killed. */

typedef struct
{
  GSubprocess *process;
  GString *out;
  GString *err;
  GCancellable *reading;
  guint n_open; /* of its two outputs */
  gboolean ended;
  int status; /* when ended */
} FrTestProgram;

FrTestProgram *fr_test_program_start (const char *const *arguments);
void fr_test_program_free (FrTestProgram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrTestProgram, fr_test_program_free)

/* Wait, within bounds, until it has ended; until it has written `text` to stdout. */
int fr_test_program_wait (FrTestProgram *self);
void fr_test_program_wait_for (FrTestProgram *self, const char *text);
void fr_test_program_signal (FrTestProgram *self, int signal_number);

/* Starts, waits, and returns the exit status. */
int fr_test_program_run (const char *const *arguments, char **out_text, char **err_text);

G_END_DECLS
