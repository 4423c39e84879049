/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-newest.h"
#include "fr-wall.h"

G_BEGIN_DECLS

/* Looks at a wall of what people share: what was on the screen for a second has been looked at. Main thread. */

typedef struct _FrWallLook FrWallLook;

FrWallLook *fr_wall_look_new (FrWall *wall, FrNewest *newest);
void fr_wall_look_free (FrWallLook *self);

G_END_DECLS
