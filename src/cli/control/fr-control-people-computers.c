/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"
#include "fr-control-people.h"

/* Other computers of the person here, and people who are told of each other. */

static void
set_mine (FrControlRequest *request, gboolean mine)
{
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  FrPerson *person = fr_control_people_find (request);
  g_autoptr (GError) error = NULL;

  if (person == NULL)
    return;
  if (fr_people_set_mine (people, person, mine, &error))
    fr_control_request_succeed (request, fr_control_describe_person (person));
  else
    fr_control_request_fail (request, error);
}

/* {"op": "people-mine", "person": ADDRESS OR KEY}: it is another computer of the person here, who says the same there. */
void
fr_control_people_mine (FrControlRequest *request)
{
  set_mine (request, TRUE);
}

/* {"op": "people-not-mine", "person": ADDRESS OR KEY} */
void
fr_control_people_not_mine (FrControlRequest *request)
{
  set_mine (request, FALSE);
}

/* {"op": "people-introduce", "person": ADDRESS OR KEY, "to": ADDRESS OR KEY}: both are told of each other. */
void
fr_control_people_introduce (FrControlRequest *request)
{
  FrPeople *people = fr_node_get_people (fr_control_request_get_node (request));
  FrPerson *person = fr_control_people_find (request);
  FrPerson *to = person != NULL ? fr_control_people_find_in (request, "to") : NULL;
  g_autoptr (GError) error = NULL;

  if (to == NULL)
    return;
  if (fr_people_introduce (people, person, to, &error))
    fr_control_request_succeed (request, NULL);
  else
    fr_control_request_fail (request, error);
}
