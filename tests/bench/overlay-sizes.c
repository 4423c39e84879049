/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay-experiments.h"

#include <math.h>

#include "fr-sim-line.h"
#include "fr-sim-plot.h"
#include "fr-sim-sizes.h"
#include "fr-sim-speed.h"

#define MOST_IDLE_BYTES 4096
#define LEAST_SPEED 1e6
#define SPEED_RUNS 5
#define MOST_SLOWER 1.5    /* a message in a run of ten times as many */
#define SLACK 1.25         /* over what grows with the logarithm, for chance */
#define MILLION 1e6

static const guint sizes[] = { 100, 1000, 10000, 100000 };

static guint
n_sizes (const OverlayBench *self)
{
  return self->quick ? 3 : 4;
}

static void
write_size (OverlayBench *self, guint size, const FrSimSizesResult *result)
{
  g_autofree char *name = g_strdup_printf ("%u", size);

  fr_sim_json_begin (self->json, name);
  fr_sim_json_number (self->json, "first_hit_hops", result->askers.first_hit_hops);
  fr_sim_json_number (self->json, "first_hit_ms", result->askers.first_hit_ms);
  fr_sim_json_number (self->json, "first_hit_ms_p95", result->askers.first_hit_ms_p95);
  fr_sim_json_number (self->json, "found", result->askers.found);
  fr_sim_json_number (self->json, "messages_per_search", result->askers.messages);
  fr_sim_json_number (self->json, "messages_per_peer_minute", result->messages_per_peer_minute);
  fr_sim_json_number (self->json, "idle_messages_per_peer_minute", result->idle_messages_per_peer_minute);
  fr_sim_json_number (self->json, "traffic_per_peer_minute", result->bytes_per_peer_minute);
  fr_sim_json_number (self->json, "bytes_per_peer", result->bytes_per_peer);
  fr_sim_json_number (self->json, "mean_degree", result->mean_degree);
  fr_sim_json_end (self->json);
}

static void
draw (OverlayBench *self, const char *file, const char *title, const char *label, FrSimPlotFlags flags,
      const double values[], guint n)
{
  g_autoptr (FrSimPlot) plot = fr_sim_plot_new (title, "peers", label, FR_SIM_PLOT_LOG_X | flags);
  g_autoptr (GError) error = NULL;
  guint curve = fr_sim_plot_add_curve (plot, title, FR_SIM_PLOT_MEASURED);

  for (guint i = 0; i < n; i++)
    fr_sim_plot_add_point (plot, curve, sizes[i], values[i]);
  if (!fr_sim_plot_write (plot, self->plots, file, &error))
    g_error ("%s", error->message);
}

static void
plot_sizes (OverlayBench *self, const FrSimSizesResult *results, guint n)
{
  double hops[G_N_ELEMENTS (sizes)], ms[G_N_ELEMENTS (sizes)], messages[G_N_ELEMENTS (sizes)];
  double traffic[G_N_ELEMENTS (sizes)], memory[G_N_ELEMENTS (sizes)];

  for (guint i = 0; i < n; i++)
    {
      hops[i] = results[i].askers.first_hit_hops;
      ms[i] = results[i].askers.first_hit_ms;
      messages[i] = results[i].messages_per_peer_minute;
      traffic[i] = results[i].bytes_per_peer_minute / 1024;
      memory[i] = results[i].bytes_per_peer / 1024;
    }
  draw (self, "sizes-hops", "Links to the first hit", "links, mean", FR_SIM_PLOT_FROM_ZERO, hops, n);
  draw (self, "sizes-time", "Time to the first hit", "milliseconds, median", FR_SIM_PLOT_FROM_ZERO, ms, n);
  draw (self, "sizes-messages", "Messages, at a search per peer in 10 minutes", "sent per peer and minute",
        FR_SIM_PLOT_FROM_ZERO, messages, n);
  draw (self, "sizes-bytes", "Traffic, at a search per peer in 10 minutes", "KiB sent per peer and minute",
        FR_SIM_PLOT_FROM_ZERO, traffic, n);
  draw (self, "sizes-memory", "Memory of the simulator", "KiB per peer", FR_SIM_PLOT_FROM_ZERO, memory, n);
}

void
overlay_bench_sizes (OverlayBench *self)
{
  FrSimSizesResult results[G_N_ELEMENTS (sizes)];
  double idle = fr_sim_sizes_measure_idle (10000), first, last;
  guint n = n_sizes (self);

  fr_sim_json_begin (self->json, "sizes");
  for (guint i = 0; i < n; i++)
    {
      fr_sim_sizes_run (sizes[i], self->quick ? 20 : 200, self->seed, &results[i]);
      overlay_bench_progress ("%u peers: %.1f links, %.0f ms, %.1f messages a peer and minute, %.0f bytes a peer",
                              sizes[i], results[i].askers.first_hit_hops, results[i].askers.first_hit_ms,
                              results[i].messages_per_peer_minute, results[i].bytes_per_peer);
      write_size (self, sizes[i], &results[i]);
    }
  fr_sim_json_end (self->json);
  fr_sim_json_number (self->json, "idle_engine_bytes", idle);
  overlay_bench_check (self, idle <= MOST_IDLE_BYTES, "an idle engine takes %.0f bytes", idle);
  /* Those that are small are searched at once, the others step by step: the same way is compared. */
  first = results[1].askers.first_hit_ms;
  last = results[n - 1].askers.first_hit_ms;
  overlay_bench_check (self, last <= SLACK * first * log (sizes[n - 1]) / log (sizes[1]),
                       "the first hit takes %.0f ms among %u peers, and %.0f ms among %u", first, sizes[1], last,
                       sizes[n - 1]);
  if (self->plots != NULL)
    plot_sizes (self, results, n);
}

