/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* The person's own invitation: to be scanned, or copied; and whoever takes it up meanwhile. */

#define FR_TYPE_INVITE_CARD (fr_invite_card_get_type ())
G_DECLARE_FINAL_TYPE (FrInviteCard, fr_invite_card, FR, INVITE_CARD, AdwBin)

void fr_invite_card_set_node (FrInviteCard *self, FrNode *node);
gboolean fr_invite_card_has_invitation (FrInviteCard *self);

/* Signal "changed": there is an invitation now, or none any more. */

G_END_DECLS
