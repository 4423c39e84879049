/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-words.h"
#include "fr-test-support.h"
#include "overlay-network.h"
#include "tests.h"

/* On a settled network a search that asks digests comes to everybody whom a blind flood comes to and who has something,
 * at a fraction of the messages: on random graphs, with random galleries. */

#define N_GRAPHS 12
#define N_SEARCHES 30

static const char *const syllables[] = { "ha", "bo", "ur", "ligt", "ka", "mo", "te", "ri", "so", "lu" };

static char *
random_word (GRand *rand)
{
  GString *word = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
    g_string_append (word, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
  return g_string_free (word, FALSE);
}

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    {
      g_autofree char *word = random_word (rand);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", word);
    }
  return g_string_free (text, FALSE);
}

/* A word, part of one, a phrase, two at once, or one with another one excluded. */
static char *
random_search (GRand *rand)
{
  g_autofree char *one = random_word (rand), *two = random_word (rand);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      return g_strndup (one, (gsize) g_rand_int_range (rand, 1, 6));
    case 1:
      return g_strdup_printf ("\"%s %s\"", one, two);
    case 2:
      return g_strdup_printf ("%s %s", one, two);
    case 3:
      return g_strdup_printf ("%s -%s", one, two);
    default:
      return g_steal_pointer (&one);
    }
}

static guint64
count_forwarded (Network *network)
{
  guint64 n = 0;

  for (guint i = 0; i < network_n_nodes (network); i++)
    n += network_stats (network, i).queries_forwarded;
  return n;
}

static Network *
make_network (GRand *rand, gboolean digests, GPtrArray *texts)
{
  FrOverlayConfig config;
  Network *network;

  fr_overlay_config_init_default (&config);
  config.asks = FALSE;
  config.digests = digests;
  config.origin_burst = config.relay_burst = 1e6;
  network = network_new (rand, &config, texts->len);
  for (guint i = 0; i < texts->len; i++)
    network_set_text (network, i, g_ptr_array_index (texts, i));
  network_connect_randomly (network, 3 * texts->len);
  network_settle (network, 2 * G_USEC_PER_SEC);
  return network;
}

static void
test_finds_as_much (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint64 n_blind = 0, n_ours = 0, n_found = 0;

  for (guint graph = 0; graph < N_GRAPHS; graph++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      guint32 seed = g_rand_int (rand);
      g_autoptr (GRand) blind_rand = g_rand_new_with_seed (seed), our_rand = g_rand_new_with_seed (seed);
      g_autoptr (Network) blind = NULL, ours = NULL;

      for (int n = g_rand_int_range (rand, 2, 120); n > 0; n--)
        g_ptr_array_add (texts, random_text (rand));
      blind = make_network (blind_rand, FALSE, texts);
      ours = make_network (our_rand, TRUE, texts);
      for (guint s = 0; s < N_SEARCHES; s++)
        {
          guint asker = (guint) g_rand_int_range (rand, 0, (gint32) texts->len);
          guint ttl = (guint) g_rand_int_range (rand, 1, 6);
          g_autofree char *search = random_search (rand);
          g_autoptr (FrSearchWords) words = fr_search_words_parse (search, NULL);
          g_autofree guint *before = g_new (guint, 2 * texts->len);

          for (guint i = 0; i < texts->len; i++)
            {
              before[2 * i] = network_n_delivered (blind, i);
              before[2 * i + 1] = network_n_delivered (ours, i);
            }
          network_search_for (blind, asker, s, search, ttl);
          network_search_for (ours, asker, s, search, ttl);
          network_settle (blind, G_USEC_PER_SEC);
          network_settle (ours, G_USEC_PER_SEC);
          for (guint i = 0; i < texts->len; i++)
            {
              gboolean came_blind = network_n_delivered (blind, i) > before[2 * i];
              gboolean came = network_n_delivered (ours, i) > before[2 * i + 1];

              if (!came_blind || words == NULL || !fr_search_words_match (words, g_ptr_array_index (texts, i)))
                continue;
              g_assert_true (came);
              n_found++;
            }
        }
      n_blind += count_forwarded (blind);
      n_ours += count_forwarded (ours);
    }
  g_test_message ("%" G_GUINT64_FORMAT " found with %" G_GUINT64_FORMAT " messages, where a blind flood takes %"
                  G_GUINT64_FORMAT, n_found, n_ours, n_blind);
  g_assert_cmpuint (n_found, >, 100);
  g_assert_cmpuint (n_ours, <, n_blind);
}

/* The first link is never skipped, and what no digest can judge goes everywhere. */
static void
test_who_is_always_asked (void)
{
  static const struct
  {
    const char *words;
    guint ttl;
    gboolean everywhere;
  } rows[] = {
    { "zebra", 1, FALSE },  /* the neighbour is asked, for it is the first */
    { "zebra", 2, FALSE },
    { "ze", 2, TRUE },      /* too short to judge */
    { "-zebra ze", 2, TRUE },
    { "harbour", 2, TRUE }, /* it is there */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (1);
      FrOverlayConfig config;
      g_autoptr (Network) line = NULL;

      fr_overlay_config_init_default (&config);
      config.asks = FALSE;
      line = network_new (rand, &config, 3);
      for (guint node = 0; node < 3; node++)
        network_set_text (line, node, node == 2 ? "harbour" : "");
      network_connect (line, 0, 1);
      network_connect (line, 1, 2);
      network_settle (line, G_USEC_PER_SEC);
      network_search_for (line, 0, 1, rows[i].words, rows[i].ttl);
      network_run (line);
      g_assert_cmpuint (network_n_delivered (line, 1), ==, 1);
      g_assert_cmpuint (network_n_delivered (line, 2), ==, rows[i].everywhere ? 1 : 0);
    }
}

void
test_cheap_search_add (void)
{
  g_test_add_func ("/overlay/cheap-search/finds-as-much", test_finds_as_much);
  g_test_add_func ("/overlay/cheap-search/who-is-always-asked", test_who_is_always_asked);
}
