/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "heal-round.h"
#include "heal-usage.h"

/* Rounds of dying and healing for as long as is asked for. Some peers live through all of it, and must end with the
 * descriptors, threads and memory that they began with. Both are looked at in the same state: nobody else is there, and
 * each of them is linked with each other one. The first round is not counted, as it makes what is kept for good. */

#define N_PEERS 9
#define N_LASTING 4
#define N_KILLED 3
#define DEFAULT_SECONDS 120
#define MAX_SECONDS (24 * 60 * 60)

#define REST_PATIENCE_SECONDS 120 /* transfers rest for 30 s, idle threads wait for 15 */

/* How much more memory may be in use at the end: what malloc keeps for threads that come and go. */
#define MORE_MIB 24.0

#if defined(__SANITIZE_ADDRESS__)
#define JUDGES_MEMORY FALSE /* what is freed stays in quarantine */
#else
#define JUDGES_MEMORY TRUE
#endif

typedef struct
{
  HealCrowd *crowd;
  GRand *rand;
  gint64 until_us;
  guint n_rounds;
  HealUsage before[N_LASTING];
} Soak;

static gboolean
fail (Soak *soak, GError **error, const char *what)
{
  heal_crowd_tell (soak->crowd);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, what);
  return FALSE;
}

static gboolean
be_alone (Soak *soak, GError **error)
{
  heal_crowd_stop (soak->crowd, HEAL_ALL (N_PEERS) & ~HEAL_ALL (N_LASTING));
  if (!heal_wait ((HealCondition) heal_crowd_is_complete, soak->crowd, HEAL_PATIENCE_SECONDS))
    return fail (soak, error, "Those who last are not all linked with each other");
  for (guint i = 0; i < N_LASTING; i++)
    if (!fr_bench_peer_ask (soak->crowd->members[i].peer, fr_control_request ("close-transfers"), NULL, NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
come_back (Soak *soak, GError **error)
{
  for (guint i = N_LASTING; i < N_PEERS; i++)
    if (!heal_crowd_start (soak->crowd, i, -1, error))
      return FALSE;
  return heal_wait_together (soak->crowd, 0, error);
}

static gboolean
run_round (Soak *soak, GError **error)
{
  const HealPlan plan = { .mortal = HEAL_ALL (N_PEERS) & ~HEAL_ALL (N_LASTING),
                          .n_killed = N_KILLED,
                          .kills_server = soak->n_rounds % 2 == 1,
                          .rand = soak->rand };
  HealRound round;
  HealUsage usage;
  g_autofree char *killed = NULL;

  if (!heal_round_run (soak->crowd, &plan, &round, error))
    return FALSE;
  killed = heal_crowd_name (soak->crowd, round.killed);
  usage = heal_usage_read (g_subprocess_get_identifier (soak->crowd->members[0].peer->process));
  g_printerr ("round %u: killed %s%s; healed %.2f s, back %.2f s; %u descriptors, %u connections, "
              "%u and %u threads, %.1f MiB\n",
              soak->n_rounds + 1, killed, round.server_alive ? "" : " and the server", round.heal_s, round.rejoin_s,
              usage.descriptors, usage.connections, usage.threads, usage.lent, usage.mib);
  soak->n_rounds++;
  return TRUE;
}

static gboolean
look_before (Soak *soak, GError **error)
{
  if (!heal_usage_at_rest (soak->crowd, N_LASTING, REST_PATIENCE_SECONDS, soak->before))
    return fail (soak, error, "Somebody never comes to rest");
  for (guint i = 0; i < N_LASTING; i++)
    heal_usage_tell_threads (soak->crowd, i);
  return TRUE;
}

static gboolean
look_after (Soak *soak, GError **error)
{
  gboolean back = TRUE, memory = TRUE;

  for (guint i = 0; i < N_LASTING; i++)
    {
      const HealUsage *before = &soak->before[i];
      HealUsage after;

      if (!heal_usage_is_back (soak->crowd, i, before, N_LASTING - 1, REST_PATIENCE_SECONDS, &after))
        {
          heal_usage_tell_descriptors (soak->crowd, i);
          heal_usage_tell_threads (soak->crowd, i);
          back = FALSE;
        }
      memory &= !JUDGES_MEMORY || after.mib <= before->mib + MORE_MIB;
      g_printerr ("%s: descriptors %u, then %u, and %u connections; threads %u and %u, then %u and %u; "
                  "MiB %.1f, then %.1f\n",
                  soak->crowd->members[i].peer->name, before->descriptors, after.descriptors,
                  after.connections, before->threads, before->lent, after.threads, after.lent, before->mib, after.mib);
    }
  if (!back)
    return fail (soak, error, "Descriptors or threads were left behind");
  return memory || fail (soak, error, "Memory was left behind");
}

static gboolean
run (Soak *soak, gint64 seconds, GError **error)
{
  if (!heal_begin (soak->crowd, soak->rand, error) || !run_round (soak, error) || !be_alone (soak, error)
      || !look_before (soak, error) || !come_back (soak, error))
    return FALSE;
  soak->until_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  do
    if (!run_round (soak, error))
      return FALSE;
  while (g_get_monotonic_time () < soak->until_us);
  return be_alone (soak, error) && look_after (soak, error);
}

int
main (int argc, char **argv)
{
  const char *given = g_getenv ("FRESHET_TEST_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  gint64 seconds = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : DEFAULT_SECONDS;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  Soak soak = { .crowd = heal_crowd_new (N_PEERS), .rand = rand };
  gboolean ok;

  g_printerr ("FRESHET_TEST_SEED=%u\n", seed);
  ok = run (&soak, CLAMP (seconds, 1, MAX_SECONDS), &error);
  if (!ok)
    g_printerr ("%s\n", error->message);
  heal_crowd_free (soak.crowd, !ok);
  return ok ? 0 : 1;
}
