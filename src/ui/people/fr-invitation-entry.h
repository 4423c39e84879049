/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-adding-view.h"

G_BEGIN_DECLS

/* Where a person puts an invitation that they got, reads whose it is, says yes, and sees what comes of it. */

#define FR_TYPE_INVITATION_ENTRY (fr_invitation_entry_get_type ())
G_DECLARE_FINAL_TYPE (FrInvitationEntry, fr_invitation_entry, FR, INVITATION_ENTRY, AdwBin)

void fr_invitation_entry_set_node (FrInvitationEntry *self, FrNode *node);
void fr_invitation_entry_fill_in (FrInvitationEntry *self, const char *text);
gboolean fr_invitation_entry_submit (FrInvitationEntry *self);
const char *fr_invitation_entry_get_error (FrInvitationEntry *self);
FrAddingView *fr_invitation_entry_get_adding (FrInvitationEntry *self);

/* Property "first-start" (boolean, construct only): an invitation says where one goes, and one goes on afterwards;
 * elsewhere an address will do, and one closes it.
 * Signal "leave": the person has seen enough.
 * Signal "set-up" (gboolean relay): a meeting point, or a relay, is to be set up. */

G_END_DECLS
