/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "heal-round.h"

#include <math.h>

static double
seconds_since (gint64 from_us, gint64 until_us)
{
  return until_us != 0 ? (double) (until_us - from_us) / G_USEC_PER_SEC : NAN;
}

static guint
pick_one (HealSet of, GRand *rand)
{
  guint i;

  do
    i = (guint) g_rand_int_range (rand, 0, HEAL_MAX_PEERS);
  while ((of & HEAL_ONE (i)) == 0);
  return i;
}

static gboolean
fail (HealCrowd *crowd, GError **error, const char *what)
{
  heal_crowd_tell (crowd);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, what);
  return FALSE;
}

static gboolean
is_known (gpointer data)
{
  const HealMember *member = data;

  return g_hash_table_size (member->links) > 0;
}

static gboolean
remove_person (HealCrowd *crowd, guint i, guint person, GError **error)
{
  JsonObject *request = fr_control_request ("people-remove");

  fr_control_set_string (request, "person", crowd->members[person].peer->name); /* as its address */
  return fr_bench_peer_ask (crowd->members[i].peer, request, NULL, NULL, error);
}

/* From here on nobody is anybody's contact: what heals has healed by itself. */
static gboolean
part_people (HealCrowd *crowd, const int *connects, GError **error)
{
  for (guint i = 1; i < crowd->n_members; i++)
    if (!remove_person (crowd, i, (guint) connects[i], error))
      return FALSE;
  return heal_wait ((HealCondition) heal_crowd_is_settled, crowd, HEAL_PATIENCE_SECONDS)
         || fail (crowd, error, "The crowd does not settle");
}

gboolean
heal_begin (HealCrowd *crowd, GRand *rand, GError **error)
{
  int connects[HEAL_MAX_PEERS] = { -1 };

  if (!heal_crowd_start_server (crowd, error))
    return FALSE;
  for (guint i = 0; i < crowd->n_members; i++)
    {
      connects[i] = i > 0 ? g_rand_int_range (rand, 0, (gint32) i) : -1;
      if (!heal_crowd_start (crowd, i, connects[i], error) || !heal_crowd_share (crowd, i, error)
          || !fr_bench_peer_ask (crowd->members[i].peer, fr_control_request ("ready"), NULL, NULL, error))
        return FALSE;
      if (i > 0 && !heal_wait (is_known, &crowd->members[i], HEAL_PATIENCE_SECONDS))
        return fail (crowd, error, "Somebody does not get connected");
    }
  if (!heal_wait ((HealCondition) heal_crowd_is_settled, crowd, HEAL_PATIENCE_SECONDS))
    return fail (crowd, error, "The crowd does not settle");
  return part_people (crowd, connects, error);
}

/* What is waited for while a round goes on. */
typedef struct
{
  HealCrowd *crowd;
  HealSearches *searches;
  gint64 settled_us; /* since when: 0 while it is not */
} Wait;

static gboolean
is_together (gpointer data)
{
  Wait *wait = data;

  if (wait->crowd->broken)
    return TRUE;
  if (!heal_crowd_is_settled (wait->crowd))
    wait->settled_us = 0;
  else if (wait->settled_us == 0)
    wait->settled_us = g_get_monotonic_time ();
  return wait->settled_us != 0 && heal_searches_have_found_all (wait->searches);
}

gboolean
heal_wait_together (HealCrowd *crowd, guint asker, GError **error)
{
  Wait wait = { .crowd = crowd };
  g_autofree char *found = NULL;
  gboolean ok;

  if (!heal_wait ((HealCondition) heal_crowd_is_settled, crowd, HEAL_PATIENCE_SECONDS))
    return fail (crowd, error, "The crowd does not settle");
  wait.searches = heal_searches_new (crowd, asker);
  ok = heal_wait (is_together, &wait, HEAL_PATIENCE_SECONDS);
  found = heal_crowd_name (crowd, heal_searches_get_best (wait.searches));
  heal_searches_free (wait.searches);
  if (crowd->broken)
    return fail (crowd, error, "Somebody has ended by itself");
  if (ok)
    return TRUE;
  g_printerr ("%s has found %s\n", crowd->members[asker].peer->name, found);
  return fail (crowd, error, "The crowd does not stay settled, or a search does not find everybody");
}

static void
heal (HealCrowd *crowd, const HealPlan *plan, HealRound *round)
{
  Wait wait = { .crowd = crowd };
  gint64 killed_us = g_get_monotonic_time ();
  gboolean ok;

  crowd->since_us = killed_us;
  heal_crowd_kill (crowd, round->killed);
  if (plan->kills_server)
    heal_crowd_kill_server (crowd);
  wait.searches = heal_searches_new (crowd, round->asker);
  ok = heal_wait (is_together, &wait, HEAL_GIVE_UP_SECONDS) && !crowd->broken;
  round->search_s = seconds_since (killed_us, heal_searches_get_found_us (wait.searches));
  round->links_s = seconds_since (killed_us, wait.settled_us);
  round->heal_s = ok ? MAX (round->search_s, round->links_s) : NAN;
  round->n_searches = heal_searches_get_n_asked (wait.searches);
  if (!ok)
    {
      g_autofree char *found = heal_crowd_name (crowd, heal_searches_get_best (wait.searches));

      g_printerr ("not healed: %s has found %s\n", crowd->members[round->asker].peer->name, found);
      heal_crowd_tell (crowd);
    }
  heal_searches_free (wait.searches);
}

static gboolean
rejoin (HealCrowd *crowd, HealRound *round, guint asker, GError **error)
{
  gint64 started_us = g_get_monotonic_time ();

  crowd->since_us = started_us;
  for (guint i = 0; i < crowd->n_members; i++)
    if ((round->killed & HEAL_ONE (i)) != 0 && !heal_crowd_start (crowd, i, -1, error))
      return FALSE;
  if (!heal_wait_together (crowd, asker, error))
    return FALSE;
  round->rejoin_s = seconds_since (started_us, g_get_monotonic_time ());
  return TRUE;
}

gboolean
heal_round_run (HealCrowd *crowd, const HealPlan *plan, HealRound *out_round, GError **error)
{
  HealSet alive = heal_crowd_get_alive (crowd);
  HealGraph graph;

  *out_round = (HealRound) { .server_alive = !plan->kills_server, .rejoin_s = NAN };
  if (!heal_wait_together (crowd, pick_one (alive, plan->rand), error))
    return FALSE;
  heal_crowd_get_graph (crowd, &graph);
  out_round->killed = heal_graph_pick (&graph, alive, plan->mortal, plan->n_killed, plan->rand);
  if (out_round->killed == 0)
    return fail (crowd, error, "Nobody can be killed without breaking the rest apart");
  out_round->asker = pick_one (alive & ~out_round->killed, plan->rand);
  heal (crowd, plan, out_round);
  if (!rejoin (crowd, out_round, pick_one (out_round->killed, plan->rand), error))
    return FALSE;
  return !plan->kills_server || heal_crowd_start_server (crowd, error);
}
