/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-askers.h"

#include <math.h>

#define WAIT_US (15 * G_USEC_PER_SEC) /* at the end, for the last hits */

/* One search, and what it could have found when it began. */
typedef struct
{
  guint number;
  GArray *near; /* of guint32: holders within the ttl */
} Asked;

struct _FrSimAskers
{
  FrSim *sim; /* borrowed */
  GPtrArray *words;
  GArray *asked; /* of Asked */
  FrSimAskersResult result;
  GArray *hit_ms; /* of double */
  double recall_sum;
  guint n_recalls;
  guint n_found;
  guint n_xrays;
  double hops_sum;
  double reached_sum;
};

static void
asked_clear (gpointer data)
{
  g_array_unref (((Asked *) data)->near);
}

/* A picture whose title has a word of its own, at so many peers. */
static char *
plant_word (FrSim *sim, double replicas)
{
  FrSimTitles *titles = fr_sim_get_titles (sim);
  GRand *rand = fr_sim_get_rand (sim);
  guint n = MAX (1, (guint) (replicas * fr_sim_get_n_alive (sim) + 0.5));
  char *word = fr_sim_titles_make_word (titles, rand);
  g_autofree char *title = g_strdup_printf ("%s %s %s", fr_sim_titles_draw_word (titles, rand), word,
                                            fr_sim_titles_draw_word (titles, rand));
  g_autoptr (GHashTable) holders = g_hash_table_new (NULL, NULL);
  guint number = fr_sim_titles_add (titles, title);

  while (g_hash_table_size (holders) < n)
    {
      guint peer = fr_sim_draw_alive (sim);

      if (g_hash_table_add (holders, GUINT_TO_POINTER (peer)))
        fr_sim_give (sim, peer, number);
    }
  return word;
}

static GArray *
holders_near (FrSim *sim, guint asker, const char *word)
{
  g_autoptr (GArray) distances = fr_sim_get_distances (sim, asker, FR_SIM_ASKERS_TTL);
  GArray *holders = fr_sim_get_holders (sim, word);

  for (guint i = holders->len; i-- > 0;)
    {
      guint distance = g_array_index (distances, guint, g_array_index (holders, guint32, i));

      if (distance == 0 || distance == FR_SIM_GRAPH_FAR)
        g_array_remove_index_fast (holders, i);
    }
  return holders;
}

static gboolean
contains (GArray *peers, guint32 peer)
{
  for (guint i = 0; i < peers->len; i++)
    if (g_array_index (peers, guint32, i) == peer)
      return TRUE;
  return FALSE;
}

static void
count_hops (FrSimAskers *self, const FrQueryXray *xray)
{
  self->n_xrays++;
  self->result.n_xray_hops = MAX (self->result.n_xray_hops, MIN (xray->n_hops, FR_QUERY_XRAY_HOPS));
  for (guint i = 0; i < MIN (xray->n_hops, FR_QUERY_XRAY_HOPS); i++)
    {
      self->result.xray[i].asked += xray->hops[i].asked;
      self->result.xray[i].matched += xray->hops[i].matched;
      self->result.xray[i].suppressed += xray->hops[i].suppressed;
      self->result.xray[i].skipped += xray->hops[i].skipped;
      self->result.xray[i].refused += xray->hops[i].refused;
    }
}

static void
count (FrSimAskers *self, const Asked *asked)
{
  g_autoptr (GArray) found = fr_sim_get_found (self->sim, asked->number);
  FrSimSearchResult result;
  FrQueryXray xray;
  guint n = 0;

  if (!fr_sim_get_search (self->sim, asked->number, &result))
    return;
  self->result.n_searches++;
  self->reached_sum += result.n_reached;
  if (fr_sim_get_xray (self->sim, asked->number, &xray))
    count_hops (self, &xray);
  for (guint i = 0; i < asked->near->len; i++)
    n += contains (found, g_array_index (asked->near, guint32, i));
  if (asked->near->len > 0)
    {
      self->recall_sum += (double) n / asked->near->len;
      self->n_recalls++;
    }
  if (result.first_hit_us > 0)
    {
      double ms = result.first_hit_us / 1000.0;

      self->n_found++;
      self->hops_sum += result.first_hit_hops;
      g_array_append_val (self->hit_ms, ms);
    }
}

static gboolean
is_of_searches (FrSimKind kind)
{
  return kind == FR_SIM_KIND_QUERY || kind == FR_SIM_KIND_HITS || kind == FR_SIM_KIND_PREVIEW
         || kind == FR_SIM_KIND_REPORT;
}

