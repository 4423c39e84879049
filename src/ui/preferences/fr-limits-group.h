/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* How fast pictures may come, and go out. */

#define FR_TYPE_LIMITS_GROUP (fr_limits_group_get_type ())
G_DECLARE_FINAL_TYPE (FrLimitsGroup, fr_limits_group, FR, LIMITS_GROUP, AdwPreferencesGroup)

void fr_limits_group_set_node (FrLimitsGroup *self, FrNode *node);

G_END_DECLS
