/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay-experiments.h"

#include <math.h>

#include "fr-sim-failures.h"
#include "fr-sim-plot.h"

#define THREADS 2
#define LEAST_INSIDE 0.99

static const guint crashed[] = { 10, 20, 30, 40, 50, 60, 70, 80, 90, 95 };

/* What is left to dial by, and how it is drawn. The first is what the paper has; the others are for the shape of the
 * curve, and smaller. Where people look for each other each dial may be a flood, so those are smaller still. */
static const struct
{
  const char *name; /* in the output */
  const char *title;
  gboolean server;
  double doorbells;
  gboolean locates;
  guint n_peers;
  guint n_quick;
  guint n_broadcasts;
} worlds[] = {
  { "failures", "server alive", TRUE, 0, FALSE, 10000, 1000, 500 },
  { "failures_doorbells", "server dead, all have doorbells", FALSE, 1, FALSE, 2000, 200, 100 },
  { "failures_half_doorbells", "server dead, half have doorbells", FALSE, 0.5, TRUE, 400, 100, 100 },
  { "failures_alone", "server dead, no doorbells", FALSE, 0, TRUE, 400, 100, 100 },
};

#define N_RUNS (G_N_ELEMENTS (worlds) * G_N_ELEMENTS (crashed))

typedef struct
{
  FrSimFailuresSetup setup;
  FrSimFailuresResult result;
  guint per_cent;
  const char *name;
} Run;

struct _OverlayFailures
{
  Run *runs;
  GThreadPool *pool;
};

static void
run_cb (gpointer data, gpointer user_data)
{
  Run *run = data;

  fr_sim_failures_run (&run->setup, &run->result);
  overlay_bench_progress ("%s %u %%: %.4f, healed %.4f after %.0f s", run->name, run->per_cent,
                          run->result.reliability_after, run->result.reliability_healed, run->result.healed_s);
}

static void
write_run (OverlayBench *self, const Run *run)
{
  g_autofree char *name = g_strdup_printf ("%u", run->per_cent);

  fr_sim_json_begin (self->json, name);
  fr_sim_json_number (self->json, "reliability_before", run->result.reliability_before);
  fr_sim_json_number (self->json, "reliability_after", run->result.reliability_after);
  fr_sim_json_number (self->json, "reliability_healed", run->result.reliability_healed);
  fr_sim_json_number (self->json, "inside_healed", run->result.inside_healed);
  fr_sim_json_number (self->json, "islands", run->result.n_islands);
  fr_sim_json_number (self->json, "islands_whole", run->result.n_islands_whole);
  fr_sim_json_number (self->json, "alone", run->result.n_alone);
  fr_sim_json_number (self->json, "well_linked", run->result.well_linked);
  fr_sim_json_number (self->json, "rounds", run->result.rounds);
  fr_sim_json_number (self->json, "healed_s", run->result.healed_s);
  fr_sim_json_number (self->json, "dials", (double) run->result.dials);
  fr_sim_json_number (self->json, "paper", fr_sim_failures_quote (run->per_cent / 100.0));
  fr_sim_json_end (self->json);
}

static void
plot (OverlayBench *self, const Run *runs)
{
  g_autoptr (FrSimPlot) first = fr_sim_plot_new ("Broadcasts after a crash", "peers crashed at once (%)",
                                                 "living peers reached (%)", FR_SIM_PLOT_FROM_ZERO);
  g_autoptr (FrSimPlot) worse = fr_sim_plot_new ("Healed, by what is left to dial by", "peers crashed at once (%)",
                                                 "living peers reached (%)", FR_SIM_PLOT_FROM_ZERO);
  g_autoptr (GError) error = NULL;
  guint after = fr_sim_plot_add_curve (first, "in the first 10 s", FR_SIM_PLOT_MEASURED);
  guint healed = fr_sim_plot_add_curve (first, "healed", FR_SIM_PLOT_MEASURED);
  guint paper = fr_sim_plot_add_curve (first, "HyParView paper, right after (roughly)", FR_SIM_PLOT_QUOTED);

  for (guint i = 0; i < G_N_ELEMENTS (crashed); i++)
    {
      fr_sim_plot_add_point (first, after, crashed[i], 100 * runs[i].result.reliability_after);
      fr_sim_plot_add_point (first, healed, crashed[i], 100 * runs[i].result.reliability_healed);
      fr_sim_plot_add_point (first, paper, crashed[i], 100 * fr_sim_failures_quote (crashed[i] / 100.0));
    }
  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++)
    {
      guint curve = fr_sim_plot_add_curve (worse, worlds[i].title, FR_SIM_PLOT_MEASURED);

      for (guint j = 0; j < G_N_ELEMENTS (crashed); j++)
        fr_sim_plot_add_point (worse, curve, crashed[j],
                               100 * runs[i * G_N_ELEMENTS (crashed) + j].result.reliability_healed);
    }
  if (!fr_sim_plot_write (first, self->plots, "failures", &error)
      || !fr_sim_plot_write (worse, self->plots, "failures-ways", &error))
    g_error ("%s", error->message);
}

