/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-first-step.h"
#include "fr-invitation-entry.h"
#include "fr-meeting-point-form.h"

G_BEGIN_DECLS

/* What a person is asked at the first start: a name, whom to share with, and the first pictures. */

#define FR_TYPE_FIRST_START (fr_first_start_get_type ())
G_DECLARE_FINAL_TYPE (FrFirstStart, fr_first_start, FR, FIRST_START, AdwBin)

void fr_first_start_set_node (FrFirstStart *self, FrNode *node);
void fr_first_start_fill_in (FrFirstStart *self, const char *name);
void fr_first_start_take_invitation (FrFirstStart *self, const char *invitation);
gboolean fr_first_start_move (FrFirstStart *self, FrFirstMove move);
FrFirstStep fr_first_start_get_step (FrFirstStart *self);
const char *fr_first_start_get_page (FrFirstStart *self); /* that of the step, or "ready" */
FrInvitationEntry *fr_first_start_get_invitation_entry (FrFirstStart *self);
FrMeetingPointForm *fr_first_start_get_form (FrFirstStart *self);

/* Signal "finished" (gboolean choose): it is over; pictures are to be chosen then.
 * Action "first-start.back". */

G_END_DECLS
