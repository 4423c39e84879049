/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay-experiments.h"

#include "fr-sim-churn.h"
#include "fr-sim-plot.h"
#include "fr-sim-recall.h"

#define THREADS 2
#define MOST_LOSS 0.01
#define MOST_CHURN_LOSS 0.02

static const struct
{
  const char *name;
  const char *suffix;
  double replicas;
  double most_ratio; /* of messages, ours against the ttl flood's */
} levels[] = {
  { "replicas_1", "1", 0.01, 1.0 / 3 },
  { "replicas_01", "01", 0.001, 0.5 },
};

/* By FrSimRecallWay, each at both levels. How many searches: a flood costs so much more that fewer have to do, and each
 * is much like the other. */
static const struct
{
  const char *title;
  guint n_searches;
  guint n_quick;
} ways[] = {
  { "blind flood (the proof of concept)", 50, 15 },
  { "flood of ttl 5", 300, 60 },
  { "ours", 1000, 200 },
  { "ours, until enough has come", 1000, 200 },
};

typedef struct
{
  FrSimRecallWay way;
  double replicas;
  guint n_peers;
  guint n_searches;
  guint32 seed;
  FrSimAskersResult result;
} Run;

static void
run_cb (gpointer data, gpointer user_data)
{
  Run *run = data;

  fr_sim_recall_run (run->way, run->replicas, run->n_peers, run->n_searches, run->seed, &run->result);
  overlay_bench_progress ("recall %s %g: %.4f at %.1f messages", fr_sim_recall_way_to_string (run->way),
                          run->replicas, run->result.recall, run->result.messages);
}

static void
write_askers (FrSimJson *json, const char *name, const FrSimAskersResult *result)
{
  fr_sim_json_begin (json, name);
  fr_sim_json_number (json, "recall", result->recall);
  fr_sim_json_number (json, "messages", result->messages);
  fr_sim_json_number (json, "bytes", result->bytes);
  fr_sim_json_number (json, "first_hit_ms", result->first_hit_ms);
  fr_sim_json_number (json, "reached", result->n_reached);
  fr_sim_json_number (json, "searches", result->n_searches);
  fr_sim_json_begin (json, "messages_by_kind");
  for (guint i = 0; i < FR_SIM_N_KINDS; i++)
    if (result->by_kind[i] > 0)
      fr_sim_json_number (json, fr_sim_kind_to_string ((FrSimKind) i), result->by_kind[i]);
  fr_sim_json_end (json);
  fr_sim_json_end (json);
}

static void
plot (OverlayBench *self, const Run *runs)
{
  g_autoptr (FrSimPlot) plot = fr_sim_plot_new ("What is near and found, and its price", "messages a search",
                                                "replicas within 5 links that are found (%)",
                                                FR_SIM_PLOT_LOG_X | FR_SIM_PLOT_FROM_ZERO);
  g_autoptr (GError) error = NULL;

  for (guint j = 0; j < FR_SIM_RECALL_N_WAYS; j++)
    {
      guint curve = fr_sim_plot_add_curve (plot, ways[j].title, FR_SIM_PLOT_MEASURED);

      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        {
          const FrSimAskersResult *result = &runs[i * FR_SIM_RECALL_N_WAYS + j].result;

          fr_sim_plot_add_point (plot, curve, result->messages, 100 * result->recall);
        }
    }
  if (!fr_sim_plot_write (plot, self->plots, "recall", &error))
    g_error ("%s", error->message);
}

static void
compare (OverlayBench *self, guint level, const Run *runs)
{
  const FrSimAskersResult *ttl = &runs[FR_SIM_RECALL_TTL].result;
  const FrSimAskersResult *ours = &runs[FR_SIM_RECALL_OURS].result;
  double ratio = ours->messages / ttl->messages, loss = ttl->recall - ours->recall;
  g_autofree char *ratio_name = g_strdup_printf ("message_ratio_%s", levels[level].suffix);
  g_autofree char *loss_name = g_strdup_printf ("recall_loss_%s", levels[level].suffix);

  fr_sim_json_number (self->json, ratio_name, ratio);
  fr_sim_json_number (self->json, loss_name, loss);
  overlay_bench_check (self, ratio <= levels[level].most_ratio, "%s is %.3f", ratio_name, ratio);
  overlay_bench_check (self, loss <= MOST_LOSS, "%s is %.4f", loss_name, loss);
}

void
overlay_bench_recall (OverlayBench *self)
{
  enum { N = G_N_ELEMENTS (levels) * FR_SIM_RECALL_N_WAYS };
  g_autofree Run *runs = g_new0 (Run, N);
  GThreadPool *pool = g_thread_pool_new (run_cb, NULL, THREADS, TRUE, NULL);

  for (guint i = 0; i < N; i++)
    {
      runs[i].way = (FrSimRecallWay) (i % FR_SIM_RECALL_N_WAYS);
      runs[i].replicas = levels[i / FR_SIM_RECALL_N_WAYS].replicas;
      runs[i].n_peers = self->quick ? 1000 : 10000;
      runs[i].n_searches = self->quick ? ways[runs[i].way].n_quick : ways[runs[i].way].n_searches;
      runs[i].seed = self->seed;
      g_thread_pool_push (pool, &runs[i], NULL);
    }
  g_thread_pool_free (pool, FALSE, TRUE);
  fr_sim_json_begin (self->json, "recall");
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      fr_sim_json_begin (self->json, levels[i].name);
      for (guint j = 0; j < FR_SIM_RECALL_N_WAYS; j++)
        write_askers (self->json, fr_sim_recall_way_to_string ((FrSimRecallWay) j),
                      &runs[i * FR_SIM_RECALL_N_WAYS + j].result);
      fr_sim_json_end (self->json);
    }
  fr_sim_json_end (self->json);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    compare (self, i, &runs[i * FR_SIM_RECALL_N_WAYS]);
  if (self->plots != NULL)
    plot (self, runs);
}

void
overlay_bench_churn (OverlayBench *self)
{
  guint n_peers = self->quick ? 1000 : 10000;
  FrSimAskersResult quiet, lively;
  double loss;

  fr_sim_churn_run (0, n_peers, self->quick ? 200 : 500, self->seed, &quiet);
  fr_sim_churn_run (FR_SIM_CHURN_MEDIAN_S, n_peers, self->quick ? 200 : 500, self->seed, &lively);
  loss = quiet.recall - lively.recall;
  overlay_bench_progress ("churn: recall %.4f, quiet %.4f", lively.recall, quiet.recall);
  fr_sim_json_begin (self->json, "churn");
  write_askers (self->json, "quiet", &quiet);
  write_askers (self->json, "median_600_s", &lively);
  fr_sim_json_end (self->json);
  fr_sim_json_number (self->json, "churn_recall_loss", loss);
  overlay_bench_check (self, loss <= MOST_CHURN_LOSS, "churn_recall_loss is %.4f", loss);
}
