/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-person-private.h"

#include "fr-meeting-record.h"

/* Whoever is wanted is dialled every other minute, so that is looked at often enough. */
void
fr_person_look_whether_missed (FrPerson *self)
{
  FrMeetingRecord record = { .wanted_us = self->added && !self->blocked ? self->wanted_us : 0,
                             .seen_us = self->seen_us,
                             .is_here = self->state != FR_PERSON_AWAY && self->state != FR_PERSON_FAILED
                                        && self->state != FR_PERSON_LOOKING };
  gboolean missed = fr_meeting_record_is_missed (&record, g_get_real_time ());

  if (missed == self->missed)
    return;
  self->missed = missed;
  fr_person_notify (self, FR_PERSON_PROP_MISSED);
}

/**
 * fr_person_is_missed:
 * @self: a person
 *
 * Returns: whether they were added a day ago or more, and the two were never here at the same time
 */
gboolean
fr_person_is_missed (FrPerson *self)
{
  return self->missed;
}
