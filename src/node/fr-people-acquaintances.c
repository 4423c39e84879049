/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-private.h"

#include "fr-node-error.h"
#include "fr-person-private.h"

/* Who was introduced by a contact. They stay strangers: the person here decides, and so do they. */

/* For the beginning: what the store remembers. */
void
fr_people_load_acquaintances (FrPeople *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const FrPersonRecord *record = records->pdata[i];
      FrPerson *introducer = fr_people_find_key (self, &record->introducer);
      FrPerson *person = fr_people_find_key (self, &record->key);

      if (introducer == NULL || !fr_person_is_contact (introducer) || introducer == person)
        {
          fr_store_remove_acquaintance_async (self->store, &record->key, NULL, NULL, NULL);
          continue;
        }
      if (person == NULL)
        person = fr_people_append (self, record);
      fr_person_set_introducer (person, introducer);
    }
}

static gboolean
has_room (FrPeople *self, FrPerson *introducer)
{
  guint n = 0, n_each = 0;

  for (guint i = 0; i < self->people->len; i++)
    {
      FrPerson *theirs = fr_person_get_introducer (g_ptr_array_index (self->people, i));

      n += theirs != NULL;
      n_each += theirs == introducer;
    }
  return n < FR_ACQUAINTANCES_MAX && n_each < FR_ACQUAINTANCES_MAX_EACH;
}

/* A contact says who somebody is. Whoever is known already stays what they are, and introduced by whom they were first. */
void
fr_people_take_acquaintance (FrPeople *self, FrPerson *contact, const FrAcquaintance *acquaintance)
{
  FrPerson *introducer = fr_person_get_owner (contact) != NULL ? fr_person_get_owner (contact) : contact;
  FrPerson *person = fr_people_find_key (self, &acquaintance->key);
  g_autoptr (FrPersonRecord) kept = NULL;

  if (fr_peer_key_equal (&acquaintance->key, &self->own_key) || !has_room (self, introducer)
      || (person != NULL
          && (fr_person_get_added (person) || fr_person_get_blocked (person)
              || fr_person_get_introducer (person) != NULL)))
    return;
  if (person == NULL)
    {
      g_autoptr (FrPersonRecord) record
          = fr_person_record_new (&acquaintance->key, acquaintance->name, acquaintance->server, acquaintance->address);

      fr_person_get_key (introducer, &record->introducer);
      person = fr_people_append (self, record);
    }
  fr_person_set_introducer (person, introducer);
  kept = fr_person_to_acquaintance (person);
  fr_store_put_acquaintance_async (self->store, kept, NULL, NULL, NULL);
}

void
fr_people_forget_introduction (FrPeople *self, FrPerson *person)
{
  FrPeerKey key;

  if (fr_person_get_introducer (person) == NULL || !fr_person_get_key (person, &key))
    return;
  fr_person_set_introducer (person, NULL);
  fr_store_remove_acquaintance_async (self->store, &key, NULL, NULL, NULL);
}

/* Nothing is left of what they have said of others. Whoever is not connected is gone from the list by that. */
void
fr_people_end_introductions (FrPeople *self, FrPerson *introducer)
{
  for (guint i = self->people->len; i > 0; i--)
    {
      FrPerson *person = g_ptr_array_index (self->people, i - 1);
      FrPersonState state = fr_person_get_state (person);

      if (fr_person_get_introducer (person) != introducer)
        continue;
      fr_people_forget_introduction (self, person);
      if (!fr_person_get_added (person) && !fr_person_get_blocked (person)
          && (state == FR_PERSON_AWAY || state == FR_PERSON_FAILED))
        fr_people_take_out (self, person);
    }
}

static void
introduce (FrPeople *self, FrPerson *person, FrPerson *to)
{
  FrAcquaintances *said = fr_acquaintances_new (FR_ACQUAINTANCE_PERSON);
  FrPeerKey key, to_key;

  fr_person_get_key (person, &key);
  fr_person_get_key (to, &to_key);
  g_ptr_array_add (said->subjects, fr_acquaintance_new (&key, fr_person_get_name (person),
                                                       fr_person_get_server (person), fr_person_get_address (person)));
  fr_network_introduce (self->network, &to_key, said);
}

/**
 * fr_people_introduce:
 * @self: people
 * @person: a contact
 * @to: another one
 * @error: return location for %FR_NODE_ERROR_AWAY
 *
 * Tells two contacts, who are both here, of each other. Each of them decides what comes of it: when one asks to connect to
 * the other, that one sees who has introduced them.
 *
 * Returns: whether they are told
 */
gboolean
fr_people_introduce (FrPeople *self, FrPerson *person, FrPerson *to, GError **error)
{
  FrPerson *both[] = { person, to };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    if (person == to || !fr_person_is_contact (both[i]) || fr_person_get_state (both[i]) != FR_PERSON_HERE)
      {
        g_propagate_error (error, fr_node_error_new (FR_NODE_ERROR_AWAY, fr_person_get_name (both[i])));
        return FALSE;
      }
  introduce (self, person, to);
  introduce (self, to, person);
  return TRUE;
}