/* Of the kinds that searches bring about, or of all the others. */
static void
add_costs (FrSimAskers *self, gboolean of_searches, const FrSimCounters *before, const FrSimCounters *after)
{
  for (guint i = 0; i < FR_SIM_N_KINDS; i++)
    {
      if (is_of_searches ((FrSimKind) i) != of_searches)
        continue;
      self->result.by_kind[i] += (double) (after->sent[i] - before->sent[i]);
      self->result.bytes_by_kind[i] += (double) (after->sent_bytes[i] - before->sent_bytes[i]);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
quantile (GArray *sorted, double share)
{
  return sorted->len > 0 ? g_array_index (sorted, double, (guint) (share * (sorted->len - 1) + 0.5)) : NAN;
}

/**
 * fr_sim_askers_new:
 * @sim: a network that is built
 * @replicas: the share of its peers that have each thing that is asked for
 * @n_words: how many different things there are to ask for
 *
 * Gives the peers what will be asked for. They are to be left alone for a while, so that all know what others have.
 *
 * Returns: (transfer full): its people
 */
FrSimAskers *
fr_sim_askers_new (FrSim *sim, double replicas, guint n_words)
{
  FrSimAskers *self = g_new0 (FrSimAskers, 1);

  self->sim = sim;
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_array_new (FALSE, FALSE, sizeof (Asked));
  g_array_set_clear_func (self->asked, asked_clear);
  self->hit_ms = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < n_words; i++)
    g_ptr_array_add (self->words, plant_word (sim, replicas));
  return self;
}

/**
 * fr_sim_askers_free:
 * @self: (nullable) (transfer full): people
 */
void
fr_sim_askers_free (FrSimAskers *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->words);
  g_array_unref (self->asked);
  g_array_unref (self->hit_ms);
  g_free (self);
}

/**
 * fr_sim_askers_run:
 * @self: people
 * @n_searches: how many searches in all
 * @ttl: how far they go; 0: as engines want
 *
 * Lets them ask, one after the other and at random moments, each peer once in %FR_SIM_ASKERS_INTERVAL_S on average.
 */
void
fr_sim_askers_run (FrSimAskers *self, guint n_searches, guint ttl)
{
  GRand *rand = fr_sim_get_rand (self->sim);
  FrSimCounters before = *fr_sim_get_counters (self->sim);
  gint64 begun_us = fr_sim_get_now (self->sim);

  for (guint i = 0; i < n_searches; i++)
    {
      double mean_us = (double) FR_SIM_ASKERS_INTERVAL_S * G_USEC_PER_SEC / fr_sim_get_n_alive (self->sim);
      const char *word = g_ptr_array_index (self->words, g_rand_int_range (rand, 0, (gint32) self->words->len));
      guint asker = fr_sim_draw_alive (self->sim);
      Asked asked = { .near = holders_near (self->sim, asker, word) };

      asked.number = fr_sim_search (self->sim, asker, word, ttl);
      g_array_append_val (self->asked, asked);
      fr_sim_run_for (self->sim, (gint64) (-log (1 - g_rand_double (rand)) * mean_us));
    }
  /* The upkeep of the time in which nobody asks any more is not theirs; what is still under way then is. */
  add_costs (self, FALSE, &before, fr_sim_get_counters (self->sim));
  self->result.minutes += (double) (fr_sim_get_now (self->sim) - begun_us) / (60.0 * G_USEC_PER_SEC);
  fr_sim_run_for (self->sim, WAIT_US);
  add_costs (self, TRUE, &before, fr_sim_get_counters (self->sim));
  for (guint i = 0; i < self->asked->len; i++)
    count (self, &g_array_index (self->asked, Asked, i));
  g_array_set_size (self->asked, 0);
}

/**
 * fr_sim_askers_get_result:
 * @self: people
 * @out_result: (out caller-allocates): what they found, and at what cost
 */
void
fr_sim_askers_get_result (FrSimAskers *self, FrSimAskersResult *out_result)
{
  FrSimAskersResult result = self->result;

  g_array_sort (self->hit_ms, compare_doubles);
  result.recall = self->n_recalls > 0 ? self->recall_sum / self->n_recalls : NAN;
  result.first_hit_hops = self->n_found > 0 ? self->hops_sum / self->n_found : NAN;
  result.first_hit_ms = quantile (self->hit_ms, 0.5);
  result.first_hit_ms_p95 = quantile (self->hit_ms, 0.95);
  result.found = (double) self->n_found / MAX (1, result.n_searches);
  result.n_reached = self->reached_sum / MAX (1, result.n_searches);
  for (guint i = 0; i < FR_SIM_N_KINDS; i++)
    {
      result.by_kind[i] /= MAX (1, result.n_searches);
      result.bytes_by_kind[i] /= MAX (1, result.n_searches);
      result.messages += result.by_kind[i];
      result.bytes += result.bytes_by_kind[i];
    }
  for (guint i = 0; i < result.n_xray_hops; i++)
    {
      result.xray[i].asked /= self->n_xrays;
      result.xray[i].matched /= self->n_xrays;
      result.xray[i].suppressed /= self->n_xrays;
      result.xray[i].skipped /= self->n_xrays;
      result.xray[i].refused /= self->n_xrays;
    }
  *out_result = result;
}

/**
 * fr_sim_askers_get_wait_ms:
 * @self: people
 * @share: from 0 to 1
 *
 * Returns: how long the luckiest so many of those who found something waited for the first hit, in milliseconds; not a
 *   number if nobody did
 */
double
fr_sim_askers_get_wait_ms (FrSimAskers *self, double share)
{
  g_array_sort (self->hit_ms, compare_doubles);
  return quantile (self->hit_ms, CLAMP (share, 0, 1));
}
