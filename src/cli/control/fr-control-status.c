/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"

#define READY_SECONDS 10
#define MAX_READY_SECONDS 600

/* Waits until the server has us and, if asked for, until everybody who was added is here or is known not to be. */
typedef struct
{
  FrControlRequest *request; /* borrowed */
  FrNode *node;              /* borrowed from the request */
  FrPeople *people;
  guint look;
  gint64 deadline_us;
  gboolean wants_people;
} Ready;

/* How often a change is looked for: much less than a person notices, much more than it costs. */
#define LOOK_EVERY_MS 20

static void
ready_free (gpointer data)
{
  Ready *ready = data;

  g_source_remove (ready->look);
  g_free (ready);
}

static gboolean
is_pending (FrPerson *person)
{
  switch (fr_person_get_state (person))
    {
    case FR_PERSON_LOOKING:
    case FR_PERSON_CONNECTING:
      return TRUE;
    case FR_PERSON_AWAY:
      return fr_person_get_added (person) && fr_person_get_error (person) == NULL; /* not dialled yet */
    case FR_PERSON_HERE:
    case FR_PERSON_WAITS:
    case FR_PERSON_ASKS:
    case FR_PERSON_FAILED:
    case FR_PERSON_CHANGED:
    default:
      return FALSE;
    }
}

static gboolean
are_people_settled (FrPeople *people)
{
  guint n_people = g_list_model_get_n_items (G_LIST_MODEL (people));

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (G_LIST_MODEL (people), i);

      if (is_pending (person))
        return FALSE;
    }
  return TRUE;
}

static void
fail_without_server (Ready *ready)
{
  const GError *error = fr_node_get_error (ready->node);

  if (fr_node_get_server (ready->node) == NULL)
    fr_control_request_fail_literal (ready->request, FR_CONTROL_ERROR_NO_SERVER,
                                     "No meeting point is known yet: give one with --server.");
  else if (fr_node_get_name (ready->node) == NULL)
    fr_control_request_fail_literal (ready->request, FR_CONTROL_ERROR_NO_SERVER,
                                     "You have no name yet: give one with --name.");
  else
    fr_control_request_fail_literal (ready->request, FR_CONTROL_ERROR_NO_SERVER,
                                     error != NULL ? error->message : "The meeting point did not answer in time.");
}

/* A server that could not be reached is tried again by the node, but whoever asked wants to know now. */
static gboolean
is_without_server (Ready *ready)
{
  switch (fr_node_get_state (ready->node))
    {
    case FR_NODE_ONLINE:
      return FALSE;
    case FR_NODE_WAITING:
    case FR_NODE_FAILED:
      return TRUE;
    case FR_NODE_OFFLINE: /* also for a moment at the start */
    case FR_NODE_CONNECTING:
    default:
      return fr_node_get_server (ready->node) == NULL || fr_node_get_name (ready->node) == NULL;
    }
}

static gboolean
look_cb (gpointer data)
{
  Ready *ready = data;
  gboolean online = fr_node_get_state (ready->node) == FR_NODE_ONLINE;
  gboolean late = g_get_monotonic_time () >= ready->deadline_us;

  if (online && (late || !ready->wants_people || are_people_settled (ready->people)))
    fr_control_request_succeed (ready->request, fr_control_describe_node (ready->node));
  else if (is_without_server (ready) || (late && !online))
    fail_without_server (ready);
  return G_SOURCE_CONTINUE;
}

/* {"op": "ready", "people": true, "wait": SECONDS} */
void
fr_control_ready (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  double seconds = CLAMP (fr_control_get_number (arguments, "wait", READY_SECONDS), 0, MAX_READY_SECONDS);
  Ready *ready = g_new0 (Ready, 1);

  ready->request = request;
  ready->node = fr_control_request_get_node (request);
  ready->people = fr_node_get_people (ready->node);
  ready->deadline_us = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  ready->wants_people = fr_control_get_flag (arguments, "people");
  ready->look = g_timeout_add (LOOK_EVERY_MS, look_cb, ready);
  fr_control_request_set_work (request, ready, ready_free);
  look_cb (ready);
}

/* {"op": "status"} */
void
fr_control_status (FrControlRequest *request)
{
  fr_control_request_succeed (request, fr_control_describe_node (fr_control_request_get_node (request)));
}

/* {"op": "close-transfers"} */
void
fr_control_close_transfers (FrControlRequest *request)
{
  fr_node_close_transfers (fr_control_request_get_node (request));
  fr_control_request_succeed (request, NULL);
}
