/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-audience.h"

#include "fr-control-error.h"

#define CHOSEN "chosen:"

static FrPerson *
find_by_name (FrPeople *people, const char *name)
{
  FrPerson *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (people)); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (people), i);

      if (!fr_person_get_added (person) || g_strcmp0 (fr_person_get_name (person), name) != 0)
        continue;
      if (found != NULL)
        return NULL; /* two of that name: the address tells them apart */
      found = person; /* the list keeps it */
    }
  return found;
}

/* Only people who were added can be chosen: the others are nobody's word but their own. */
static gboolean
find_key (FrPeople *people, const char *text, FrPeerKey *out_key, GError **error)
{
  FrPerson *person;
  FrPeerKey key;

  if (fr_peer_key_parse (&key, text))
    person = fr_people_find_key (people, &key);
  else
    person = fr_people_find_address (people, text);
  if (person == NULL)
    person = find_by_name (people, text);
  if (person == NULL || !fr_person_get_added (person))
    {
      g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST,
                   "There is nobody called %s among your people; `freshet-cli people list` shows them.", text);
      return FALSE;
    }
  if (fr_person_get_key (person, out_key) && !fr_peer_key_is_zero (out_key))
    return TRUE;
  g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST,
               "%s has not been met yet; connect to them once, then choose them.", text);
  return FALSE;
}

static GBytes *
find_readers (FrPeople *people, const char *names, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (names, ",", -1);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));
  g_autoptr (GBytes) readers = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      FrPeerKey key;

      if (!find_key (people, g_strstrip (parts[i]), &key, error))
        return NULL;
      g_array_append_val (keys, key);
    }
  readers = fr_audience_list_readers ((const FrPeerKey *) (gpointer) keys->data, keys->len);
  if (fr_audience_is_valid (FR_AUDIENCE_CHOSEN, readers))
    return g_steal_pointer (&readers);
  g_set_error (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST, "Choose 1 to %d people.",
               FR_AUDIENCE_MAX_READERS);
  return NULL;
}

/**
 * fr_control_audience_read:
 * @people: where those who are chosen are looked up, by name, address or key
 * @text: what was typed
 * @out_audience: (out): who may see the pictures
 * @out_readers: (out) (nullable): the people chosen
 * @error: (out): %FR_CONTROL_ERROR_BAD_REQUEST
 *
 * Returns: whether it is one; else nothing is changed
 */
gboolean
fr_control_audience_read (FrPeople *people,
                          const char *text,
                          FrAudience *out_audience,
                          GBytes **out_readers,
                          GError **error)
{
  GBytes *readers;

  if (g_str_has_prefix (text, CHOSEN))
    {
      readers = find_readers (people, text + sizeof CHOSEN - 1, error);
      if (readers == NULL)
        return FALSE;
      *out_audience = FR_AUDIENCE_CHOSEN;
      *out_readers = readers;
      return TRUE;
    }
  if (fr_audience_parse (text, out_audience, out_readers))
    return TRUE;
  g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST,
                       "Say everyone, contacts, chosen:NAME,NAME or me.");
  return FALSE;
}
