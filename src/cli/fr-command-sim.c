/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-command.h"

#include <math.h>

#include "fr-cli-options.h"
#include "fr-cli-output.h"
#include "fr-control-error.h"
#include "fr-sim-report.h"

#define MOST_PEERS 1000000
#define MOST_QUERIES 1000000
#define MOST_DEGREE 100
#define CHURN_MEDIAN_S 600

static const char description[]
    = "Every peer of the simulation is the engine that runs in the window and in `freshet-cli peer`; only\n"
      "links, dials, galleries and what goes wrong are made up. One seed makes one run. Peers ask for what 1 %\n"
      "of them have, each once in ten minutes. Prints one JSON object.\n\n"
      "Topologies: line, tree, random, small-world, power-law, membership (peers join and choose for themselves).\n"
      "Latencies: fixed:MS, uniform:MS,MS, lognormal:MEDIAN-MS,SIGMA.\n\n"
      "Examples:\n"
      "  freshet-cli sim                                         a thousand peers, a hundred searches\n"
      "  freshet-cli sim --topology membership --crash 50        half of them crash at once, before they ask\n"
      "  freshet-cli sim --peers 10000 --churn --plot plots      with curves, as SVG files\n\n" FR_COMMAND_EXITS;

typedef struct
{
  char *topology;
  char *latency;
  char *plot;
  int peers;
  int degree;
  int queries;
  int ttl;
  int seed;
  double crash;
  double loss;
  gboolean churn;
} Sim;

static gboolean
check_text_options (const Sim *sim, FrSimConfig *config, GError **error)
{
  if (sim->topology != NULL && !fr_sim_topology_parse (&config->topology, sim->topology))
    fr_cli_set_usage_error (error, "--topology takes line, tree, random, small-world, power-law or membership.");
  else if (sim->latency != NULL && !fr_sim_latency_parse (&config->latency, sim->latency))
    fr_cli_set_usage_error (error, "--latency takes fixed:MS, uniform:MS,MS or lognormal:MEDIAN-MS,SIGMA.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_options (const Sim *sim, char **arguments, FrSimConfig *config, GError **error)
{
  if (arguments[1] != NULL)
    fr_cli_set_usage_error (error, "Too many arguments.");
  else if (sim->peers < 2 || sim->peers > MOST_PEERS)
    fr_cli_set_usage_error (error, "--peers takes 2 to %d.", MOST_PEERS);
  else if (sim->degree < 1 || sim->degree > MOST_DEGREE)
    fr_cli_set_usage_error (error, "--degree takes 1 to %d.", MOST_DEGREE);
  else if (sim->queries < 0 || sim->queries > MOST_QUERIES)
    fr_cli_set_usage_error (error, "--queries takes 0 to %d.", MOST_QUERIES);
  else if (sim->ttl < 0 || sim->ttl > FR_QUERY_MAX_TTL)
    fr_cli_set_usage_error (error, "--ttl takes 1 to %d, or 0 for as far as the engine wants.", FR_QUERY_MAX_TTL);
  else if (!(sim->crash >= 0 && sim->crash <= 99))
    fr_cli_set_usage_error (error, "--crash takes 0 to 99 per cent.");
  else if (!(sim->loss >= 0 && sim->loss <= 90))
    fr_cli_set_usage_error (error, "--loss takes 0 to 90 per cent.");
  else
    return check_text_options (sim, config, error);
  return FALSE;
}

static void
configure (const Sim *sim, FrSimConfig *config)
{
  config->n_peers = (guint) sim->peers;
  config->seed = (guint32) sim->seed;
  config->degree = (guint) sim->degree;
  config->engine.active_target = (guint) sim->degree;
  config->open = config->topology == FR_SIM_MEMBERSHIP || sim->crash > 0 || sim->churn;
  config->loss = sim->loss / 100;
  config->churn_median_s = sim->churn ? CHURN_MEDIAN_S : 0;
  if (config->n_peers >= config->engine.small_network)
    config->engine.small_network = 0; /* as after a first search */
}

static void
run (const Sim *sim, const FrSimConfig *config, GError **error)
{
  const FrSimReportSetup setup = { .n_searches = (guint) sim->queries,
                                   .ttl = (guint) sim->ttl,
                                   .crash = sim->crash / 100,
                                   .plots = sim->plot };
  g_autoptr (GError) failure = NULL;
  g_autofree char *report = fr_sim_report_run (config, &setup, &failure);

  if (report != NULL)
    fr_cli_print ("%s", report);
  else
    g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_FAILED, "Cannot write plots: %s", failure->message);
}

FrExit
fr_command_sim (char ***arguments, GCancellable *stop, GError **error)
{
  Sim sim = { .peers = 1000, .degree = 6, .queries = 100, .seed = 1 };
  FrSimConfig config;
  const GOptionEntry entries[] = {
    { "topology", 't', 0, G_OPTION_ARG_STRING, &sim.topology, "How they are linked (default: random)", "TOPOLOGY" },
    { "peers", 'p', 0, G_OPTION_ARG_INT, &sim.peers, "How many (default: 1000)", "N" },
    { "degree", 'd', 0, G_OPTION_ARG_INT, &sim.degree, "Links a peer (default: 6)", "N" },
    { "queries", 'q', 0, G_OPTION_ARG_INT, &sim.queries, "Searches (default: 100)", "N" },
    { "ttl", 0, 0, G_OPTION_ARG_INT, &sim.ttl, "Links that a search may cross (default: the engine's choice)", "N" },
    { "crash", 0, 0, G_OPTION_ARG_DOUBLE, &sim.crash, "Crash so many at once, before they ask", "PER-CENT" },
    { "churn", 0, 0, G_OPTION_ARG_NONE, &sim.churn, "Peers come and go: half live less than ten minutes", NULL },
    { "loss", 0, 0, G_OPTION_ARG_DOUBLE, &sim.loss, "Messages that have to be sent again", "PER-CENT" },
    { "latency", 0, 0, G_OPTION_ARG_STRING, &sim.latency, "Of a link (default: lognormal:40,0.5)", "LATENCY" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &sim.seed, "Of all chance (default: 1)", "N" },
    { "plot", 0, 0, G_OPTION_ARG_FILENAME, &sim.plot, "Draw curves into this folder", "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = fr_cli_context_new (NULL, "Runs a network of many peers on a virtual clock.", description, entries, NULL);

  fr_sim_config_init_default (&config);
  if (fr_cli_context_parse (context, NULL, arguments, error) && check_options (&sim, *arguments, &config, error))
    {
      configure (&sim, &config);
      run (&sim, &config, error);
    }
  g_free (sim.topology);
  g_free (sim.latency);
  g_free (sim.plot);
  return FR_EXIT_OK;
}