/* Of the few that are left of a small network, each one that nobody knows any more is too much of a share. */
static guint
count_peers (OverlayBench *self, guint world, guint per_cent)
{
  if (!self->quick)
    return worlds[world].n_peers;
  return world == 0 && per_cent == 90 ? 3 * worlds[world].n_quick : worlds[world].n_quick;
}

static void
check (OverlayBench *self, guint world, const Run *run)
{
  const FrSimFailuresResult *result = &run->result;

  if (worlds[world].server || worlds[world].doorbells == 1)
    {
      if (run->per_cent <= 80)
        overlay_bench_check (self, result->reliability_healed > 0.99, "%s: %u %% crashed, healed to %.4f only",
                             run->name, run->per_cent, result->reliability_healed);
      else if (run->per_cent <= 90 && world == 0)
        overlay_bench_check (self, result->reliability_healed > 0.95, "%s: %u %% crashed, healed to %.4f only",
                             run->name, run->per_cent, result->reliability_healed);
    }
}

/* Whether what the crashes have left has stayed together, and has links again. Of all peers of a world, as these are
 * small: one that is lost is a twentieth of some islands. */
static void
check_inside (OverlayBench *self, const Run *runs, guint n)
{
  double n_alive = 0, inside = 0, well_linked = 0;

  for (guint i = 0; i < n; i++)
    {
      n_alive += runs[i].result.n_alive;
      inside += runs[i].result.inside_healed * runs[i].result.n_alive;
      well_linked += runs[i].result.well_linked * runs[i].result.n_alive;
    }
  overlay_bench_check (self, inside / n_alive > LEAST_INSIDE, "%s: only %.4f stayed together", runs[0].name,
                       inside / n_alive);
  overlay_bench_check (self, well_linked / n_alive > LEAST_INSIDE, "%s: only %.4f have links enough", runs[0].name,
                       well_linked / n_alive);
}

static void
write_components (OverlayBench *self, const Run *runs, guint n)
{
  double n_islands = 0, n_whole = 0, n_alive = 0, healed = 0, worst = 1;

  for (guint i = 0; i < n; i++)
    {
      double inside = MIN (runs[i].result.inside_healed, runs[i].result.well_linked);

      n_islands += runs[i].result.n_islands;
      n_whole += runs[i].result.n_islands_whole;
      n_alive += runs[i].result.n_alive;
      healed += inside * runs[i].result.n_alive;
      worst = MIN (worst, inside);
    }
  fr_sim_json_begin (self->json, "components");
  fr_sim_json_number (self->json, "count", n_islands);
  fr_sim_json_number (self->json, "whole", n_whole);
  fr_sim_json_number (self->json, "healed_inside", healed / n_alive);
  fr_sim_json_number (self->json, "worst", worst);
  fr_sim_json_end (self->json);
}

void
overlay_bench_failures_begin (OverlayBench *self)
{
  Run *runs = g_new0 (Run, N_RUNS);

  self->failures = g_new (OverlayFailures, 1);
  *self->failures = (OverlayFailures){ runs, g_thread_pool_new (run_cb, NULL, THREADS, TRUE, NULL) };
  for (guint i = 0; i < N_RUNS; i++)
    {
      guint world = i / G_N_ELEMENTS (crashed);

      runs[i].per_cent = crashed[i % G_N_ELEMENTS (crashed)];
      runs[i].name = worlds[world].name;
      runs[i].setup = (FrSimFailuresSetup){
        .n_peers = count_peers (self, world, runs[i].per_cent),
        .n_broadcasts = self->quick ? 20 : worlds[world].n_broadcasts,
        .crashed = runs[i].per_cent / 100.0,
        .server = worlds[world].server,
        .doorbells = worlds[world].doorbells,
        .locates = worlds[world].locates,
        .seed = self->seed + i,
      };
      g_thread_pool_push (self->failures->pool, &runs[i], NULL);
    }
}

void
overlay_bench_failures (OverlayBench *self)
{
  g_autofree OverlayFailures *failures = g_steal_pointer (&self->failures);
  g_autofree Run *runs = failures->runs;

  g_thread_pool_free (failures->pool, FALSE, TRUE);
  for (guint i = 0; i < N_RUNS; i++)
    {
      if (i % G_N_ELEMENTS (crashed) == 0)
        fr_sim_json_begin (self->json, runs[i].name);
      write_run (self, &runs[i]);
      check (self, i / G_N_ELEMENTS (crashed), &runs[i]);
      if (i % G_N_ELEMENTS (crashed) < G_N_ELEMENTS (crashed) - 1)
        continue;
      fr_sim_json_end (self->json);
      check_inside (self, &runs[i + 1 - G_N_ELEMENTS (crashed)], G_N_ELEMENTS (crashed));
    }
  write_components (self, runs, N_RUNS);
  if (self->plots != NULL)
    plot (self, runs);
}
