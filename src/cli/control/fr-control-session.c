/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-session.h"

#include "fr-control-connection.h"
#include "fr-control-operations.h"
#include "fr-control-request.h"

struct _FrControlSession
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrControlHits *hits;
  FrControlConnection *connection;
  GHashTable *requests; /* gint64 id -> FrControlRequest */
};

enum
{
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrControlSession, fr_control_session, G_TYPE_OBJECT)

static void
send_cb (FrControlRequest *request, JsonObject *answer, gboolean is_end, gpointer data)
{
  FrControlSession *self = data;
  gint64 id = fr_control_request_get_id (request);

  fr_control_connection_send (self->connection, answer);
  if (is_end)
    g_hash_table_remove (self->requests, &id);
}

static void
refuse (FrControlSession *self, gint64 id, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST, message);
  g_autoptr (JsonObject) end = fr_control_end_failed (error);

  json_object_set_int_member (end, "id", id);
  fr_control_connection_send (self->connection, end);
}

/* {"op": "cancel", "request": ID}: the request is not answered any more; cancelling what is over already is fine. */
static void
cancel_request (FrControlSession *self, FrControlRequest *cancel)
{
  gint64 id = (gint64) fr_control_get_number (fr_control_request_get_arguments (cancel), "request", 0);
  FrControlRequest *request = g_hash_table_lookup (self->requests, &id);

  if (request != NULL && request != cancel)
    {
      fr_control_request_stop (request);
      g_hash_table_remove (self->requests, &id);
    }
  fr_control_request_succeed (cancel, NULL);
}

static void
message_cb (FrControlConnection *connection, JsonObject *object, FrControlSession *self)
{
  const char *operation = fr_control_get_string (object, "op");
  FrControlOperation *start = fr_control_operation_find (operation);
  g_autoptr (FrControlRequest) request = NULL;
  gint64 id = 0;

  if (!fr_control_get_id (object, &id))
    refuse (self, 0, "A request needs an id, a number from 1 on.");
  else if (g_hash_table_contains (self->requests, &id))
    refuse (self, id, "A request with this id is being worked on.");
  else if (g_hash_table_size (self->requests) >= FR_CONTROL_MAX_REQUESTS)
    refuse (self, id, "Too many requests at a time.");
  else if (start == NULL && g_strcmp0 (operation, "cancel") != 0)
    refuse (self, id, "There is no such operation.");
  else
    {
      request = fr_control_request_new (self->node, self->hits, id, object, send_cb, self);
      g_hash_table_insert (self->requests, g_memdup2 (&id, sizeof id), g_object_ref (request));
      if (start != NULL)
        start (request);
      else
        cancel_request (self, request);
    }
}

static void
bad_line_cb (FrControlConnection *connection, const GError *error, FrControlSession *self)
{
  refuse (self, 0, error->message);
}

static void
stop_all (FrControlSession *self)
{
  g_autoptr (GHashTable) requests = g_steal_pointer (&self->requests);
  GHashTableIter iter;
  gpointer request;

  self->requests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_hash_table_iter_init (&iter, requests);
  while (g_hash_table_iter_next (&iter, NULL, &request))
    fr_control_request_stop (request);
}

static void
closed_cb (FrControlConnection *connection, FrControlSession *self)
{
  g_autoptr (FrControlSession) alive G_GNUC_UNUSED = g_object_ref (self);

  stop_all (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
fr_control_session_dispose (GObject *object)
{
  FrControlSession *self = FR_CONTROL_SESSION (object);

  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      stop_all (self);
      fr_control_connection_close (self->connection);
    }
  g_clear_object (&self->connection);
  g_clear_object (&self->node);
  g_clear_object (&self->hits);
  g_clear_pointer (&self->requests, g_hash_table_unref);
  G_OBJECT_CLASS (fr_control_session_parent_class)->dispose (object);
}

static void
fr_control_session_class_init (FrControlSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_control_session_dispose;

  signals[SIGNAL_CLOSED]
      = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_control_session_init (FrControlSession *self)
{
  self->requests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/**
 * fr_control_session_new:
 * @node: the node that answers
 * @hits: what searches have found lately, shared by all connections
 * @stream: a connected stream
 *
 * Returns: (transfer full): a session that listens
 */
FrControlSession *
fr_control_session_new (FrNode *node, FrControlHits *hits, GIOStream *stream)
{
  FrControlSession *self = g_object_new (FR_TYPE_CONTROL_SESSION, NULL);

  self->node = g_object_ref (node);
  self->hits = g_object_ref (hits);
  self->connection = fr_control_connection_new (stream);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "bad-line", G_CALLBACK (bad_line_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

/**
 * fr_control_session_close:
 * @self: a session
 *
 * Stops all that was asked for, and closes the connection once what was sent is written.
 */
void
fr_control_session_close (FrControlSession *self)
{
  g_return_if_fail (FR_IS_CONTROL_SESSION (self));

  stop_all (self);
  fr_control_connection_close (self->connection);
}
