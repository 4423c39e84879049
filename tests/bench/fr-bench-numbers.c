/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bench-numbers.h"

#include <math.h>

FrBenchNumbers *
fr_bench_numbers_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
fr_bench_numbers_add (FrBenchNumbers *self, double number)
{
  g_array_append_val (self, number);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Between two measurements, in proportion. */
static double
get_quantile (FrBenchNumbers *self, double quantile)
{
  double at = quantile * (self->len - 1);
  guint below = (guint) floor (at);
  double share = at - below;

  if (self->len == 0)
    return NAN;
  g_array_sort (self, compare);
  if (below + 1 >= self->len)
    return g_array_index (self, double, self->len - 1);
  return g_array_index (self, double, below) * (1 - share) + g_array_index (self, double, below + 1) * share;
}

double
fr_bench_numbers_get_median (FrBenchNumbers *self)
{
  return get_quantile (self, 0.5);
}

double
fr_bench_numbers_get_p95 (FrBenchNumbers *self)
{
  return get_quantile (self, 0.95);
}

void
fr_bench_report_number (JsonObject *object, const char *name, double number)
{
  if (isfinite (number))
    json_object_set_double_member (object, name, round (number * 1000) / 1000);
}

void
fr_bench_numbers_report (FrBenchNumbers *self, JsonObject *object, const char *name)
{
  g_autofree char *p95 = g_strconcat (name, "_p95", NULL);

  fr_bench_report_number (object, name, fr_bench_numbers_get_median (self));
  fr_bench_report_number (object, p95, fr_bench_numbers_get_p95 (self));
}
