/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-client.h"

#include "fr-control-connection.h"
#include "fr-control-socket.h"

typedef struct
{
  FrControlAnswerFunc func;
  gpointer data;
} Question;

struct _FrControlClient
{
  GObject parent_instance;

  /* owned */
  FrControlConnection *connection;
  GHashTable *questions; /* gint64 id -> Question */

  /* state */
  gint64 last_id;
};

G_DEFINE_FINAL_TYPE (FrControlClient, fr_control_client, G_TYPE_OBJECT)

static void
deliver_end (FrControlClient *self, gint64 id, JsonObject *end)
{
  g_autofree Question *question = NULL;
  g_autofree gint64 *key = NULL;

  if (g_hash_table_steal_extended (self->questions, &id, (gpointer *) &key, (gpointer *) &question))
    question->func (end, TRUE, question->data);
}

static void
message_cb (FrControlConnection *connection, JsonObject *answer, FrControlClient *self)
{
  g_autoptr (FrControlClient) alive G_GNUC_UNUSED = g_object_ref (self);
  Question *question;
  gint64 id;

  if (!fr_control_get_id (answer, &id) || (question = g_hash_table_lookup (self->questions, &id)) == NULL)
    return; /* of one that was forgotten */
  if (fr_control_get_flag (answer, "end"))
    deliver_end (self, id, answer);
  else
    question->func (answer, FALSE, question->data);
}

static void
closed_cb (FrControlConnection *connection, FrControlClient *self)
{
  g_autoptr (FrControlClient) alive G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (GError) error = g_error_new_literal (FR_CONTROL_ERROR, FR_CONTROL_ERROR_LOST,
                                                  "The Freshet that runs on this data folder has gone.");
  g_autoptr (JsonObject) end = fr_control_end_failed (error);
  GHashTableIter iter;
  gpointer id;

  for (;;)
    {
      g_hash_table_iter_init (&iter, self->questions);
      if (!g_hash_table_iter_next (&iter, &id, NULL))
        return;
      deliver_end (self, *(gint64 *) id, end);
    }
}

static void
fr_control_client_dispose (GObject *object)
{
  FrControlClient *self = FR_CONTROL_CLIENT (object);

  g_hash_table_remove_all (self->questions);
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      fr_control_connection_close (self->connection);
    }
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (fr_control_client_parent_class)->dispose (object);
}

static void
fr_control_client_finalize (GObject *object)
{
  FrControlClient *self = FR_CONTROL_CLIENT (object);

  g_hash_table_unref (self->questions);
  G_OBJECT_CLASS (fr_control_client_parent_class)->finalize (object);
}

static void
fr_control_client_class_init (FrControlClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_control_client_dispose;
  object_class->finalize = fr_control_client_finalize;
}

static void
fr_control_client_init (FrControlClient *self)
{
  self->questions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

/**
 * fr_control_client_new:
 * @stream: a connected stream; it is the client's from now on
 *
 * Returns: (transfer full): the client
 */
FrControlClient *
fr_control_client_new (GIOStream *stream)
{
  FrControlClient *self = g_object_new (FR_TYPE_CONTROL_CLIENT, NULL);

  self->connection = fr_control_connection_new (stream);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

/**
 * fr_control_client_connect:
 * @folder: a data folder
 * @error: (out): %G_IO_ERROR_NOT_FOUND or %G_IO_ERROR_CONNECTION_REFUSED if no peer runs there
 *
 * Connects to the peer that runs on @folder.
 *
 * Returns: (transfer full): the client, or %NULL
 */
FrControlClient *
fr_control_client_connect (const char *folder, GError **error)
{
  g_autoptr (GIOStream) stream = fr_control_socket_connect (folder, error);

  return stream != NULL ? fr_control_client_new (stream) : NULL;
}

/**
 * fr_control_client_ask:
 * @self: a client
 * @request: (transfer full): what is wanted; it gets its id here
 * @func: what to call with the answers; never from within this function
 * @data: for @func
 *
 * Sends a request.
 *
 * Returns: its id; 0, and @func is never called, if it is too long to send or the connection has gone
 */
gint64
fr_control_client_ask (FrControlClient *self, JsonObject *request, FrControlAnswerFunc func, gpointer data)
{
  g_autoptr (JsonObject) owned G_GNUC_UNUSED = request;
  Question *question;

  g_return_val_if_fail (FR_IS_CONTROL_CLIENT (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  json_object_set_int_member (request, "id", ++self->last_id);
  if (!fr_control_connection_send (self->connection, request))
    return 0;
  question = g_new (Question, 1);
  *question = (Question) { .func = func, .data = data };
  g_hash_table_insert (self->questions, g_memdup2 (&self->last_id, sizeof self->last_id), question);
  return self->last_id;
}

/**
 * fr_control_client_forget:
 * @self: a client
 * @id: of a request
 *
 * Cancels a request, and listens to its answers no more.
 */
void
fr_control_client_forget (FrControlClient *self, gint64 id)
{
  g_return_if_fail (FR_IS_CONTROL_CLIENT (self));

  if (g_hash_table_remove (self->questions, &id))
    {
      g_autoptr (JsonObject) cancel = fr_control_request ("cancel");

      json_object_set_int_member (cancel, "id", ++self->last_id);
      json_object_set_int_member (cancel, "request", id);
      fr_control_connection_send (self->connection, cancel);
    }
}

typedef struct
{
  FrControlAnswerFunc func;
  gpointer data;
  JsonObject *end; /* owned */
} Run;

static void
run_answer_cb (JsonObject *answer, gboolean is_end, gpointer data)
{
  Run *run = data;

  if (run->func != NULL)
    run->func (answer, is_end, run->data);
  if (is_end)
    run->end = json_object_ref (answer);
}

static void
wake_cb (GCancellable *cancellable, gpointer context)
{
  g_main_context_wakeup (context);
}

/**
 * fr_control_client_run:
 * @self: a client
 * @request: (transfer full): what is wanted
 * @func: (nullable): what to call with the answers
 * @data: for @func
 * @cancellable: (nullable): to stop it
 * @error: (out): %FR_CONTROL_ERROR
 *
 * Sends a request and iterates the thread-default main context until its end has come: for programs that do one thing
 * after the other.
 *
 * Returns: whether the request succeeded
 */
gboolean
fr_control_client_run (FrControlClient *self, JsonObject *request, FrControlAnswerFunc func, gpointer data,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr (FrControlClient) alive G_GNUC_UNUSED = g_object_ref (self);
  Run run = { .func = func, .data = data };
  gint64 id = fr_control_client_ask (self, request, run_answer_cb, &run);
  gulong wake = 0;
  gboolean ok;

  if (id == 0)
    {
      g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_BAD_REQUEST,
                           "That is too much at once, or the Freshet that was asked has gone.");
      return FALSE;
    }
  if (cancellable != NULL)
    wake = g_cancellable_connect (cancellable, G_CALLBACK (wake_cb), context, NULL);
  while (run.end == NULL && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (context, TRUE);
  g_cancellable_disconnect (cancellable, wake);
  if (run.end == NULL)
    {
      fr_control_client_forget (self, id);
      g_set_error_literal (error, FR_CONTROL_ERROR, FR_CONTROL_ERROR_CANCELLED, "Stopped.");
      return FALSE;
    }
  ok = fr_control_check_end (run.end, error);
  json_object_unref (run.end);
  return ok;
}
