/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-invitation-entry.h"

G_BEGIN_DECLS

/* How two people come together: one's own invitation, and a place for somebody else's. */

#define FR_TYPE_INVITE_SHEET (fr_invite_sheet_get_type ())
G_DECLARE_FINAL_TYPE (FrInviteSheet, fr_invite_sheet, FR, INVITE_SHEET, AdwWindow)

FrInviteSheet *fr_invite_sheet_new (FrNode *node, GtkWindow *parent);
void fr_invite_sheet_fill_in (FrInviteSheet *self, const char *text);
FrInvitationEntry *fr_invite_sheet_get_entry (FrInviteSheet *self);

/* Sets up through the action "win.connection" of the parent. */

G_END_DECLS
