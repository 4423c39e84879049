/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-person-private.h"

/* Whom the person lets in, turns away and blocks. */

static void
block (FrPeople *self, FrPerson *person, gboolean blocked)
{
  FrPeerKey key;

  fr_person_set_blocked (person, blocked);
  if (fr_person_get_key (person, &key))
    fr_network_set_blocked (self->network, &key, blocked);
}

/* For the beginning: what the store remembers. */
void
fr_people_load_blocked (FrPeople *self, FrPerson *person)
{
  if (fr_person_get_blocked (person))
    block (self, person, TRUE);
}

/* Whoever is added is not blocked any more. */
void
fr_people_lift_block (FrPeople *self, FrPerson *person)
{
  block (self, person, FALSE);
}

/**
 * fr_people_accept:
 * @self: people
 * @person: somebody who asks to come in (%FR_PERSON_ASKS)
 *
 * Lets somebody in, now and whenever they come again.
 */
void
fr_people_accept (FrPeople *self, FrPerson *person)
{
  fr_person_set_added (person, TRUE);
  fr_people_save (self, person);
  fr_people_pin (self, person); /* who waits is let in by that */
}

/**
 * fr_people_turn_away:
 * @self: people
 * @person: somebody who asks to come in (%FR_PERSON_ASKS)
 *
 * Says no. They are not told more than that, and are not asked about again for a day.
 */
void
fr_people_turn_away (FrPeople *self, FrPerson *person)
{
  FrPeerKey key;

  if (fr_person_get_key (person, &key))
    fr_network_turn_away (self->network, &key);
  fr_people_take_out (self, person);
}

/**
 * fr_people_block:
 * @self: people
 * @person: one of them, who has been met
 *
 * Wants nothing of somebody any more: no connection, nothing shown to them or of them. Ends what there is. They stay in
 * the list, as blocked, and in the store.
 */
void
fr_people_block (FrPeople *self, FrPerson *person)
{
  g_return_if_fail (fr_person_get_key (person, NULL));

  fr_people_refuse_other (self, person);
  fr_person_set_retry (person, 0, 0);
  fr_person_set_added (person, FALSE);
  fr_people_pin (self, person);
  block (self, person, TRUE);
  fr_person_set_state (person, FR_PERSON_AWAY, NULL);
  fr_people_count (self);
  fr_people_save (self, person);
}

/**
 * fr_people_unblock:
 * @self: people
 * @person: somebody who is blocked
 *
 * Makes them a stranger again, like any other.
 */
void
fr_people_unblock (FrPeople *self, FrPerson *person)
{
  block (self, person, FALSE);
  fr_people_forget (self, person);
}
