/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fr-control-error.h"
#include "fr-json-guard.h"

G_BEGIN_DECLS

/* What goes over the control socket: one JSON object a line, UTF-8, ended by a line feed.
 *
 *   request   {"id": 7, "op": "search", "words": "harbour", "wait": 5}
 *   answers   {"id": 7, "event": "hit", "title": "Harbour", ...}          any number
 *   the last  {"id": 7, "end": true, "ok": true, ...}
 *         or  {"id": 7, "end": true, "ok": false, "code": "no-server", "error": "A sentence for people."}
 *
 * Whoever may open the socket is the same person, but the strings in it come from anybody: a line
 * passes fr-json-guard first, and the getters below take nothing for granted. Pure functions. */

#define FR_CONTROL_MAX_LINE FR_JSON_MAX_SIZE /* bytes, the line feed not counted */
#define FR_CONTROL_MAX_ID (G_GINT64_CONSTANT (1) << 53) /* what a JSON number holds everywhere */

JsonObject *fr_control_parse (const char *line, gsize size, GError **error);
char *fr_control_format (JsonObject *object, gsize *out_size);

gboolean fr_control_get_id (JsonObject *object, gint64 *out_id);
const char *fr_control_get_string (JsonObject *object, const char *name);
double fr_control_get_number (JsonObject *object, const char *name, double fallback);
gboolean fr_control_get_flag (JsonObject *object, const char *name);
char **fr_control_get_strings (JsonObject *object, const char *name);

JsonObject *fr_control_request (const char *operation);
void fr_control_set_string (JsonObject *object, const char *name, const char *value);
void fr_control_set_strings (JsonObject *object, const char *name, const char *const *values);

JsonObject *fr_control_end_failed (const GError *error);
gboolean fr_control_check_end (JsonObject *end, GError **error);

G_END_DECLS
