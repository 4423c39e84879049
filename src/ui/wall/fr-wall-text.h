/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-wall-item.h"

G_BEGIN_DECLS

/* What a wall says. Pure. */

char *fr_wall_text_name (const char *words, const FrWallFacts *facts, const char *day);
char *fr_wall_text_count_selected (guint n);

G_END_DECLS
