/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Where people far away meet: the address of a meeting point, and what helps through firewalls. */

#define FR_TYPE_MEETING_POINT_FORM (fr_meeting_point_form_get_type ())
G_DECLARE_FINAL_TYPE (FrMeetingPointForm, fr_meeting_point_form, FR, MEETING_POINT_FORM, AdwBin)

void fr_meeting_point_form_set_node (FrMeetingPointForm *self, FrNode *node);
void fr_meeting_point_form_set_address (FrMeetingPointForm *self, const char *address);
void fr_meeting_point_form_show_more (FrMeetingPointForm *self);
void fr_meeting_point_form_connect (FrMeetingPointForm *self);
const char *fr_meeting_point_form_get_error (FrMeetingPointForm *self);

/* Signal "connected": it works. */

G_END_DECLS
