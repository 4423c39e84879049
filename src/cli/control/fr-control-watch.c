/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"

/* {"op": "watch"}: an event at once for how everything stands, and one for each change, until it is cancelled:
 * "server", "person", "person-gone", "transfer", "transfer-gone", "other-program", "trouble". Changes are gathered until the
 * main loop is idle, and what looks the same as the last time is not told again. */

typedef JsonObject *(*DescribeFunc) (gpointer item);

/* One list that is followed. */
typedef struct
{
  GListModel *model; /* borrowed from the node */
  const char *event;
  const char *gone_event;
  DescribeFunc describe;
  GHashTable *told; /* item (owned) -> what was told of it last (owned text) */
} Follow;

typedef struct
{
  FrControlRequest *request; /* borrowed */
  FrNode *node;              /* borrowed from the request */
  Follow people;
  Follow fetches;
  char *told_server;
  guint idle;
} Watch;

static char *
to_text (JsonObject *object)
{
  gsize size;

  return fr_control_format (object, &size);
}

static void changed_cb (Watch *watch);

static void
follow_tell (Watch *watch, Follow *follow, gpointer item)
{
  JsonObject *object = follow->describe (item);
  g_autofree char *text = to_text (object);

  if (g_strcmp0 (text, g_hash_table_lookup (follow->told, item)) == 0)
    {
      json_object_unref (object);
      return;
    }
  g_hash_table_insert (follow->told, g_object_ref (item), g_steal_pointer (&text));
  fr_control_request_emit (watch->request, follow->event, object);
}

static void
follow_leave (Watch *watch, gpointer item)
{
  g_signal_handlers_disconnect_by_func (item, changed_cb, watch);
}

static void
follow_look (Watch *watch, Follow *follow)
{
  g_autoptr (GHashTable) present = g_hash_table_new (NULL, NULL);
  guint n_items = g_list_model_get_n_items (follow->model);
  GHashTableIter iter;
  gpointer known;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (follow->model, i);

      g_hash_table_add (present, item);
      if (!g_hash_table_contains (follow->told, item))
        g_signal_connect_swapped (item, "notify", G_CALLBACK (changed_cb), watch);
      follow_tell (watch, follow, item);
    }
  g_hash_table_iter_init (&iter, follow->told);
  while (g_hash_table_iter_next (&iter, &known, NULL))
    if (!g_hash_table_contains (present, known))
      {
        follow_leave (watch, known);
        fr_control_request_emit (watch->request, follow->gone_event, follow->describe (known));
        g_hash_table_iter_remove (&iter);
      }
}

static void
follow_init (Watch *watch, Follow *follow)
{
  follow->told = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  g_signal_connect_swapped (follow->model, "items-changed", G_CALLBACK (changed_cb), watch);
}

static void
follow_clear (Watch *watch, Follow *follow)
{
  GHashTableIter iter;
  gpointer item;

  g_signal_handlers_disconnect_by_func (follow->model, changed_cb, watch);
  g_hash_table_iter_init (&iter, follow->told);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    follow_leave (watch, item);
  g_hash_table_unref (follow->told);
}

static void
tell_server (Watch *watch)
{
  JsonObject *object = fr_control_describe_server (watch->node);
  g_autofree char *text = to_text (object);

  if (g_strcmp0 (text, watch->told_server) == 0)
    {
      json_object_unref (object);
      return;
    }
  g_free (watch->told_server);
  watch->told_server = g_steal_pointer (&text);
  fr_control_request_emit (watch->request, "server", object);
}

static gboolean
idle_cb (gpointer data)
{
  Watch *watch = data;

  watch->idle = 0;
  tell_server (watch);
  follow_look (watch, &watch->people);
  follow_look (watch, &watch->fetches);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (Watch *watch)
{
  if (watch->idle == 0)
    watch->idle = g_idle_add (idle_cb, watch);
}

static void
other_program_cb (FrNode *node, const char *address, Watch *watch)
{
  JsonObject *object = json_object_new ();

  fr_control_set_string (object, "address", address);
  fr_control_request_emit (watch->request, "other-program", object);
}

static void
trouble_cb (FrNode *node, const char *message, Watch *watch)
{
  JsonObject *object = json_object_new ();

  fr_control_set_string (object, "error", message);
  fr_control_request_emit (watch->request, "trouble", object);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_clear_handle_id (&watch->idle, g_source_remove);
  g_signal_handlers_disconnect_by_data (watch->node, watch);
  follow_clear (watch, &watch->people);
  follow_clear (watch, &watch->fetches);
  g_free (watch->told_server);
  g_free (watch);
}

void
fr_control_watch (FrControlRequest *request)
{
  FrNode *node = fr_control_request_get_node (request);
  Watch *watch = g_new0 (Watch, 1);

  watch->request = request;
  watch->node = node;
  watch->people = (Follow) { .model = G_LIST_MODEL (fr_node_get_people (node)),
                             .event = "person",
                             .gone_event = "person-gone",
                             .describe = (DescribeFunc) fr_control_describe_person };
  watch->fetches = (Follow) { .model = fr_node_get_fetches (node),
                              .event = "transfer",
                              .gone_event = "transfer-gone",
                              .describe = (DescribeFunc) fr_control_describe_fetch };
  follow_init (watch, &watch->people);
  follow_init (watch, &watch->fetches);
  g_signal_connect_swapped (node, "notify", G_CALLBACK (changed_cb), watch);
  g_signal_connect (node, "other-program", G_CALLBACK (other_program_cb), watch);
  g_signal_connect (node, "trouble", G_CALLBACK (trouble_cb), watch);
  fr_control_request_set_work (request, watch, watch_free);
  changed_cb (watch);
}
