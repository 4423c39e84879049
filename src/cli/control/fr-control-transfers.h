/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* Which of the pictures on their way is meant. */

FrFetch *fr_control_transfers_find (FrNode *node, const FrContentId *id);
FrFetch *fr_control_transfers_find_text (FrNode *node, const char *text);

G_END_DECLS
