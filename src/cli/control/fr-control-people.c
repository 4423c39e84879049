/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"
#include "fr-control-people.h"

#define MAX_ADD_SECONDS 600

/* {"op": "people-list"} */
void
fr_control_people_list (FrControlRequest *request)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (fr_control_request_get_node (request)));

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      fr_control_request_emit (request, "person", fr_control_describe_person (person));
    }
  fr_control_request_succeed (request, NULL);
}

/* Somebody was added; this waits for what comes of it. */
typedef struct
{
  FrControlRequest *request; /* borrowed */
  FrPerson *person;
  guint timer;
} Adding;

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  g_clear_handle_id (&adding->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (adding->person, adding);
  g_object_unref (adding->person);
  g_free (adding);
}

static gboolean
late_cb (gpointer data)
{
  Adding *adding = data;
  const GError *error = fr_person_get_error (adding->person);

  adding->timer = 0;
  if (error != NULL)
    fr_control_request_fail (adding->request, error);
  else
    fr_control_request_fail_literal (adding->request, FR_CONTROL_ERROR_NOT_REACHED,
                                     "Added, but not connected yet; it will be tried again while Freshet runs.");
  return G_SOURCE_REMOVE;
}

static void
person_changed_cb (Adding *adding)
{
  g_autoptr (FrControlRequest) request = g_object_ref (adding->request);
  FrPersonState state = fr_person_get_state (adding->person);
  const GError *error = fr_person_get_error (adding->person);

  if (state == FR_PERSON_HERE)
    fr_control_request_succeed (request, fr_control_describe_person (adding->person));
  else if (state == FR_PERSON_WAITS) /* a person decides, in their time */
    fr_control_request_succeed (request, fr_control_describe_person (adding->person));
  else if ((state == FR_PERSON_FAILED || state == FR_PERSON_AWAY || state == FR_PERSON_CHANGED) && error != NULL)
    fr_control_request_fail (request, error);
}

/* What an invitation changes beside the person is said before it is done. */
static void
tell_relays (FrControlRequest *request, const char *text)
{
  g_autofree char *words = fr_node_describe_invited_relays (fr_control_request_get_node (request), text);
  JsonObject *object;

  if (words == NULL)
    return;
  object = json_object_new ();
  fr_control_set_string (object, "text", words);
  fr_control_request_emit (request, "notice", object);
}

/* {"op": "people-add", "person": ADDRESS OR INVITATION, "wait": SECONDS}: without "wait" it is over at once, else
 * when the person is here or cannot be reached. Event: "notice", with a "text" for people. */
void
fr_control_people_add (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  const char *text = fr_control_get_string (arguments, "person");
  double seconds = CLAMP (fr_control_get_number (arguments, "wait", 0), 0, MAX_ADD_SECONDS);
  g_autoptr (GError) error = NULL;
  FrPerson *person;
  Adding *adding;

  if (text == NULL)
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST, "Say whom to add.");
      return;
    }
  tell_relays (request, text);
  person = fr_people_add (people, text, &error);
  if (person == NULL)
    {
      fr_control_request_fail (request, error);
      return;
    }
  if (seconds == 0)
    {
      fr_control_request_succeed (request, fr_control_describe_person (person));
      return;
    }
  adding = g_new0 (Adding, 1);
  adding->request = request;
  adding->person = g_object_ref (person);
  adding->timer = g_timeout_add ((guint) (seconds * 1000), late_cb, adding);
  fr_control_request_set_work (request, adding, adding_free);
  g_signal_connect_swapped (person, "notify::state", G_CALLBACK (person_changed_cb), adding);
  g_signal_connect_swapped (person, "notify::error-message", G_CALLBACK (person_changed_cb), adding);
  if (fr_person_get_state (person) == FR_PERSON_HERE || fr_person_get_state (person) == FR_PERSON_WAITS
      || fr_person_get_state (person) == FR_PERSON_CHANGED)
    person_changed_cb (adding);
}