static void
write_line (OverlayBench *self, const char *name, const FrSimLineResult *result)
{
  fr_sim_json_begin (self->json, name);
  fr_sim_json_number (self->json, "hops", result->hops);
  fr_sim_json_number (self->json, "seconds", result->seconds);
  fr_sim_json_number (self->json, "found_seconds", result->found_seconds);
  fr_sim_json_end (self->json);
}

static void
plot_line (OverlayBench *self, const double *peers, const double *seconds, guint n, double million)
{
  g_autoptr (FrSimPlot) plot = fr_sim_plot_new ("Time to the farthest peer, 26 ms a link", "peers",
                                                "seconds, one way", FR_SIM_PLOT_LOG_X | FR_SIM_PLOT_LOG_Y);
  g_autoptr (GError) error = NULL;
  guint ours = fr_sim_plot_add_curve (plot, "they choose their neighbours", FR_SIM_PLOT_MEASURED);
  guint guess = fr_sim_plot_add_curve (plot, "extrapolated", FR_SIM_PLOT_QUOTED);
  guint line = fr_sim_plot_add_curve (plot, "a line (the proof of concept)", FR_SIM_PLOT_QUOTED);

  for (guint i = 0; i < n; i++)
    fr_sim_plot_add_point (plot, ours, peers[i], seconds[i]);
  fr_sim_plot_add_point (plot, guess, peers[n - 1], seconds[n - 1]);
  fr_sim_plot_add_point (plot, guess, MILLION, million);
  for (double at = peers[0]; at <= MILLION; at *= 10)
    fr_sim_plot_add_point (plot, line, at, (at - 1) * FR_SIM_LINE_LINK_MS / 1000);
  if (!fr_sim_plot_write (plot, self->plots, "line", &error))
    g_error ("%s", error->message);
}

void
overlay_bench_line (OverlayBench *self)
{
  double peers[G_N_ELEMENTS (sizes)], seconds[G_N_ELEMENTS (sizes)], hops[G_N_ELEMENTS (sizes)];
  guint first = self->quick ? 0 : 1, n = 0;
  FrSimLineResult line, result;

  fr_sim_line_run (1000, FALSE, self->seed, &line);
  fr_sim_json_begin (self->json, "line");
  write_line (self, "line_1000", &line);
  for (guint i = first; i < first + (self->quick ? 2 : 3); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", sizes[i]);

      fr_sim_line_run (sizes[i], TRUE, self->seed, &result);
      overlay_bench_progress ("line: %u peers, %u links, %.2f s", sizes[i], result.hops, result.seconds);
      write_line (self, name, &result);
      peers[n] = sizes[i];
      hops[n] = result.hops;
      seconds[n++] = result.seconds;
    }
  fr_sim_json_begin (self->json, "1000000");
  fr_sim_json_boolean (self->json, "extrapolated", TRUE);
  fr_sim_json_number (self->json, "hops", fr_sim_line_extrapolate (peers, hops, n, MILLION));
  fr_sim_json_number (self->json, "seconds", fr_sim_line_extrapolate (peers, seconds, n, MILLION));
  fr_sim_json_end (self->json);
  fr_sim_json_end (self->json);
  overlay_bench_check (self, seconds[n - 1] < line.seconds, "%.2f s to the farthest of %.0f peers", seconds[n - 1],
                       peers[n - 1]);
  if (self->plots != NULL)
    plot_line (self, peers, seconds, n, fr_sim_line_extrapolate (peers, seconds, n, MILLION));
}

static void
run_speed (OverlayBench *self, guint n_searches, FrSimSpeedResult *best)
{
  FrSimSpeedResult result;

  fr_sim_speed_run (1000, n_searches, self->seed, &result);
  if (result.messages_per_second > best->messages_per_second)
    *best = result;
}

/* Others use the computer too: of a few runs the fastest says what a core can do. They take turns, that a busy second
 * does not meet one kind alone. */
void
overlay_bench_speed (OverlayBench *self)
{
  guint n_searches = self->quick ? 50 : 200;
  FrSimSpeedResult few = { 0 }, many = { 0 };

  for (guint i = 0; i < SPEED_RUNS; i++)
    {
      run_speed (self, n_searches / 5, &few);
      run_speed (self, n_searches, &many);
    }
  overlay_bench_progress ("%.0f messages a second", many.messages_per_second);
  fr_sim_json_number (self->json, "messages_per_second", many.messages_per_second);
  fr_sim_json_number (self->json, "messages_per_second_few", few.messages_per_second);
  overlay_bench_check (self, many.messages_per_second >= LEAST_SPEED, "%.0f messages a second",
                       many.messages_per_second);
  overlay_bench_check (self, few.messages_per_second <= MOST_SLOWER * many.messages_per_second,
                       "%.0f messages a second where there are few, %.0f where there are many",
                       few.messages_per_second, many.messages_per_second);
}
