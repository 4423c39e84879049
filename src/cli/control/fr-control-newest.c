/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"
#include "fr-control-people.h"

#define NEWEST_SECONDS 20
#define MAX_NEWEST_SECONDS 60

/* {"op": "newest", "wait": SECONDS, "person": ADDRESS or KEY}
 *
 * Events: "hit", one for each picture of one's people, those shared last first, with "day" and "fresh". Over when all who
 * were asked have answered, or after "wait" seconds; what was heard before is told of too. */

typedef struct
{
  FrControlRequest *request; /* borrowed */
  FrNewest *newest;          /* owned, both */
  GListModel *pictures;
  guint timer;
  guint n_asked;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_handle_id (&asking->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (asking->newest, asking);
  g_object_unref (asking->pictures);
  g_object_unref (asking->newest);
  g_free (asking);
}

static void
tell (Asking *asking, FrHit *hit)
{
  JsonObject *object = fr_control_describe_hit (hit, 0);

  if (fr_hit_get_shared_day (hit) > 0)
    json_object_set_int_member (object, "day", fr_hit_get_shared_day (hit));
  json_object_set_boolean_member (object, "fresh", fr_hit_get_fresh (hit));
  fr_control_hits_add (fr_control_request_get_hits (asking->request), hit);
  fr_control_request_emit (asking->request, "hit", object);
  fr_newest_mark_seen (asking->newest, fr_hit_get_id (hit));
}

static void
succeed (Asking *asking)
{
  g_autoptr (FrControlRequest) request = g_object_ref (asking->request); /* the answers may end it */
  g_autoptr (FrNewest) newest = g_object_ref (asking->newest);
  g_autoptr (GListModel) pictures = g_object_ref (asking->pictures);
  guint n_late = fr_newest_get_n_asking (newest) + fr_newest_get_n_silent (newest);
  JsonObject *end = json_object_new ();

  for (guint i = 0; i < g_list_model_get_n_items (pictures); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (pictures, i);

      tell (asking, hit);
    }
  json_object_set_int_member (end, "found", g_list_model_get_n_items (pictures));
  json_object_set_int_member (end, "asked", asking->n_asked);
  json_object_set_int_member (end, "silent", MIN (n_late, asking->n_asked));
  fr_control_request_succeed (request, end);
}

static void
asking_cb (Asking *asking)
{
  if (fr_newest_get_n_asking (asking->newest) == 0)
    succeed (asking);
}

static gboolean
waited_cb (gpointer data)
{
  Asking *asking = data;

  asking->timer = 0;
  succeed (asking);
  return G_SOURCE_REMOVE;
}

void
fr_control_newest (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  FrNewest *newest = fr_node_get_newest (fr_control_request_get_node (request));
  double seconds = CLAMP (fr_control_get_number (arguments, "wait", NEWEST_SECONDS), 0, MAX_NEWEST_SECONDS);
  FrPerson *person = NULL;
  Asking *asking;

  if (fr_control_get_string (arguments, "person") != NULL)
    {
      person = fr_control_people_find (request);
      if (person == NULL)
        return;
    }
  fr_newest_ask (newest, person);
  asking = g_new0 (Asking, 1);
  asking->request = request;
  asking->newest = g_object_ref (newest);
  asking->pictures = person != NULL ? fr_newest_of (newest, person) : g_object_ref (G_LIST_MODEL (newest));
  asking->n_asked = fr_newest_get_n_asking (newest);
  asking->timer = g_timeout_add ((guint) (seconds * 1000), waited_cb, asking);
  fr_control_request_set_work (request, asking, asking_free);
  g_signal_connect_swapped (newest, "notify::n-asking", G_CALLBACK (asking_cb), asking);
  asking_cb (asking);
}
