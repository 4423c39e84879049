/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-registration.h"

#include "fr-peer-name.h"
#include "fr-peerserver-client.h"
#include "fr-server-address.h"

#define MAX_ADDRESS_TRIES 5 /* suffixes tried when an address is taken */

struct _FrRegistration
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  FrServerAddress *server_address;
  char *server;
  char *wanted;
  char *address;
  FrRendezvous *rendezvous;
  GSource *retry;

  /* state */
  guint n_tries;
};

G_DEFINE_FINAL_TYPE (FrRegistration, fr_registration, G_TYPE_OBJECT)

enum
{
  CHANGED,
  SIGNAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void start (FrRegistration *self);

static gboolean
try_other_address_cb (gpointer data)
{
  FrRegistration *self = data;

  g_clear_pointer (&self->retry, g_source_unref);
  g_free (self->address);
  self->address = fr_peer_address_with_suffix (self->wanted, g_random_int ());
  start (self);
  return G_SOURCE_REMOVE;
}

static void
state_cb (FrRendezvous *rendezvous, GParamSpec *pspec, gpointer data)
{
  FrRegistration *self = data;

  if (fr_rendezvous_get_state (rendezvous) == FR_RENDEZVOUS_FAILED
      && g_error_matches (fr_rendezvous_get_error (rendezvous), FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_ID_TAKEN)
      && self->n_tries++ < MAX_ADDRESS_TRIES)
    {
      /* The client is still in its own call: it is replaced from outside of that. */
      self->retry = g_idle_source_new ();
      g_source_set_callback (self->retry, try_other_address_cb, self, NULL);
      g_source_attach (self->retry, g_main_context_get_thread_default ());
      return;
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
signal_cb (FrRendezvous *rendezvous, FrSignal *signal, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL], 0, signal);
}

static void
stop (FrRegistration *self)
{
  if (self->retry != NULL)
    g_source_destroy (self->retry);
  g_clear_pointer (&self->retry, g_source_unref);
  if (self->rendezvous == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->rendezvous, self);
  fr_rendezvous_disconnect (self->rendezvous);
  g_clear_object (&self->rendezvous);
}

static void
start (FrRegistration *self)
{
  g_autofree char *token = fr_identity_make_token (self->identity, self->server, self->address);

  stop (self);
  self->rendezvous = FR_RENDEZVOUS (fr_peerserver_client_new (self->server_address, self->address, token));
  g_signal_connect_object (self->rendezvous, "notify::state", G_CALLBACK (state_cb), self, 0);
  g_signal_connect_object (self->rendezvous, "signal", G_CALLBACK (signal_cb), self, 0);
  fr_rendezvous_connect (self->rendezvous);
}

static void
fr_registration_dispose (GObject *object)
{
  stop (FR_REGISTRATION (object));
  G_OBJECT_CLASS (fr_registration_parent_class)->dispose (object);
}

static void
fr_registration_finalize (GObject *object)
{
  FrRegistration *self = FR_REGISTRATION (object);

  g_clear_pointer (&self->identity, fr_identity_unref);
  g_clear_pointer (&self->server_address, fr_server_address_free);
  g_free (self->server);
  g_free (self->wanted);
  g_free (self->address);
  G_OBJECT_CLASS (fr_registration_parent_class)->finalize (object);
}

static void
fr_registration_class_init (FrRegistrationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fr_registration_dispose;
  object_class->finalize = fr_registration_finalize;
  signals[CHANGED] = g_signal_new ("changed", FR_TYPE_REGISTRATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SIGNAL] = g_signal_new ("signal", FR_TYPE_REGISTRATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, FR_TYPE_SIGNAL | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
fr_registration_init (FrRegistration *self)
{
}

/**
 * fr_registration_new:
 * @identity: who registers
 *
 * Returns: (transfer full): a registration, at no server yet
 */
FrRegistration *
fr_registration_new (FrIdentity *identity)
{
  FrRegistration *self = g_object_new (FR_TYPE_REGISTRATION, NULL);

  self->identity = fr_identity_ref (identity);
  return self;
}

/**
 * fr_registration_connect:
 * @self: a registration
 * @server: a server's address as a person writes it
 * @address: what we would like to be called there; where it is taken, a suffix is added
 * @error: return location for an %FR_RENDEZVOUS_ERROR
 *
 * Registers at a server, leaving the one before.
 *
 * Returns: %FALSE if @server is no address
 */
gboolean
fr_registration_connect (FrRegistration *self, const char *server, const char *address, GError **error)
{
  FrServerAddress *parsed = fr_server_address_parse (server, error);

  if (parsed == NULL)
    return FALSE;
  g_clear_pointer (&self->server_address, fr_server_address_free);
  self->server_address = parsed;
  g_free (self->server);
  self->server = fr_server_address_to_string (parsed);
  g_free (self->wanted);
  self->wanted = g_strdup (address);
  g_free (self->address);
  self->address = g_strdup (address);
  self->n_tries = 0;
  start (self);
  return TRUE;
}

/**
 * fr_registration_disconnect:
 * @self: a registration
 *
 * Leaves the server.
 */
void
fr_registration_disconnect (FrRegistration *self)
{
  stop (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * fr_registration_retry:
 * @self: a registration
 *
 * Connects anew, at once: the connection that there was may have died unnoticed, or waits for its next try.
 */
void
fr_registration_retry (FrRegistration *self)
{
  FrRendezvousState state = fr_registration_get_state (self);

  if (state == FR_RENDEZVOUS_WAITING || state == FR_RENDEZVOUS_ONLINE || state == FR_RENDEZVOUS_CONNECTING)
    start (self);
}

/**
 * fr_registration_send:
 * @self: a registration
 * @signal: what another peer is to be told
 *
 * Returns: whether the server was there to take it
 */
gboolean
fr_registration_send (FrRegistration *self, const FrSignal *signal)
{
  return fr_registration_is_online (self) && fr_rendezvous_send (self->rendezvous, signal, NULL);
}

FrRendezvousState
fr_registration_get_state (FrRegistration *self)
{
  return self->rendezvous != NULL ? fr_rendezvous_get_state (self->rendezvous) : FR_RENDEZVOUS_OFFLINE;
}

gboolean
fr_registration_is_online (FrRegistration *self)
{
  return fr_registration_get_state (self) == FR_RENDEZVOUS_ONLINE;
}

/**
 * fr_registration_get_error:
 * @self: a registration
 *
 * Returns: (nullable): the %FR_RENDEZVOUS_ERROR that keeps us from the server
 */
const GError *
fr_registration_get_error (FrRegistration *self)
{
  return self->rendezvous != NULL ? fr_rendezvous_get_error (self->rendezvous) : NULL;
}

/**
 * fr_registration_get_retry_at:
 * @self: a registration
 *
 * Returns: when the server is tried again, by g_get_monotonic_time(); 0: not waiting for that
 */
gint64
fr_registration_get_retry_at (FrRegistration *self)
{
  return self->rendezvous != NULL ? fr_rendezvous_get_retry_at (self->rendezvous) : 0;
}

/**
 * fr_registration_get_server:
 * @self: a registration
 *
 * Returns: (nullable): the server's address in the one way of writing it
 */
const char *
fr_registration_get_server (FrRegistration *self)
{
  return self->server;
}

/**
 * fr_registration_get_address:
 * @self: a registration
 *
 * Returns: (nullable): what we are called at the server, or try to be
 */
const char *
fr_registration_get_address (FrRegistration *self)
{
  return self->address;
}

/**
 * fr_registration_get_taken:
 * @self: a registration
 *
 * Returns: (nullable): what we wanted to be called and are not, as somebody else is. Not a connection of our own that
 *   has not ended yet: a server gives its place to whoever has the same token, which only our key makes
 */
const char *
fr_registration_get_taken (FrRegistration *self)
{
  return g_strcmp0 (self->wanted, self->address) != 0 ? self->wanted : NULL;
}
