/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fault-plan.h"

G_BEGIN_DECLS

/* A folder that is watched by the shim, and programs that are run on it, one after the other. FRESHET_FAULT_SHIM says
 * where the shim is. */

typedef struct
{
  char *parent; /* owned: a folder of its own for all that goes with it */
  char *folder; /* owned: what is watched */
  char *shadow; /* owned */
  guint gap;    /* of programs that are run from now on: so many calls after an error they are killed; 0: never */
} FaultTrial;

typedef struct
{
  gboolean succeeded; /* exit status 0 */
  gboolean killed;
  gboolean fired;
  guint n_calls;
  char name[32]; /* of the call that went wrong */
  char *output;  /* owned; the standard output, to the last whole line */
} FaultRun;

FaultTrial *fault_trial_new (void);
void fault_trial_free (FaultTrial *self);
void fault_trial_run (FaultTrial *self, const char *const *command, FaultKind kind, guint at, FaultRun *out_run);
void fault_trial_fail_power (FaultTrial *self, GRand *rand);
void fault_run_clear (FaultRun *run);
const char *fault_kind_get_name (FaultKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultTrial, fault_trial_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FaultRun, fault_run_clear)

G_END_DECLS
