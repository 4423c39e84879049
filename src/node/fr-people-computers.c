/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include <string.h>

#include "fr-node-error.h"
#include "fr-person-private.h"

/* Several computers of one person. Each is a person of the list with a key of its own. Of others, what their first
 * computer says is believed: that one alone was accepted here, and whatever it lists has agreed. Of the person here, two
 * computers are theirs when both have said so, and words were compared; then the contacts are told. */

static FrAcquaintance *
describe (FrPerson *person)
{
  FrPeerKey key;
  FrAcquaintance *acquaintance;

  fr_person_get_key (person, &key);
  acquaintance = fr_acquaintance_new (&key, fr_person_get_name (person), fr_person_get_server (person),
                                      fr_person_get_address (person));
  if (fr_person_get_agreement (person) != NULL)
    memcpy (acquaintance->agreement, fr_person_get_agreement (person), sizeof acquaintance->agreement);
  return acquaintance;
}

/* Nobody who is another computer of somebody, or comes in by the word of somebody else. */
static gboolean
may_be_mine (FrPerson *person)
{
  return fr_person_is_contact (person) && fr_person_get_checked (person) && fr_person_get_owner (person) == NULL;
}

static FrAcquaintances *
list_mine (FrPeople *self)
{
  FrAcquaintances *list = fr_acquaintances_new (FR_ACQUAINTANCE_COMPUTERS);

  for (guint i = 0; i < self->people->len && list->subjects->len < FR_INTRODUCE_MAX_SUBJECTS; i++)
    {
      FrPerson *person = g_ptr_array_index (self->people, i);

      if (fr_person_get_mine (person) && fr_person_get_agrees (person) && may_be_mine (person))
        g_ptr_array_add (list->subjects, describe (person));
    }
  return list;
}

/* Whoever has been told once hears of every change, also when there is nothing left to tell. */
static void
note_told (FrPeople *self, FrPerson *person)
{
  if (fr_person_get_told (person))
    return;
  fr_person_set_told (person, TRUE);
  fr_people_save (self, person);
}

static gboolean
can_be_told (FrPerson *person, FrPeerKey *out_key)
{
  return fr_person_is_contact (person) && fr_person_get_state (person) == FR_PERSON_HERE
         && fr_person_get_key (person, out_key);
}

static void
tell_mine (FrPeople *self, FrPerson *person)
{
  g_autoptr (FrAcquaintances) list = NULL;
  FrPeerKey key;

  /* computers of one's own get to know each other two by two */
  if (!can_be_told (person, &key) || fr_person_get_mine (person))
    return;
  list = list_mine (self);
  if (list->subjects->len == 0 && !fr_person_get_told (person))
    return;
  note_told (self, person);
  fr_network_introduce (self->network, &key, g_steal_pointer (&list));
}

static void
tell_all (FrPeople *self)
{
  for (guint i = 0; i < self->people->len; i++)
    tell_mine (self, g_ptr_array_index (self->people, i));
}

static void
tell_you (FrPeople *self, FrPerson *person)
{
  FrAcquaintances *you;
  FrPeerKey key;

  if (!can_be_told (person, &key) || (!fr_person_get_mine (person) && !fr_person_get_told (person)))
    return;
  note_told (self, person);
  you = fr_acquaintances_new (FR_ACQUAINTANCE_YOU);
  you->agrees = fr_person_get_mine (person);
  fr_network_introduce (self->network, &key, you);
}

/* Somebody is here now, or a contact from now on. */
void
fr_people_tell_computers (FrPeople *self, FrPerson *person)
{
  tell_you (self, person);
  tell_mine (self, person);
}

static void
remove_computers (FrPeople *self, FrPerson *person)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (person);

  for (guint i = 0; i < computers->len; i++)
    fr_people_remove (self, computers->pdata[i]);
}

static void
set_mine (FrPeople *self, FrPerson *person, gboolean mine)
{
  if (fr_person_get_mine (person) == mine)
    return;
  fr_person_set_mine (person, mine);
  fr_people_save (self, person);
  if (mine)
    remove_computers (self, person); /* these are not somebody else's any more */
  tell_you (self, person);
  tell_all (self);
}

/* They are to be forgotten, blocked, or not checked any more: what else they were here ends too. */
void
fr_people_end_mine (FrPeople *self, FrPerson *person)
{
  set_mine (self, person, FALSE);
}

/* Whoever goes takes their other computers along, and those with another key leave behind what the old one has said. */
void
fr_people_end_computers (FrPeople *self, FrPerson *person)
{
  remove_computers (self, person);
  fr_person_set_owner (person, NULL);
}

static guint
count_mine (FrPeople *self)
{
  guint n = 0;

  for (guint i = 0; i < self->people->len; i++)
    n += fr_person_get_mine (g_ptr_array_index (self->people, i));
  return n;
}

