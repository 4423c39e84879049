/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The parts of bench-trust. What they measure goes into a JSON object; progress goes to stderr. Main thread. */

/* Thumbnails of `photographs` in the decoding process and in `unconfined`, a program of the same code that keeps all its
 * rights: `confined_ratio`, and the milliseconds of both. */
gboolean trust_measure_confinement (const char *unconfined, GPtrArray *photographs, guint n_rounds, JsonObject *report,
                                    GError **error);

G_END_DECLS
