/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-report.h"

#include "fr-sim-json.h"
#include "fr-sim-plot.h"

#define REPLICAS 0.01
#define N_WORDS 40
#define SETTLE_US (20 * G_USEC_PER_SEC) /* much longer than additions to digests take to be told */
#define HEAL_US (60 * G_USEC_PER_SEC)   /* after a crash */
#define MOST_DEGREE 64                  /* that is drawn */

static void
write_setup (FrSimJson *json, const FrSimConfig *config, const FrSimReportSetup *setup)
{
  g_autofree char *latency = fr_sim_latency_to_string (&config->latency);

  fr_sim_json_string (json, "topology", fr_sim_topology_to_string (config->topology));
  fr_sim_json_number (json, "peers", config->n_peers);
  fr_sim_json_number (json, "degree", config->degree);
  fr_sim_json_string (json, "latency", latency);
  fr_sim_json_number (json, "loss", config->loss);
  fr_sim_json_number (json, "crash", setup->crash);
  fr_sim_json_number (json, "churn_median_s", config->churn_median_s);
  fr_sim_json_number (json, "seed", config->seed);
}

/* The largest part that hangs together, as a share of all that live. */
static double
largest_part (const FrSim *sim, const FrSimGraph *graph)
{
  guint n = fr_sim_graph_get_n_nodes (graph), largest = 0;
  g_autofree gboolean *seen = g_new0 (gboolean, n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) distances = NULL;
      guint size = 0;

      if (seen[i] || !fr_sim_is_alive (sim, i))
        continue;
      distances = fr_sim_graph_get_distances (graph, i);
      for (guint j = 0; j < n; j++)
        if (g_array_index (distances, guint, j) != FR_SIM_GRAPH_FAR)
          {
            seen[j] = TRUE;
            size++;
          }
      largest = MAX (largest, size);
    }
  return (double) largest / MAX (1, fr_sim_get_n_alive (sim));
}

static void
write_graph (FrSimJson *json, FrSim *sim)
{
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);

  fr_sim_json_number (json, "alive", fr_sim_get_n_alive (sim));
  fr_sim_json_number (json, "links", fr_sim_graph_get_n_links (graph));
  fr_sim_json_number (json, "mean_degree", 2.0 * fr_sim_graph_get_n_links (graph) / fr_sim_get_n_alive (sim));
  fr_sim_json_number (json, "largest_part", largest_part (sim, graph));
}

static void
write_kinds (FrSimJson *json, const char *name, const double numbers[FR_SIM_N_KINDS])
{
  fr_sim_json_begin (json, name);
  for (guint i = 0; i < FR_SIM_N_KINDS; i++)
    fr_sim_json_number (json, fr_sim_kind_to_string ((FrSimKind) i), numbers[i]);
  fr_sim_json_end (json);
}

static void
write_searches (FrSimJson *json, const FrSimAskersResult *result)
{
  fr_sim_json_begin (json, "searches");
  fr_sim_json_number (json, "n", result->n_searches);
  fr_sim_json_number (json, "found", result->found);
  fr_sim_json_number (json, "recall", result->recall);
  fr_sim_json_number (json, "reached", result->n_reached);
  fr_sim_json_number (json, "first_hit_hops", result->first_hit_hops);
  fr_sim_json_number (json, "first_hit_ms", result->first_hit_ms);
  fr_sim_json_number (json, "first_hit_ms_p95", result->first_hit_ms_p95);
  fr_sim_json_number (json, "messages", result->messages);
  fr_sim_json_number (json, "bytes", result->bytes);
  write_kinds (json, "messages_by_kind", result->by_kind);
  write_kinds (json, "bytes_by_kind", result->bytes_by_kind);
  fr_sim_json_end (json);
}

/* What the askers have seen of the ways of their searches, on average. */
static void
write_xray (FrSimJson *json, const FrSimAskersResult *result)
{
  fr_sim_json_begin (json, "xray");
  for (guint i = 0; i < result->n_xray_hops; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      fr_sim_json_begin (json, name);
      fr_sim_json_number (json, "asked", result->xray[i].asked);
      fr_sim_json_number (json, "matched", result->xray[i].matched);
      fr_sim_json_number (json, "suppressed", result->xray[i].suppressed);
      fr_sim_json_number (json, "skipped", result->xray[i].skipped);
      fr_sim_json_number (json, "refused", result->xray[i].refused);
      fr_sim_json_end (json);
    }
  fr_sim_json_end (json);
}

