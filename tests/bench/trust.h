/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The parts of bench-trust. What they measure goes into a JSON object; progress goes to stderr. Main thread. */

/* Thumbnails of `photographs` in the decoding process and in `unconfined`, a program of the same code that keeps all its
 * rights: `confined_ratio`, and the milliseconds of both. */
gboolean trust_measure_confinement (const char *unconfined, GPtrArray *photographs, guint n_rounds, JsonObject *report,
                                    GError **error);

/* A signed query and its checks: `query_check_us`, `query_sign_us`. */
gboolean trust_measure_query (guint n_queries, JsonObject *report, GError **error);

/* Three peers: one that is asked, one that asks it, and one that floods it. Searches in turn with and without the flood:
 * `flooded_search_ratio`, `flooded_mib` and what they come from. `own_program` is started as the flooder. */
gboolean trust_measure_flood (const char *program, const char *own_program, guint n_runs, guint n_searches,
                              JsonObject *report, GError **error);

#define TRUST_FLOODER "--flooder"
int trust_flooder_main (const char *server, const char *victim);

G_END_DECLS
