/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* What a person is asked at the first start: a name, then where people meet. */

#define FR_TYPE_FIRST_START (fr_first_start_get_type ())
G_DECLARE_FINAL_TYPE (FrFirstStart, fr_first_start, FR, FIRST_START, AdwBin)

void fr_first_start_set_node (FrFirstStart *self, FrNode *node);
void fr_first_start_fill_in (FrFirstStart *self, const char *name);
gboolean fr_first_start_next (FrFirstStart *self);
const char *fr_first_start_get_step (FrFirstStart *self);

/* Signal "finished".
 * Signal "message" (const char *text). */

G_END_DECLS