static void
write_world (FrSimJson *json, const FrSim *sim)
{
  const FrSimCounters *counters = fr_sim_get_counters (sim);

  fr_sim_json_begin (json, "world");
  fr_sim_json_number (json, "virtual_seconds", (double) fr_sim_get_now (sim) / G_USEC_PER_SEC);
  fr_sim_json_number (json, "delivered", (double) counters->delivered);
  fr_sim_json_number (json, "lost", (double) counters->lost);
  fr_sim_json_number (json, "resent", (double) counters->resent);
  fr_sim_json_number (json, "links_made", (double) counters->links);
  fr_sim_json_number (json, "dials", (double) counters->dials);
  fr_sim_json_number (json, "dialled_by_route", (double) counters->dialled[FR_SIM_BY_ROUTE]);
  fr_sim_json_number (json, "dialled_by_server", (double) counters->dialled[FR_SIM_BY_SERVER]);
  fr_sim_json_number (json, "dialled_by_doorbell", (double) counters->dialled[FR_SIM_BY_DOORBELL]);
  fr_sim_json_number (json, "dials_failed", (double) counters->dials_failed);
  fr_sim_json_end (json);
}

static gboolean
plot_degrees (FrSim *sim, const char *folder, GError **error)
{
  g_autoptr (FrSimPlot) plot
      = fr_sim_plot_new ("How many links peers have", "links", "peers", FR_SIM_PLOT_FROM_ZERO);
  g_autoptr (FrSimGraph) graph = fr_sim_get_graph (sim);
  guint counts[MOST_DEGREE + 1] = { 0 }, most = 0;
  guint curve = fr_sim_plot_add_curve (plot, "peers", FR_SIM_PLOT_MEASURED);

  for (guint i = 0; i < fr_sim_get_n_peers (sim); i++)
    {
      guint n;

      fr_sim_graph_get_neighbours (graph, i, &n);
      n = MIN (n, MOST_DEGREE);
      counts[n] += fr_sim_is_alive (sim, i);
      most = MAX (most, n);
    }
  for (guint i = 0; i <= most; i++)
    fr_sim_plot_add_point (plot, curve, i, counts[i]);
  return fr_sim_plot_write (plot, folder, "degrees", error);
}

static gboolean
plot_waits (FrSimAskers *askers, const char *folder, GError **error)
{
  g_autoptr (FrSimPlot) plot = fr_sim_plot_new ("How long people wait for a first hit", "milliseconds",
                                                "searches (%)", FR_SIM_PLOT_FROM_ZERO);
  guint curve = fr_sim_plot_add_curve (plot, "searches", FR_SIM_PLOT_MEASURED);

  for (guint i = 0; i <= 20; i++)
    fr_sim_plot_add_point (plot, curve, fr_sim_askers_get_wait_ms (askers, i / 20.0), i * 5);
  return fr_sim_plot_write (plot, folder, "first-hits", error);
}

/**
 * fr_sim_report_run:
 * @config: what the network is like
 * @setup: what happens in it
 * @error: why curves could not be written
 *
 * Returns: (transfer full) (nullable): one JSON object, in one line; %NULL with @error set
 */
char *
fr_sim_report_run (const FrSimConfig *config, const FrSimReportSetup *setup, GError **error)
{
  g_autoptr (FrSim) sim = fr_sim_new (config);
  g_autoptr (FrSimJson) json = fr_sim_json_new ();
  g_autoptr (FrSimAskers) askers = NULL;
  FrSimAskersResult result;

  fr_sim_build (sim);
  askers = fr_sim_askers_new (sim, REPLICAS, N_WORDS);
  fr_sim_run_for (sim, SETTLE_US);
  if (setup->crash > 0)
    {
      fr_sim_crash_share (sim, setup->crash);
      fr_sim_run_for (sim, HEAL_US);
    }
  fr_sim_askers_run (askers, setup->n_searches, setup->ttl);
  fr_sim_askers_get_result (askers, &result);
  write_setup (json, config, setup);
  write_graph (json, sim);
  write_searches (json, &result);
  write_xray (json, &result);
  write_world (json, sim);
  if (setup->plots != NULL
      && (!plot_degrees (sim, setup->plots, error) || !plot_waits (askers, setup->plots, error)))
    return NULL;
  return fr_sim_json_finish (json);
}