/**
 * fr_people_set_mine:
 * @self: people
 * @person: one of them, whom words were compared with
 * @mine: whether that is another computer of the person here
 * @error: return location for %FR_NODE_ERROR_NOT_CHECKED or %FR_NODE_ERROR_TOO_MANY_COMPUTERS
 *
 * Says that somebody in the list is the person here, at another computer. It is said at both; then the contacts of each
 * are told, and take the other one for the same person.
 *
 * Returns: whether it is noted
 */
gboolean
fr_people_set_mine (FrPeople *self, FrPerson *person, gboolean mine, GError **error)
{
  if (mine && !may_be_mine (person))
    {
      g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_NOT_CHECKED, fr_person_get_name (person)));
      return FALSE;
    }
  if (mine && !fr_person_get_mine (person) && count_mine (self) >= FR_PERSON_MAX_COMPUTERS - 1)
    {
      g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_TOO_MANY_COMPUTERS, NULL));
      return FALSE;
    }
  set_mine (self, person, mine);
  return TRUE;
}

/* What others say */

static void
take_you (FrPeople *self, FrPerson *person, const FrAcquaintances *you)
{
  if (fr_person_get_owner (person) != NULL)
    return;
  fr_person_set_agreement (person, you->agrees ? you->agreement : NULL);
  fr_people_save (self, person);
  if (fr_person_get_mine (person))
    tell_all (self);
}

static gboolean
is_listed (FrPerson *person, const FrAcquaintances *list)
{
  FrPeerKey key;

  if (!fr_person_get_key (person, &key))
    return FALSE;
  for (guint i = 0; i < list->subjects->len; i++)
    if (fr_peer_key_equal (&((const FrAcquaintance *) list->subjects->pdata[i])->key, &key))
      return TRUE;
  return FALSE;
}

/* Whoever the person here has added, blocked or knows as somebody's computer stays what they are. */
static gboolean
is_taken (FrPerson *person)
{
  return fr_person_get_added (person) || fr_person_get_blocked (person) || fr_person_get_owner (person) != NULL;
}

static void
take_computer (FrPeople *self, FrPerson *owner, const FrAcquaintance *computer)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (owner);
  FrPerson *person = fr_people_find_key (self, &computer->key);

  if (fr_peer_key_equal (&computer->key, &self->own_key) || (person != NULL && is_taken (person))
      || computers->len >= FR_PERSON_MAX_COMPUTERS - 1)
    return;
  if (person == NULL)
    {
      g_autoptr (FrPersonRecord) record
          = fr_person_record_new (&computer->key, computer->name, computer->server, computer->address);

      fr_person_get_key (owner, &record->owner);
      record->auto_connect = record->claimed = TRUE;
      person = fr_people_append_computer (self, owner, record);
    }
  else
    {
      fr_people_forget_introduction (self, person);
      fr_person_set_owner (person, owner);
      fr_person_set_added (person, TRUE);
    }
  fr_people_save (self, person);
  fr_people_pin (self, person); /* who waits is let in by that */
  fr_people_tell_computers (self, person); /* who may be here already */
  if (*fr_person_get_address (person) != '\0')
    fr_people_dial (self, person);
  fr_people_notice_computer (self, person);
}

/* What is not listed any more is not theirs. */
static void
take_computers (FrPeople *self, FrPerson *owner, const FrAcquaintances *list)
{
  g_autoptr (GPtrArray) computers = fr_person_list_computers (owner);

  if (fr_person_get_owner (owner) != NULL || fr_person_get_mine (owner))
    return;
  for (guint i = 0; i < computers->len; i++)
    if (!is_listed (computers->pdata[i], list))
      fr_people_remove (self, computers->pdata[i]);
  for (guint i = 0; i < list->subjects->len; i++)
    take_computer (self, owner, list->subjects->pdata[i]);
}

/* FR_REPORT_INTRODUCED: the network has checked who says it, and that the computers agree. */
void
fr_people_take_introduction (FrPeople *self, const FrNetworkReport *report)
{
  FrPerson *person = fr_people_find_key (self, &report->key);
  const FrAcquaintances *said = report->acquaintances;

  if (person == NULL || !fr_person_is_contact (person))
    return;
  switch (said->kind)
    {
    case FR_ACQUAINTANCE_PERSON:
      fr_people_take_acquaintance (self, person, said->subjects->pdata[0]);
      break;
    case FR_ACQUAINTANCE_COMPUTERS:
      take_computers (self, person, said);
      break;
    case FR_ACQUAINTANCE_YOU:
      take_you (self, person, said);
      break;
    default:
      g_assert_not_reached ();
    }
}
