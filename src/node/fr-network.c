/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-private.h"

#define CLOSE_TIMEOUT_US (G_USEC_PER_SEC) /* goodbyes take half a second at most; this is for what went wrong */
#define CLOSE_LINGER_US (G_USEC_PER_SEC / 4) /* sessions are torn down by threads of their own */

typedef struct
{
  FrNetwork *network;
  FrNetworkReport *report;
} Delivery;

G_DEFINE_FINAL_TYPE (FrNetwork, fr_network, G_TYPE_OBJECT)

enum
{
  REPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
call_free (FrNetworkCall *call)
{
  g_free (call->text);
  g_free (call->more);
  g_clear_pointer (&call->request, fr_fetch_request_free);
  g_clear_pointer (&call->acquaintances, fr_acquaintances_free);
  g_clear_pointer (&call->keys, g_bytes_unref);
  g_free (call);
}

static gboolean
call_cb (gpointer data)
{
  FrNetworkCall *call = data;

  if (call->network->core != NULL && !call->network->closing)
    call->work (call->network->core, call);
  return G_SOURCE_REMOVE;
}

/* The network outlives its thread, and the thread whatever was handed to it: no reference is needed. */
FrNetworkCall *
fr_network_call_new (FrNetwork *self, FrNetworkWork work)
{
  FrNetworkCall *call = g_new0 (FrNetworkCall, 1);

  call->network = self;
  call->work = work;
  return call;
}

/* Never g_main_context_invoke(): until the thread has taken its context, that would run the call right here. */
static void
run_in_thread (FrNetwork *self, GSourceFunc callback, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, callback, data, destroy);
  g_source_attach (source, self->context);
}

void
fr_network_call_send (FrNetworkCall *call)
{
  run_in_thread (call->network, call_cb, call, (GDestroyNotify) call_free);
}

static void
delivery_free (Delivery *delivery)
{
  g_object_unref (delivery->network);
  fr_network_report_free (delivery->report);
  g_free (delivery);
}

static gboolean
delivery_cb (gpointer data)
{
  Delivery *delivery = data;

  g_signal_emit (delivery->network, signals[REPORT], 0, delivery->report);
  return G_SOURCE_REMOVE;
}

/* In the network thread. */
static void
report_cb (FrNetworkReport *report, gpointer data)
{
  FrNetwork *self = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->network = g_object_ref (self);
  delivery->report = report;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, delivery_cb, delivery, (GDestroyNotify) delivery_free);
  g_source_attach (source, self->main_context);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
iterate_for (GMainContext *context, FrNetworkCore *core, gint64 most_us)
{
  gint64 end_us = g_get_monotonic_time () + most_us;
  g_autoptr (GSource) wake = g_timeout_source_new (10);

  g_source_set_callback (wake, wake_cb, NULL, NULL);
  g_source_attach (wake, context);
  while (g_get_monotonic_time () < end_us && (core == NULL || !fr_network_core_is_quiet (core)))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (wake);
}

static gpointer
run (gpointer data)
{
  FrNetwork *self = data;

  g_main_context_push_thread_default (self->context);
  fr_webrtc_init (); /* before this thread makes anything else: see fr_type_setup() */
  self->core = fr_network_core_new (self->identity, self->store, &self->webrtc, report_cb, self);
  while (!self->closing)
    g_main_context_iteration (self->context, TRUE);
  fr_network_core_close (self->core);
  iterate_for (self->context, self->core, CLOSE_TIMEOUT_US);
  g_object_run_dispose (G_OBJECT (self->core)); /* what the store has still to tell it holds it */
  g_clear_object (&self->core);
  iterate_for (self->context, NULL, CLOSE_LINGER_US);
  g_main_context_pop_thread_default (self->context);
  fr_webrtc_wait_until_warm (); /* a process that ends under GStreamer's threads may crash */
  return NULL;
}

static gboolean
close_cb (gpointer data)
{
  ((FrNetwork *) data)->closing = TRUE;
  return G_SOURCE_REMOVE;
}

