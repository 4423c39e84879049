/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-trial.h"
#include "store-check.h"

G_BEGIN_DECLS

/* store-worker under a fault, and what has become of its store. FRESHET_FAULT_WORKER says where it is. */

typedef enum
{
  STORE_POWER_STAYS,
  STORE_POWER_FAILS,      /* all that was not synced is lost */
  STORE_POWER_FAILS_SOME, /* some of it */
  STORE_N_POWERS,
} StorePower;

typedef struct
{
  FaultTrial *trial; /* owned, all four */
  StoreCheck *check;
  char *folder;
  GString *said; /* by all workers */
} StoreTrial;

StoreTrial *store_trial_new (void);

/* Another one that begins where `from` is; all that is there is on the disk. */
StoreTrial *store_trial_copy (StoreTrial *from);
void store_trial_free (StoreTrial *self);

/* Runs a worker for `n_steps` steps that follow from `seed`. Returns how many calls of it write; 0 if the `at`th was not
 * reached. Whatever is found is added to `findings`. */
guint store_trial_run (StoreTrial *self,
                       guint32 seed,
                       guint n_steps,
                       FaultKind kind,
                       guint at,
                       StoreFindings *findings);

/* Has only the bytes of the pictures be left, which the next start has to find. */
void store_trial_destroy_catalogue (StoreTrial *self);

/* Nothing is run afterwards. */
void store_trial_end (StoreTrial *self, StorePower power, GRand *rand, StoreFindings *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTrial, store_trial_free)

G_END_DECLS
