/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Measurements of one thing, and what is said of them. */

typedef GArray FrBenchNumbers; /* of double */

FrBenchNumbers *fr_bench_numbers_new (void);
void fr_bench_numbers_add (FrBenchNumbers *self, double number);
double fr_bench_numbers_get_median (FrBenchNumbers *self); /* NAN if there are none */
double fr_bench_numbers_get_p95 (FrBenchNumbers *self);

/* "NAME": the median, "NAME_p95"; nothing where there are no numbers. */
void fr_bench_numbers_report (FrBenchNumbers *self, JsonObject *object, const char *name);
void fr_bench_report_number (JsonObject *object, const char *name, double number);

G_END_DECLS