static void
fr_network_finalize (GObject *object)
{
  FrNetwork *self = FR_NETWORK (object);

  /* fr_network_close_async() has ended the thread, or nobody did, and it has to be ended now. */
  if (self->thread != NULL)
    {
      run_in_thread (self, close_cb, self, NULL);
      g_thread_join (self->thread);
    }
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->main_context, g_main_context_unref);
  g_clear_pointer (&self->identity, fr_identity_unref);
  fr_webrtc_config_clear (&self->webrtc);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (fr_network_parent_class)->finalize (object);
}

static void
fr_network_class_init (FrNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fr_network_finalize;
  signals[REPORT] = g_signal_new ("report", FR_TYPE_NETWORK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
}

static void
fr_network_init (FrNetwork *self)
{
  self->context = g_main_context_new ();
  self->main_context = g_main_context_ref_thread_default ();
}

/**
 * fr_network_new:
 * @identity: who we are
 * @store: our pictures
 * @webrtc: how sessions are made; copied
 *
 * Starts the network thread. Reports come in the thread-default main context of the caller.
 *
 * Returns: (transfer full): a network, at no server; fr_network_close_async() ends it
 */
FrNetwork *
fr_network_new (FrIdentity *identity, FrStore *store, const FrWebrtcConfig *webrtc)
{
  FrNetwork *self = g_object_new (FR_TYPE_NETWORK, NULL);

  self->identity = fr_identity_ref (identity);
  self->store = g_object_ref (store);
  fr_webrtc_config_copy (webrtc, &self->webrtc);
  self->thread = g_thread_new ("network", run, self);
  return self;
}

static void
do_set_name (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_set_name (core, ((const FrNetworkCall *) arguments)->text);
}

/**
 * fr_network_set_name:
 * @self: a network
 * @name: what people call us, a valid name
 *
 * See fr_network_core_set_name().
 */
void
fr_network_set_name (FrNetwork *self, const char *name)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_name);

  call->text = g_strdup (name);
  fr_network_call_send (call);
}

static void
do_set_relays (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_set_relays (core, call->text, call->more);
}

/**
 * fr_network_set_relays:
 * @self: a network
 * @stun: (nullable): the URI of a STUN server
 * @turn: (nullable): the URI of a TURN server
 *
 * Sets what connections made from now on use to get through firewalls.
 */
void
fr_network_set_relays (FrNetwork *self, const char *stun, const char *turn)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_relays);

  call->text = g_strdup (stun);
  call->more = g_strdup (turn);
  fr_network_call_send (call);
}

static void
do_set_limits (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_set_limits (core, call->number, call->other);
}

void
fr_network_set_limits (FrNetwork *self, guint down_kib, guint up_kib)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_limits);

  call->number = down_kib;
  call->other = up_kib;
  fr_network_call_send (call);
}

static void
do_connect (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_connect (core, call->text, call->more);
}

/**
 * fr_network_connect:
 * @self: a network
 * @server: a server's address as a person writes it
 * @address: what we would like to be called there
 *
 * See fr_network_core_connect().
 */
void
fr_network_connect (FrNetwork *self, const char *server, const char *address)
{
  FrNetworkCall *call = fr_network_call_new (self, do_connect);

  call->text = g_strdup (server);
  call->more = g_strdup (address);
  fr_network_call_send (call);
}

static void
do_disconnect (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_disconnect (core);
}

void
fr_network_disconnect (FrNetwork *self)
{
  fr_network_call_send (fr_network_call_new (self, do_disconnect));
}

static void
do_serve (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_serve (core, call->text, call->number);
}

/**
 * fr_network_serve:
 * @self: a network
 * @host: the address of this computer that others reach it by
 * @port: 0: any
 *
 * See fr_network_core_serve().
 */
