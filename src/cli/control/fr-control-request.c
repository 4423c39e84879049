/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-request.h"

#include "fr-control-classify.h"

struct _FrControlRequest
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrControlHits *hits;
  JsonObject *arguments;
  GCancellable *cancellable;
  gpointer work;
  GDestroyNotify stop_work;

  /* borrowed, until it is over */
  FrControlSendFunc send;
  gpointer send_data;

  /* state */
  gint64 id;
  guint over : 1;
};

G_DEFINE_FINAL_TYPE (FrControlRequest, fr_control_request, G_TYPE_OBJECT)

static void
fr_control_request_dispose (GObject *object)
{
  FrControlRequest *self = FR_CONTROL_REQUEST (object);

  fr_control_request_stop (self);
  g_clear_object (&self->node);
  g_clear_object (&self->hits);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->arguments, json_object_unref);
  G_OBJECT_CLASS (fr_control_request_parent_class)->dispose (object);
}

static void
fr_control_request_class_init (FrControlRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_control_request_dispose;
}

static void
fr_control_request_init (FrControlRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * fr_control_request_new:
 * @node: the node that is asked
 * @hits: what searches have found lately
 * @id: its id
 * @arguments: the whole request
 * @send: what to call with answers; not any more after fr_control_request_stop()
 * @data: for @send
 *
 * Returns: (transfer full): a request on which nobody works yet
 */
FrControlRequest *
fr_control_request_new (FrNode *node, FrControlHits *hits, gint64 id, JsonObject *arguments, FrControlSendFunc send,
                        gpointer data)
{
  FrControlRequest *self = g_object_new (FR_TYPE_CONTROL_REQUEST, NULL);

  self->node = g_object_ref (node);
  self->hits = g_object_ref (hits);
  self->arguments = json_object_ref (arguments);
  self->id = id;
  self->send = send;
  self->send_data = data;
  return self;
}

/**
 * fr_control_request_stop:
 * @self: a request
 *
 * Ends the work on a request, without another answer.
 */
void
fr_control_request_stop (FrControlRequest *self)
{
  gpointer work = g_steal_pointer (&self->work);

  self->over = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (work != NULL)
    self->stop_work (work);
}

gint64
fr_control_request_get_id (FrControlRequest *self)
{
  return self->id;
}

FrNode *
fr_control_request_get_node (FrControlRequest *self)
{
  return self->node;
}

FrControlHits *
fr_control_request_get_hits (FrControlRequest *self)
{
  return self->hits;
}

JsonObject *
fr_control_request_get_arguments (FrControlRequest *self)
{
  return self->arguments;
}

GCancellable *
fr_control_request_get_cancellable (FrControlRequest *self)
{
  return self->cancellable;
}

gboolean
fr_control_request_is_over (FrControlRequest *self)
{
  return self->over;
}

/**
 * fr_control_request_set_work:
 * @self: a request that has no work yet and is not over
 * @work: what is going on for it
 * @stop: ends and frees @work; called once, when the request is over
 *
 * Hands over what is to be stopped with the request.
 */
void
fr_control_request_set_work (FrControlRequest *self, gpointer work, GDestroyNotify stop)
{
  g_return_if_fail (self->work == NULL && !self->over);

  self->work = work;
  self->stop_work = stop;
}

/**
 * fr_control_request_emit:
 * @self: a request
 * @event: what has happened
 * @answer: (transfer full): the rest of the answer
 *
 * Sends an answer that is not the last.
 */
void
fr_control_request_emit (FrControlRequest *self, const char *event, JsonObject *answer)
{
  g_autoptr (JsonObject) owned G_GNUC_UNUSED = answer;

  if (self->over)
    return;
  json_object_set_int_member (answer, "id", self->id);
  json_object_set_string_member (answer, "event", event);
  self->send (self, answer, FALSE, self->send_data);
}

static void
end (FrControlRequest *self, JsonObject *answer)
{
  g_autoptr (FrControlRequest) alive G_GNUC_UNUSED = g_object_ref (self);

  json_object_set_int_member (answer, "id", self->id);
  fr_control_request_stop (self);
  self->send (self, answer, TRUE, self->send_data);
}

/**
 * fr_control_request_succeed:
 * @self: a request
 * @answer: (transfer full) (nullable): what there is to say at the end
 *
 * Sends the last answer.
 */
void
fr_control_request_succeed (FrControlRequest *self, JsonObject *answer)
{
  g_autoptr (JsonObject) owned = answer != NULL ? answer : json_object_new ();

  if (self->over)
    return;
  json_object_set_boolean_member (owned, "end", TRUE);
  json_object_set_boolean_member (owned, "ok", TRUE);
  end (self, owned);
}

/**
 * fr_control_request_fail:
 * @self: a request
 * @error: of the node, or of %FR_CONTROL_ERROR
 *
 * Sends the last answer: what went wrong.
 */
void
fr_control_request_fail (FrControlRequest *self, const GError *error)
{
  g_autoptr (GError) classified = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (self->over)
    return;
  classified = fr_control_classify (error);
  answer = fr_control_end_failed (classified);
  end (self, answer);
}

/**
 * fr_control_request_fail_literal:
 * @self: a request
 * @code: what went wrong
 * @message: the same for people
 *
 * Sends the last answer: what went wrong.
 */
void
fr_control_request_fail_literal (FrControlRequest *self, FrControlError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (FR_CONTROL_ERROR, code, message);

  fr_control_request_fail (self, error);
}
