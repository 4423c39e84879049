/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether two people never have Freshet open at the same time. Pure; never reads the clock. */

#define FR_MEETING_PATIENCE_US G_TIME_SPAN_DAY

typedef struct
{
  gint64 wanted_us; /* real time since when the other one is dialled; 0: not, or not known */
  gint64 seen_us;   /* real time when they were last here; 0: never */
  gboolean is_here; /* or is being connected to */
} FrMeetingRecord;

gboolean fr_meeting_record_is_missed (const FrMeetingRecord *self, gint64 now_us);

G_END_DECLS
