/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"
#include "store-trial.h"
#include "tests.h"

/* Every single call that writes in the life of a small store goes wrong in every way. bench-store-faults does it at
 * random in longer lives. */

static void
assert_nothing_found (const StoreFindings *findings, FaultKind kind, guint at, StorePower power)
{
  if (findings->lost == 0 && findings->wrong == 0)
    return;
  g_test_message ("%s at %u, power %d:\n%s", fault_kind_get_name (kind), at, power, findings->report->str);
  g_test_fail ();
}

/* One import; and after a kill sometimes one more by another process, so that what the first has left unsynced is seen. */
static guint
import_with_fault (StoreTrial *before, FaultKind kind, guint at, guint gap, StorePower power, GRand *rand)
{
  g_autoptr (StoreTrial) trial = before != NULL ? store_trial_copy (before) : store_trial_new ();
  g_auto (StoreFindings) findings;
  guint n_calls;

  store_findings_init (&findings);
  trial->trial->gap = gap;
  n_calls = store_trial_run (trial, 1, 1, kind, at, &findings);
  trial->trial->gap = 0;
  if (g_rand_int_range (rand, 0, 4) == 0)
    store_trial_run (trial, 2, 1, FAULT_NONE, 0, &findings);
  store_trial_end (trial, power, rand, &findings);
  assert_nothing_found (&findings, kind, at, power);
  return n_calls;
}

/* The start of the very first Freshet, too. */
static void
test_each_call_in_new_store (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint at = 1 + (guint) g_rand_int_range (rand, 0, 2);

  for (; import_with_fault (NULL, at % 4 > 1 ? FAULT_KILL : FAULT_IO_ONCE, at, 0, at % STORE_N_POWERS, rand) > 0;
       at += 2)
    ;
  g_test_message ("%u calls", at - 1);
  g_assert_cmpuint (at, >, 60);
}

static void
test_each_call (gconstpointer data)
{
  FaultKind kind = GPOINTER_TO_UINT (data);
  guint step = kind == FAULT_IO_ON || kind == FAULT_FULL_ON ? 4 : 1; /* much the same from one to the next */
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (StoreTrial) before = store_trial_new ();
  g_auto (StoreFindings) findings;
  guint at = 1;

  store_findings_init (&findings);
  store_trial_run (before, 0, 1, FAULT_NONE, 0, &findings);
  for (; import_with_fault (before, kind, at, 0, at / step % STORE_N_POWERS, rand) > 0; at += step)
    if (kind == FAULT_KILL && at % STORE_N_POWERS != STORE_POWER_FAILS)
      import_with_fault (before, kind, at, 0, STORE_POWER_FAILS, rand);
  g_test_message ("%u calls", at - 1);
  g_assert_cmpuint (at, >, 20);
}

/* A commit that could not be synced is in the log all the same, and the next Freshet believes it: what is done about a
 * failure may not have made that wrong. */
static void
test_killed_after_error (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (StoreTrial) before = store_trial_new ();
  g_auto (StoreFindings) findings;

  store_findings_init (&findings);
  store_trial_run (before, 0, 1, FAULT_NONE, 0, &findings);
  for (guint at = 1; import_with_fault (before, FAULT_IO_ONCE, at, 2, STORE_POWER_STAYS, rand) > 0; at++)
    ;
}

/* What makes a lost catalogue anew may be stopped anywhere, too. */
static void
test_each_call_of_rescue (void)
{
  static const FaultKind kinds[] = { FAULT_KILL, FAULT_IO_ONCE, FAULT_KILL_AFTER, FAULT_FULL_ON };
  g_autoptr (GRand) rand = fr_test_rand_new ();
  g_autoptr (StoreTrial) before = store_trial_new ();
  g_auto (StoreFindings) findings;
  guint n_calls = 1;

  store_findings_init (&findings);
  store_trial_run (before, 0, 4, FAULT_NONE, 0, &findings);
  for (guint at = 1 + (guint) g_rand_int_range (rand, 0, 2); n_calls > 0; at += 2)
    {
      FaultKind kind = kinds[at / 2 % G_N_ELEMENTS (kinds)];
      StorePower power = at / 2 % STORE_N_POWERS;
      g_autoptr (StoreTrial) trial = store_trial_copy (before);

      store_trial_destroy_catalogue (trial);
      n_calls = store_trial_run (trial, 1, 0, kind, at, &findings);
      store_trial_end (trial, power, rand, &findings);
      assert_nothing_found (&findings, kind, at, power);
    }
}

/* A picture that somebody sends; a failure is tried again, and the power fails in the end. */
static void
test_received (void)
{
  g_autoptr (StoreTrial) before = store_trial_new ();
  g_auto (StoreFindings) none;
  guint n_calls = 1;

  store_findings_init (&none);
  store_trial_run (before, 1, 1, FAULT_NONE, 0, &none);
  for (guint at = 1; n_calls > 0; at++)
    {
      g_autoptr (StoreTrial) trial = store_trial_copy (before);
      g_auto (StoreFindings) findings;

      store_findings_init (&findings);
      n_calls = store_trial_run (trial, 2, 1, FAULT_IO_ONCE, at, &findings);
      store_trial_end (trial, STORE_POWER_FAILS, NULL, &findings);
      assert_nothing_found (&findings, FAULT_IO_ONCE, at, STORE_POWER_FAILS);
    }
}

static void
test_no_fault (void)
{
  for (StorePower power = 0; power < STORE_N_POWERS; power++)
    {
      g_autoptr (GRand) rand = fr_test_rand_new ();
      g_autoptr (StoreTrial) trial = store_trial_new ();
      g_auto (StoreFindings) findings;

      store_findings_init (&findings);
      store_trial_run (trial, 7, 40, FAULT_NONE, 0, &findings);
      store_trial_end (trial, power, rand, &findings);
      assert_nothing_found (&findings, FAULT_NONE, 0, power);
    }
}

void
test_store_faults_add (void)
{
  g_test_add_func ("/faults/store/no-fault", test_no_fault);
  g_test_add_func ("/faults/kills/new-store", test_each_call_in_new_store);
  g_test_add_func ("/faults/errors/received", test_received);
  g_test_add_func ("/faults/kills/rescue", test_each_call_of_rescue);
  g_test_add_data_func ("/faults/kills/kill", GUINT_TO_POINTER (FAULT_KILL), test_each_call);
  g_test_add_data_func ("/faults/kills/kill-in-the-middle", GUINT_TO_POINTER (FAULT_KILL_AFTER), test_each_call);
  g_test_add_data_func ("/faults/errors/io-error", GUINT_TO_POINTER (FAULT_IO_ONCE), test_each_call);
  g_test_add_func ("/faults/errors/io-error-and-kill", test_killed_after_error);
  g_test_add_data_func ("/faults/errors/io-errors", GUINT_TO_POINTER (FAULT_IO_ON), test_each_call);
  g_test_add_data_func ("/faults/errors/full-disk-once", GUINT_TO_POINTER (FAULT_FULL_ONCE), test_each_call);
  g_test_add_data_func ("/faults/errors/full-disk", GUINT_TO_POINTER (FAULT_FULL_ON), test_each_call);
}
