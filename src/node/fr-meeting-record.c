/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-meeting-record.h"

/**
 * fr_meeting_record_is_missed:
 * @self: what is known of the two
 * @now_us: real time
 *
 * Returns: whether the other one has been wanted for a day, and was never here in that time
 */
gboolean
fr_meeting_record_is_missed (const FrMeetingRecord *self, gint64 now_us)
{
  if (self->wanted_us <= 0 || self->seen_us > 0 || self->is_here)
    return FALSE;
  /* a clock that was set back since makes nobody missed, nor does one that never ran overflow */
  return now_us > self->wanted_us && now_us - self->wanted_us >= FR_MEETING_PATIENCE_US;
}
