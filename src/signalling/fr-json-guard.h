/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fr-signal-fault.h"

G_BEGIN_DECLS

/* The one door through which JSON from outside comes to json-glib, whose parser recurses without a bound and takes
 * much that is no JSON. Stateless; any thread. */

#define FR_JSON_MAX_SIZE (64 * 1024)
#define FR_JSON_MAX_DEPTH 32
#define FR_JSON_MAX_NUMBER 32 /* characters */

JsonNode *fr_json_guard_parse (const char *json, gssize size, GError **error);

/* Members of an object, NULL or FALSE where there is none of that kind. */
JsonObject *fr_json_get_object (JsonObject *object, const char *member);
const char *fr_json_get_string (JsonObject *object, const char *member, gsize max_size);
gboolean fr_json_get_uint (JsonObject *object, const char *member, guint max, guint *out_value);

G_END_DECLS
