/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the links of a network take: a distribution from which each link draws its own. A plain value. */

#define FR_SIM_LATENCY_MAX_MS 60000

typedef enum
{
  FR_SIM_LATENCY_FIXED,     /* a: milliseconds */
  FR_SIM_LATENCY_UNIFORM,   /* from a to b milliseconds */
  FR_SIM_LATENCY_LOGNORMAL, /* a: the median in milliseconds; b: the deviation of the logarithm */
} FrSimLatencyType;

typedef struct
{
  FrSimLatencyType type;
  double a;
  double b;
} FrSimLatency;

gboolean fr_sim_latency_parse (FrSimLatency *self, const char *text);
char *fr_sim_latency_to_string (const FrSimLatency *self);
gint64 fr_sim_latency_draw (const FrSimLatency *self, GRand *rand);

G_END_DECLS
