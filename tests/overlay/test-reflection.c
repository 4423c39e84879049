/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-test-support.h"
#include "overlay-fixture.h"
#include "overlay-network.h"
#include "tests.h"

/* Nobody can have others send anything to somebody who did not ask: not in that one's name, nor with what that one once
 * said. Networks of engines, in all of which everybody has what is asked for; a dial that any of them wanted would fail
 * the test by itself. */

#define VICTIM 0
#define N_NODES 30
#define N_ROUNDS 5

/* Anybody but the victim, from the whole network: a neighbour of the victim now and then. */
static guint
choose_attacker (GRand *rand)
{
  return (guint) g_rand_int_range (rand, 1, N_NODES);
}

static Network *
random_network (GRand *rand, const FrOverlayConfig *config)
{
  Network *network = network_new (rand, config, N_NODES);

  network_connect_randomly (network, 3 * N_NODES);
  network_run (network);
  return network;
}

/* As holders do: once they have been asked. */
static void
answer_all (Network *network, const FrQueryId *query, const guint *n_before)
{
  for (guint node = 0; node < N_NODES; node++)
    if (network_n_delivered (network, node) > n_before[node])
      network_answer (network, node, query);
  network_run (network);
}

static void
count_delivered (Network *network, guint *out_counts)
{
  for (guint node = 0; node < N_NODES; node++)
    out_counts[node] = network_n_delivered (network, node);
}

static void
test_forged (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (Network) network = random_network (rand, NULL);
      guint attacker = choose_attacker (rand);

      for (guint i = 0; i < 20; i++)
        {
          g_autoptr (GBytes) body = fixture_body (VICTIM, i / 2); /* each with two signatures */
          g_autoptr (GBytes) query = fixture_forged_query (body, 1 + i % FR_QUERY_MAX_TTL, 1, 1 + i);

          network_say (network, attacker, query);
          network_run (network);
        }
      for (guint node = 0; node < N_NODES; node++)
        g_assert_cmpuint (network_n_delivered (network, node), ==, 0);
      g_assert_cmpuint (network_n_answers (network, VICTIM), ==, 0);
    }
}

static GBytes *
genuine_query (guint number, guint ttl, guint hops)
{
  g_autoptr (GBytes) body = fixture_body (VICTIM, number);

  return fixture_query (body, ttl, hops);
}

/* The victim has asked, and each holder answers once, however often and far somebody else says it again. */
static void
test_said_again (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (Network) network = random_network (rand, NULL);
      guint attacker = choose_attacker (rand), before[N_NODES] = { 0 };
      FrQueryId id = network_search (network, VICTIM, 0, 3);
      guint n_answers;

      network_run (network);
      answer_all (network, &id, before);
      n_answers = network_n_answers (network, VICTIM);
      count_delivered (network, before);
      for (guint ttl = 1; ttl <= FR_QUERY_MAX_TTL; ttl++)
        for (guint hops = 0; hops < 3; hops++)
          {
            g_autoptr (GBytes) query = genuine_query (0, ttl, hops);

            network_say (network, attacker, query);
            network_run (network);
          }
      /* it may have gone farther than the victim wanted, and who was not asked before answers once */
      answer_all (network, &id, before);
      for (guint holder = 0; holder < N_NODES; holder++)
        {
          g_assert_cmpuint (network_n_delivered (network, holder), <=, holder != VICTIM);
          g_assert_cmpuint (network_n_hits (network, VICTIM, holder), <=, 1);
        }
      g_assert_cmpuint (network_n_answers (network, VICTIM), >=, n_answers);
      g_assert_cmpuint (network_n_answers (network, VICTIM), <, N_NODES);
    }
}

/* When all have forgotten it, it is new to them: what they answer goes to who said it, and not to who once asked. */
static void
test_said_long_after (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  FrOverlayConfig config;
  guint n_answered = 0;

  fr_overlay_config_init_default (&config);
  config.ledger_age_us = 2 * G_USEC_PER_SEC;
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (Network) network = random_network (rand, &config);
      g_autoptr (GBytes) query = genuine_query (0, FR_QUERY_MAX_TTL, 0);
      guint attacker = choose_attacker (rand), before[N_NODES] = { 0 };
      FrQueryId id = network_search (network, VICTIM, 0, FR_QUERY_MAX_TTL);
      guint n_answers;

      network_run (network);
      answer_all (network, &id, before);
      network_settle (network, 3 * config.ledger_age_us);
      n_answers = network_n_answers (network, VICTIM);
      count_delivered (network, before);
      network_say (network, attacker, query);
      network_run (network);
      answer_all (network, &id, before);
      g_assert_cmpuint (network_n_answers (network, VICTIM), ==, n_answers);
      n_answered += network_n_answers (network, attacker);
    }
  g_assert_cmpuint (n_answered, >, 0);
}

void
test_reflection_add (void)
{
  g_test_add_func ("/overlay/reflection/forged", test_forged);
  g_test_add_func ("/overlay/reflection/said-again", test_said_again);
  g_test_add_func ("/overlay/reflection/said-long-after", test_said_long_after);
}
