/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* The node's things as JSON. All return a new object; times are milliseconds, sizes bytes, keys and ids hex. */

JsonObject *fr_control_describe_node (FrNode *node);
JsonObject *fr_control_describe_server (FrNode *node);
JsonObject *fr_control_describe_person (FrPerson *person);
JsonObject *fr_control_describe_picture (const FrPicture *picture);
JsonObject *fr_control_describe_hit (FrHit *hit, guint holder);
JsonObject *fr_control_describe_fetch (FrFetch *fetch);
JsonObject *fr_control_describe_xray (const FrQueryXray *xray);

void fr_control_set_ms (JsonObject *object, const char *name, gint64 us);

G_END_DECLS
