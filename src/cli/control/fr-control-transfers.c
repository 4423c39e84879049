/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-transfers.h"

#include <string.h>

#include "fr-control-describe.h"
#include "fr-control-operations.h"

/* {"op": "transfers-list"}: a "transfer" for each picture that is on its way, waits, or has come, the newest first.
 * {"op": "transfers-pause" | "-resume" | "-retry" | "-cancel", "content": ID}: one of them.
 * {"op": "transfers-clear"}: takes those that are over away. */

/**
 * fr_control_transfers_find:
 * @node: a node
 * @id: a picture
 *
 * Returns: (transfer full) (nullable): the latest transfer of it
 */
FrFetch *
fr_control_transfers_find (FrNode *node, const FrContentId *id)
{
  GListModel *fetches = fr_node_get_fetches (node);

  for (guint i = 0; i < g_list_model_get_n_items (fetches); i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      if (fr_content_id_equal (fr_fetch_get_id (fetch), id))
        return g_steal_pointer (&fetch);
    }
  return NULL;
}

static gboolean
begins_with (const FrContentId *id, const char *text)
{
  g_autofree char *whole = fr_content_id_to_string (id);

  return g_ascii_strncasecmp (whole, text, strlen (text)) == 0;
}

/**
 * fr_control_transfers_find_text:
 * @node: a node
 * @text: a content id, or the beginning of one, at least %FR_CONTROL_MIN_CONTENT letters
 *
 * Returns: (transfer none) (nullable): the latest transfer of the one picture that is meant
 */
FrFetch *
fr_control_transfers_find_text (FrNode *node, const char *text)
{
  GListModel *fetches = fr_node_get_fetches (node);
  FrFetch *found = NULL;

  if (strlen (text) < FR_CONTROL_MIN_CONTENT)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (fetches); i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      if (!begins_with (fr_fetch_get_id (fetch), text))
        continue;
      if (found != NULL && !fr_content_id_equal (fr_fetch_get_id (found), fr_fetch_get_id (fetch)))
        return NULL;
      found = found != NULL ? found : fetch; /* the list holds it */
    }
  return found;
}

static JsonObject *
describe (FrFetch *fetch)
{
  JsonObject *object = fr_control_describe_fetch (fetch);

  json_object_set_int_member (object, "done", (gint64) fr_fetch_get_bytes_done (fetch));
  json_object_set_boolean_member (object, "kept", fr_fetch_get_kept (fetch));
  if (fr_fetch_get_place (fetch) > 0)
    json_object_set_int_member (object, "place", fr_fetch_get_place (fetch));
  if (fr_fetch_get_speed (fetch) > 0)
    json_object_set_int_member (object, "speed", (gint64) fr_fetch_get_speed (fetch));
  if (fr_fetch_get_seconds_left (fetch) >= 0)
    json_object_set_int_member (object, "seconds_left", fr_fetch_get_seconds_left (fetch));
  return object;
}

void
fr_control_transfers_list (FrControlRequest *request)
{
  GListModel *fetches = fr_node_get_fetches (fr_control_request_get_node (request));

  for (guint i = 0; i < g_list_model_get_n_items (fetches); i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      fr_control_request_emit (request, "transfer", describe (fetch));
    }
  fr_control_request_succeed (request, NULL);
}

static void
change (FrControlRequest *request, void (*func) (FrFetch *fetch))
{
  const char *content = fr_control_get_string (fr_control_request_get_arguments (request), "content");
  FrFetch *found
      = content != NULL ? fr_control_transfers_find_text (fr_control_request_get_node (request), content) : NULL;
  g_autoptr (FrFetch) fetch = found != NULL ? g_object_ref (found) : NULL;

  if (content == NULL)
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST, "Say which picture.");
      return;
    }
  if (fetch == NULL)
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND, "No picture with this id is on its way.");
      return;
    }
  func (fetch);
  fr_control_request_succeed (request, describe (fetch));
}

void
fr_control_transfers_pause (FrControlRequest *request)
{
  change (request, fr_fetch_pause);
}

void
fr_control_transfers_resume (FrControlRequest *request)
{
  change (request, fr_fetch_resume);
}

void
fr_control_transfers_retry (FrControlRequest *request)
{
  change (request, fr_fetch_retry);
}

void
fr_control_transfers_cancel (FrControlRequest *request)
{
  change (request, fr_fetch_cancel);
}

void
fr_control_transfers_clear (FrControlRequest *request)
{
  fr_node_clear_fetches (fr_control_request_get_node (request));
  fr_control_request_succeed (request, NULL);
}