static FrPerson *
find_person (FrPeople *people, const char *text)
{
  FrPeerKey key;

  if (fr_peer_key_parse (&key, text))
    return fr_people_find_key (people, &key);
  return fr_people_find_address (people, text);
}

FrPerson *
fr_control_people_find (FrControlRequest *request)
{
  return fr_control_people_find_in (request, "person");
}

FrPerson *
fr_control_people_find_in (FrControlRequest *request, const char *member)
{
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  const char *text = fr_control_get_string (fr_control_request_get_arguments (request), member);
  FrPerson *person = text != NULL ? find_person (people, text) : NULL;

  if (person == NULL)
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND,
                                     "Nobody with that address or key is known here.");
  return person;
}

/* Does something with the person that a request names. */
static void
with_person (FrControlRequest *request, void (*act) (FrPeople *people, FrPerson *person))
{
  FrPerson *person = fr_control_people_find (request);

  if (person == NULL)
    return;
  act (fr_node_get_people (fr_control_request_get_node (request)), person);
  fr_control_request_succeed (request, NULL);
}

/* {"op": "people-remove", "person": ADDRESS OR KEY} */
void
fr_control_people_remove (FrControlRequest *request)
{
  with_person (request, fr_people_remove);
}

/* {"op": "people-rename", "person": ADDRESS OR KEY, "name": TEXT} */
void
fr_control_people_rename (FrControlRequest *request)
{
  const char *name = fr_control_get_string (fr_control_request_get_arguments (request), "name");
  FrPerson *person = fr_control_people_find (request);
  g_autoptr (GError) error = NULL;

  if (person == NULL)
    return;
  if (!fr_person_get_added (person) && !fr_person_get_blocked (person))
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_REFUSED, "Add them first, or accept them.");
  else if (!fr_people_rename (fr_node_get_people (fr_control_request_get_node (request)), person,
                              name != NULL ? name : "", &error))
    fr_control_request_fail (request, error);
  else
    fr_control_request_succeed (request, fr_control_describe_person (person));
}

/* {"op": "people-accept", "person": ADDRESS OR KEY}: somebody who asks may come in. Not whoever is in somebody's place:
 * see people-checked. */
void
fr_control_people_accept (FrControlRequest *request)
{
  FrPerson *person = fr_control_people_find (request);

  if (person == NULL)
    return;
  if (fr_person_get_other_key (person, NULL))
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_REFUSED,
                                       "Somebody else is where they were. Compare words with them first: "
                                       "`freshet-cli people words`.");
      return;
    }
  fr_people_accept (fr_node_get_people (fr_control_request_get_node (request)), person);
  fr_control_request_succeed (request, NULL);
}

static void
decline (FrPeople *people, FrPerson *person)
{
  if (fr_person_get_other_key (person, NULL))
    fr_people_refuse_other (people, person);
  else if (fr_person_get_state (person) == FR_PERSON_ASKS || fr_person_is_introduced_only (person))
    fr_people_turn_away (people, person);
}

/* {"op": "people-decline", "person": ADDRESS OR KEY}: somebody who asks may not come in, nor whoever is in their
 * place. */
void
fr_control_people_decline (FrControlRequest *request)
{
  with_person (request, decline);
}

static void
block (FrPeople *people, FrPerson *person)
{
  if (fr_person_get_key (person, NULL))
    fr_people_block (people, person);
  else
    fr_people_remove (people, person); /* who has never been met has no key that could be blocked */
}

/* {"op": "people-block", "person": ADDRESS OR KEY} */
void
fr_control_people_block (FrControlRequest *request)
{
  with_person (request, block);
}

static void
unblock (FrPeople *people, FrPerson *person)
{
  if (fr_person_get_blocked (person))
    fr_people_unblock (people, person);
}

/* {"op": "people-unblock", "person": ADDRESS OR KEY} */
void
fr_control_people_unblock (FrControlRequest *request)
{
  with_person (request, unblock);
}
