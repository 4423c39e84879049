/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "fr-bench-numbers.h"
#include "heal-round.h"

/* Twelve peers who link themselves, and their server, each a process of its own on loopback. In each round four are
 * killed all at once, in every second one the server too, and what is measured is how long the others take to find
 * together again. Progress is on stderr; the last line of stdout is one JSON object. */

#define N_PEERS 12
#define N_KILLED 4
#define MAX_ROUNDS 100
#define MEDIAN_BOUND_S 3.0
#define WORST_BOUND_S 10.0

static void
tell (guint n, const HealRound *round, HealCrowd *crowd)
{
  g_autofree char *killed = heal_crowd_name (crowd, round->killed);

  g_printerr ("round %u: killed %s%s; %s's search %.2f s, links %.2f s, healed %.2f s; back %.2f s\n", n + 1, killed,
              round->server_alive ? "" : " and the server", crowd->members[round->asker].peer->name, round->search_s,
              round->links_s, round->heal_s, round->rejoin_s);
}

static JsonObject *
report_round (const HealRound *round, HealCrowd *crowd)
{
  JsonObject *object = json_object_new ();
  g_autofree char *killed = heal_crowd_name (crowd, round->killed);

  json_object_set_string_member (object, "killed", killed);
  json_object_set_boolean_member (object, "server_alive", round->server_alive);
  json_object_set_string_member (object, "asker", crowd->members[round->asker].peer->name);
  json_object_set_int_member (object, "searches", round->n_searches);
  fr_bench_report_number (object, "search_s", round->search_s);
  fr_bench_report_number (object, "links_s", round->links_s);
  fr_bench_report_number (object, "heal_s", round->heal_s);
  fr_bench_report_number (object, "rejoin_s", round->rejoin_s);
  return object;
}

/* One that did not heal counts with the time that it was given. */
static double
get_time (double seconds)
{
  return isnan (seconds) ? HEAL_GIVE_UP_SECONDS : seconds;
}

static double
get_worst (GArray *rounds)
{
  double worst = 0;

  for (guint i = 0; i < rounds->len; i++)
    worst = fmax (worst, get_time (g_array_index (rounds, HealRound, i).heal_s));
  return worst;
}

/* Returns whether all is within the bounds. */
static gboolean
report (HealCrowd *crowd, GArray *rounds, guint32 seed)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GArray) heal = fr_bench_numbers_new ();
  g_autoptr (GArray) search = fr_bench_numbers_new ();
  g_autoptr (GArray) back = fr_bench_numbers_new ();
  g_autofree char *text = NULL;
  JsonArray *each = json_array_new ();
  double median, worst = get_worst (rounds);

  for (guint i = 0; i < rounds->len; i++)
    {
      const HealRound *round = &g_array_index (rounds, HealRound, i);

      fr_bench_numbers_add (heal, get_time (round->heal_s));
      fr_bench_numbers_add (search, get_time (round->search_s));
      fr_bench_numbers_add (back, round->rejoin_s);
      json_array_add_object_element (each, report_round (round, crowd));
    }
  median = fr_bench_numbers_get_median (heal);
  json_object_set_int_member (object, "seed", seed);
  json_object_set_int_member (object, "peers", crowd->n_members);
  fr_bench_report_number (object, "heal_median_s", median);
  fr_bench_report_number (object, "heal_worst_s", worst);
  fr_bench_report_number (object, "search_median_s", fr_bench_numbers_get_median (search));
  fr_bench_report_number (object, "rejoin_median_s", fr_bench_numbers_get_median (back));
  json_object_set_array_member (object, "rounds", each);
  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
  return median <= MEDIAN_BOUND_S && worst <= WORST_BOUND_S;
}

static gboolean
run (HealCrowd *crowd, GArray *rounds, guint n_rounds, GRand *rand, GError **error)
{
  g_printerr ("starting %u peers\n", crowd->n_members);
  if (!heal_begin (crowd, rand, error))
    return FALSE;
  for (guint i = 0; i < n_rounds; i++)
    {
      const HealPlan plan
          = { .mortal = HEAL_ALL (N_PEERS), .n_killed = N_KILLED, .kills_server = i % 2 == 1, .rand = rand };
      HealRound round;

      g_printerr ("round %u\n", i + 1);
      if (!heal_round_run (crowd, &plan, &round, error))
        return FALSE;
      tell (i, &round, crowd);
      g_array_append_val (rounds, round);
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  int n_rounds = 5;
  gint64 seed = 0;
  gboolean verbose = FALSE;
  const GOptionEntry entries[] = {
    { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "How many (default: 5)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Who is killed (default: by chance)", "SEED" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "Tell of each link that comes and goes", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- how long twelve peers take to heal");
  g_autoptr (GArray) rounds = g_array_new (FALSE, FALSE, sizeof (HealRound));
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = NULL;
  HealCrowd *crowd;
  gboolean ok, within;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  seed = seed != 0 ? seed & G_MAXUINT32 : g_random_int ();
  rand = g_rand_new_with_seed ((guint32) seed);
  g_printerr ("seed %" G_GINT64_FORMAT "\n", seed);
  crowd = heal_crowd_new (N_PEERS);
  crowd->verbose = verbose;
  ok = run (crowd, rounds, (guint) CLAMP (n_rounds, 1, MAX_ROUNDS), rand, &error);
  if (!ok)
    g_printerr ("%s\n", error->message);
  within = ok && report (crowd, rounds, (guint32) seed);
  heal_crowd_free (crowd, !within);
  return within ? 0 : 1;
}
