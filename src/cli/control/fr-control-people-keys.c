/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"
#include "fr-control-people.h"

/* Comparing words with people. Whoever is in somebody's place may change, so that what is said of words is about the key
 * that they were last told for. */

#define SHOWN "freshet-words-shown"

/* Of whom the words are: of whoever is in the person's place, if that is somebody else. */
static gboolean
get_key (FrPerson *person, FrPeerKey *out_key)
{
  return fr_person_get_other_key (person, out_key) || fr_person_get_key (person, out_key);
}

/* Words that are being made. */
typedef struct
{
  FrControlRequest *request; /* owned, both */
  FrPerson *person;
  FrPeerKey key;
} Telling;

static void
telling_free (Telling *telling)
{
  g_object_unref (telling->request);
  g_object_unref (telling->person);
  g_free (telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

static void
words_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Telling) telling = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = fr_people_make_words_finish (FR_PEOPLE (source), result, &error);
  JsonObject *answer;

  if (words == NULL)
    {
      fr_control_request_fail (telling->request, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (telling->person), SHOWN, g_memdup2 (&telling->key, sizeof telling->key), g_free);
  answer = fr_control_describe_person (telling->person);
  fr_control_set_strings (answer, "words", (const char *const *) words);
  fr_control_request_succeed (telling->request, answer);
}

/* {"op": "people-words", "person": ADDRESS OR KEY}: ends with "words", and with the person. */
void
fr_control_people_words (FrControlRequest *request)
{
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  FrPerson *person = fr_control_people_find (request);
  Telling *telling;
  FrPeerKey key;

  if (person == NULL)
    return;
  if (!get_key (person, &key))
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND,
                                       "There are words to compare once you have been connected to them.");
      return;
    }
  telling = g_new0 (Telling, 1);
  telling->request = g_object_ref (request);
  telling->person = g_object_ref (person);
  telling->key = key;
  fr_people_make_words_async (people, &key, fr_control_request_get_cancellable (request), words_cb, telling);
}

/* {"op": "people-checked", "person": ADDRESS OR KEY}: the words were the same. Where somebody is in the person's place,
 * it is the same person from now on. */
void
fr_control_people_checked (FrControlRequest *request)
{
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  FrPerson *person = fr_control_people_find (request);
  const FrPeerKey *shown;
  FrPeerKey key;
  gboolean done;

  if (person == NULL)
    return;
  shown = g_object_get_data (G_OBJECT (person), SHOWN);
  if (fr_person_get_other_key (person, NULL))
    done = shown != NULL && fr_people_accept_other (people, person, shown);
  else
    done = fr_person_get_key (person, &key) && fr_people_set_checked (people, person, &key, TRUE);
  if (done)
    fr_control_request_succeed (request, fr_control_describe_person (person));
  else
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_REFUSED,
                                     "Compare the words with them first: `freshet-cli people words` tells them.");
}

/* {"op": "people-unchecked", "person": ADDRESS OR KEY} */
void
fr_control_people_unchecked (FrControlRequest *request)
{
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  FrPerson *person = fr_control_people_find (request);
  FrPeerKey key;

  if (person == NULL)
    return;
  if (fr_person_get_key (person, &key))
    fr_people_set_checked (people, person, &key, FALSE);
  fr_control_request_succeed (request, fr_control_describe_person (person));
}
