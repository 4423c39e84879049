/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Starts a meeting point on this computer, and says how far it is. */

#define FR_TYPE_MEETING_HERE (fr_meeting_here_get_type ())
G_DECLARE_FINAL_TYPE (FrMeetingHere, fr_meeting_here, FR, MEETING_HERE, AdwBin)

void fr_meeting_here_start (FrMeetingHere *self, FrNode *node);
void fr_meeting_here_fail (FrMeetingHere *self, const char *reason);
const char *fr_meeting_here_get_error (FrMeetingHere *self);

/* Signal "ready": it runs, and one is there. */

G_END_DECLS
