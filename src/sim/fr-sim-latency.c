/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-latency.h"

#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  guint n_numbers;
  double most_b;
} types[] = {
  [FR_SIM_LATENCY_FIXED] = { "fixed", 1, 0 },
  [FR_SIM_LATENCY_UNIFORM] = { "uniform", 2, FR_SIM_LATENCY_MAX_MS },
  [FR_SIM_LATENCY_LOGNORMAL] = { "lognormal", 2, 3 },
};

static gboolean
parse_number (const char *text, double most, double *out_number)
{
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (number) || number < 0 || number > most)
    return FALSE;
  *out_number = number;
  return TRUE;
}

/**
 * fr_sim_latency_parse:
 * @self: (out caller-allocates): the distribution; untouched on failure
 * @text: "fixed:MS", "uniform:MS,MS" or "lognormal:MEDIAN-MS,SIGMA"
 *
 * Returns: %FALSE if it is none of these
 */
gboolean
fr_sim_latency_parse (FrSimLatency *self, const char *text)
{
  g_auto (GStrv) halves = g_strsplit (text, ":", 2);
  g_auto (GStrv) numbers = NULL;
  FrSimLatency latency = { 0 };

  if (g_strv_length (halves) != 2)
    return FALSE;
  numbers = g_strsplit (halves[1], ",", 3);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (strcmp (halves[0], types[i].name) != 0)
        continue;
      latency.type = (FrSimLatencyType) i;
      if (g_strv_length (numbers) != types[i].n_numbers
          || !parse_number (numbers[0], FR_SIM_LATENCY_MAX_MS, &latency.a)
          || (types[i].n_numbers == 2 && !parse_number (numbers[1], types[i].most_b, &latency.b)))
        return FALSE;
      if (latency.type == FR_SIM_LATENCY_UNIFORM && latency.b < latency.a)
        return FALSE;
      *self = latency;
      return TRUE;
    }
  return FALSE;
}

/**
 * fr_sim_latency_to_string:
 * @self: a distribution
 *
 * Returns: (transfer full): it as fr_sim_latency_parse() reads it
 */
char *
fr_sim_latency_to_string (const FrSimLatency *self)
{
  char a[G_ASCII_DTOSTR_BUF_SIZE], b[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (a, sizeof a, "%g", self->a);
  g_ascii_formatd (b, sizeof b, "%g", self->b);
  if (types[self->type].n_numbers == 1)
    return g_strdup_printf ("%s:%s", types[self->type].name, a);
  return g_strdup_printf ("%s:%s,%s", types[self->type].name, a, b);
}

/* Box and Muller. */
static double
draw_normal (GRand *rand)
{
  double u = 1 - g_rand_double (rand); /* never 0 */

  return sqrt (-2 * log (u)) * cos (2 * G_PI * g_rand_double (rand));
}

/**
 * fr_sim_latency_draw:
 * @self: a distribution
 * @rand: where chance comes from
 *
 * Returns: a latency in microseconds, at least 1
 */
gint64
fr_sim_latency_draw (const FrSimLatency *self, GRand *rand)
{
  double ms = self->a;

  if (self->type == FR_SIM_LATENCY_UNIFORM)
    ms = self->a + (self->b - self->a) * g_rand_double (rand);
  else if (self->type == FR_SIM_LATENCY_LOGNORMAL)
    ms = self->a * exp (self->b * draw_normal (rand));
  return MAX (1, (gint64) (MIN (ms, FR_SIM_LATENCY_MAX_MS) * 1000));
}