void
fr_network_serve (FrNetwork *self, const char *host, guint port)
{
  FrNetworkCall *call = fr_network_call_new (self, do_serve);

  call->text = g_strdup (host);
  call->number = port;
  fr_network_call_send (call);
}

static void
do_dial (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_dial (core, call->text, call->has_key ? &call->key : NULL);
}

/**
 * fr_network_dial:
 * @self: a network
 * @address: whom, at our server
 * @key: (nullable): nobody but this key will do
 *
 * See fr_network_core_dial().
 */
void
fr_network_dial (FrNetwork *self, const char *address, const FrPeerKey *key)
{
  FrNetworkCall *call = fr_network_call_new (self, do_dial);

  call->text = g_strdup (address);
  call->has_key = key != NULL;
  if (key != NULL)
    call->key = *key;
  fr_network_call_send (call);
}

static void
do_cancel_dial (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_cancel_dial (core, ((const FrNetworkCall *) arguments)->text);
}

/**
 * fr_network_cancel_dial:
 * @self: a network
 * @address: whom, at our server
 *
 * See fr_network_core_cancel_dial(). Reports that are on their way already still come.
 */
void
fr_network_cancel_dial (FrNetwork *self, const char *address)
{
  FrNetworkCall *call = fr_network_call_new (self, do_cancel_dial);

  call->text = g_strdup (address);
  fr_network_call_send (call);
}

static void
do_hang_up (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_hang_up (core, &((const FrNetworkCall *) arguments)->key);
}

void
fr_network_hang_up (FrNetwork *self, const FrPeerKey *key)
{
  FrNetworkCall *call = fr_network_call_new (self, do_hang_up);

  call->key = *key;
  fr_network_call_send (call);
}

static void
do_fetch (FrNetworkCore *core, gconstpointer arguments)
{
  FrNetworkCall *call = (FrNetworkCall *) arguments;

  fr_network_core_fetch (core, call->number, g_steal_pointer (&call->request));
}

/**
 * fr_network_fetch:
 * @self: a network
 * @request: (transfer full): what, and from whom
 *
 * See fr_network_core_fetch().
 *
 * Returns: the number by which it is reported
 */
guint
fr_network_fetch (FrNetwork *self, FrFetchRequest *request)
{
  FrNetworkCall *call = fr_network_call_new (self, do_fetch);

  call->number = ++self->last_number;
  call->request = request;
  fr_network_call_send (call);
  return self->last_number;
}

static void
do_cancel_fetch (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_cancel_fetch (core, ((const FrNetworkCall *) arguments)->number);
}

void
fr_network_cancel_fetch (FrNetwork *self, guint number)
{
  FrNetworkCall *call = fr_network_call_new (self, do_cancel_fetch);

  call->number = number;
  fr_network_call_send (call);
}

static void
do_pause_fetch (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_pause_fetch (core, ((const FrNetworkCall *) arguments)->number);
}

void
fr_network_pause_fetch (FrNetwork *self, guint number)
{
  FrNetworkCall *call = fr_network_call_new (self, do_pause_fetch);

  call->number = number;
  fr_network_call_send (call);
}

static void
do_close_transfers (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_close_transfers (core);
}

void
fr_network_close_transfers (FrNetwork *self)
{
  fr_network_call_send (fr_network_call_new (self, do_close_transfers));
}

static void
join_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_thread_join (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * fr_network_close_async:
 * @self: a network
 * @callback: (scope async): called when the thread has ended
 * @data: for @callback
 *
 * Says goodbye to everybody and ends the network thread, within about a second. Calls after this do nothing.
 */
void
fr_network_close_async (FrNetwork *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, fr_network_close_async);
  if (self->thread == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  run_in_thread (self, close_cb, self, NULL);
  g_task_set_task_data (task, g_steal_pointer (&self->thread), NULL);
  g_task_run_in_thread (task, join_thread);
}

/**
 * fr_network_close_finish:
 * @self: a network
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: %TRUE
 */
gboolean
fr_network_close_finish (FrNetwork *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
