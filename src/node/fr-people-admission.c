/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-node-error.h"
#include "fr-person-private.h"

/* Whom the person lets in, turns away and blocks; and who is kept out for a while. */

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

/* Whoever is added is not blocked any more, nor are their other computers. */
void
fr_people_lift_block (FrPeople *self, FrPerson *person)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (person);

  for (guint i = 0; i < computers->len; i++)
    fr_people_remove (self, computers->pdata[i]); /* they are told of again */
  fr_person_set_owner (person, NULL);
  block (self, person, FALSE);
}

static gboolean
is_kept_out_stranger (FrPerson *person)
{
  return fr_person_get_kept_out_until_us (person) != 0 && !fr_person_get_added (person)
         && !fr_person_get_blocked (person) && fr_person_get_introducer (person) == NULL;
}

static void
forget_first_stranger (FrPeople *self)
{
  FrPerson *first = NULL;
  guint n = 0;

  for (guint i = self->people->len; i > 0; i--)
    if (is_kept_out_stranger (g_ptr_array_index (self->people, i - 1)))
      {
        first = g_ptr_array_index (self->people, i - 1);
        n++;
      }
  if (n > FR_PEOPLE_MAX_KEPT_OUT)
    fr_people_take_out (self, first);
}

/* Says why somebody is not here, and when they may be again. Strangers stay in the list for that long. */
void
fr_people_keep_out (FrPeople *self, FrPerson *person, gint64 left_us)
{
  g_autoptr (GError) error = fr_node_error_new (FR_NODE_ERROR_KEPT_OUT, fr_person_get_name (person));

  fr_person_set_state (person, FR_PERSON_AWAY, error);
  fr_person_set_kept_out (person, g_get_real_time () + left_us);
  fr_person_set_retry (person, 0, g_get_monotonic_time () + left_us);
  forget_first_stranger (self);
}

/* The time has come to try again: by dialling whoever was added. Returns FALSE if a stranger went out of the list. */
gboolean
fr_people_let_in_again (FrPeople *self, FrPerson *person)
{
  gboolean is_stranger = is_kept_out_stranger (person);

  if (fr_person_get_kept_out_until_us (person) != 0)
    {
      fr_person_set_kept_out (person, 0);
      fr_person_set_state (person, FR_PERSON_AWAY, NULL);
    }
  if (is_stranger)
    fr_people_take_out (self, person);
  else if (fr_person_get_added (person))
    fr_people_dial (self, person);
  else
    fr_person_set_retry (person, 0, 0);
  return !is_stranger;
}

/**
 * fr_people_accept:
 * @self: people
 * @person: somebody who asks to come in (%FR_PERSON_ASKS), or was introduced
 *
 * Lets somebody in, now and whenever they come again, and dials whoever has not come by themselves.
 */
void
fr_people_accept (FrPeople *self, FrPerson *person)
{
  fr_person_set_added (person, TRUE);
  fr_people_save (self, person);
  fr_people_pin (self, person); /* who waits is let in by that */
  fr_people_retry (self, person);
  fr_people_tell_computers (self, person); /* who may be here already */
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
  fr_people_forget_introduction (self, person);
  fr_people_take_out (self, person);
}

static void
block_one (FrPeople *self, FrPerson *person)
{
  fr_people_end_mine (self, person);
  fr_people_end_introductions (self, person);
  fr_people_forget_introduction (self, person);
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
 * fr_people_block:
 * @self: people
 * @person: one of them, who has been met
 *
 * Wants nothing of somebody any more, at any of their computers: no connection, nothing shown to them or of them. Ends
 * what there is. They stay in the list, as blocked, and in the store.
 */
void
fr_people_block (FrPeople *self, FrPerson *person)
{
  FrPerson *owner = fr_person_get_owner (person) != NULL ? fr_person_get_owner (person) : person;
  g_autoptr (GPtrArray) computers = fr_person_list_computers (owner);

  g_return_if_fail (fr_person_get_key (person, NULL));

  for (guint i = 0; i < computers->len; i++)
    block_one (self, computers->pdata[i]);
  block_one (self, owner);
}

/**
 * fr_people_unblock:
 * @self: people
 * @person: somebody who is blocked
 *
 * Makes them a stranger again, like any other, and their other computers too.
 */
void
fr_people_unblock (FrPeople *self, FrPerson *person)
{
  FrPerson *owner = fr_person_get_owner (person) != NULL ? fr_person_get_owner (person) : person;

  fr_people_lift_block (self, owner);
  fr_people_forget (self, owner);
}
