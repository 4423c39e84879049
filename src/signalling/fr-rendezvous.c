/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-rendezvous.h"

typedef struct
{
  char *id;
  char *server;
  GError *error;
  gint64 retry_at_us;
  FrRendezvousState state;
} FrRendezvousPrivate;

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ID,
  PROP_SERVER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint signal_id;

G_DEFINE_QUARK (fr-rendezvous-error-quark, fr_rendezvous_error)

G_DEFINE_ENUM_TYPE (FrRendezvousState, fr_rendezvous_state,
                    G_DEFINE_ENUM_VALUE (FR_RENDEZVOUS_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (FR_RENDEZVOUS_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FR_RENDEZVOUS_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (FR_RENDEZVOUS_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (FR_RENDEZVOUS_FAILED, "failed"))

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FrRendezvous, fr_rendezvous, G_TYPE_OBJECT)

static const struct
{
  FrRendezvousState from, to;
} edges[] = {
  { FR_RENDEZVOUS_OFFLINE, FR_RENDEZVOUS_CONNECTING }, { FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_CONNECTING },
  { FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_CONNECTING },  { FR_RENDEZVOUS_CONNECTING, FR_RENDEZVOUS_ONLINE },
  { FR_RENDEZVOUS_CONNECTING, FR_RENDEZVOUS_WAITING }, { FR_RENDEZVOUS_CONNECTING, FR_RENDEZVOUS_FAILED },
  { FR_RENDEZVOUS_ONLINE, FR_RENDEZVOUS_WAITING },     { FR_RENDEZVOUS_CONNECTING, FR_RENDEZVOUS_OFFLINE },
  { FR_RENDEZVOUS_ONLINE, FR_RENDEZVOUS_OFFLINE },     { FR_RENDEZVOUS_WAITING, FR_RENDEZVOUS_OFFLINE },
  { FR_RENDEZVOUS_FAILED, FR_RENDEZVOUS_OFFLINE },
};

static gboolean
is_edge (FrRendezvousState from, FrRendezvousState to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    if (edges[i].from == from && edges[i].to == to)
      return TRUE;
  return FALSE;
}

static void
fr_rendezvous_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (FR_RENDEZVOUS (object));

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, priv->state);
      break;
    case PROP_ID:
      g_value_set_string (value, priv->id);
      break;
    case PROP_SERVER:
      g_value_set_string (value, priv->server);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fr_rendezvous_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (FR_RENDEZVOUS (object));

  switch (prop_id)
    {
    case PROP_ID:
      priv->id = g_value_dup_string (value);
      break;
    case PROP_SERVER:
      priv->server = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fr_rendezvous_finalize (GObject *object)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (FR_RENDEZVOUS (object));

  g_clear_error (&priv->error);
  g_free (priv->id);
  g_free (priv->server);
  G_OBJECT_CLASS (fr_rendezvous_parent_class)->finalize (object);
}

static void
fr_rendezvous_class_init (FrRendezvousClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_rendezvous_get_property;
  object_class->set_property = fr_rendezvous_set_property;
  object_class->finalize = fr_rendezvous_finalize;

  /**
   * FrRendezvous:state:
   *
   * What it is doing. When this is notified, fr_rendezvous_get_error() and fr_rendezvous_get_retry_at() tell more.
   */
  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_RENDEZVOUS_STATE, FR_RENDEZVOUS_OFFLINE,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * FrRendezvous:id:
   *
   * The id to be registered.
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, fixed);
  /**
   * FrRendezvous:server:
   *
   * The canonical address of the server.
   */
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, fixed);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * FrRendezvous::signal:
   * @self: a rendezvous
   * @signal: an OFFER, ANSWER, CANDIDATE, LEAVE or EXPIRE from somebody else, whose src is set
   */
  signal_id = g_signal_new ("signal", FR_TYPE_RENDEZVOUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                            FR_TYPE_SIGNAL | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
fr_rendezvous_init (FrRendezvous *self)
{
}

/**
 * fr_rendezvous_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its name, for logs and JSON
 */
const char *
fr_rendezvous_state_to_string (FrRendezvousState state)
{
  static const char *const names[] = { "offline", "connecting", "online", "waiting", "failed" };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (names), NULL);

  return names[state];
}

/**
 * fr_rendezvous_connect:
 * @self: a rendezvous
 *
 * Goes online, and tries to stay there until fr_rendezvous_disconnect(). While waiting to try again, tries at once.
 */
void
fr_rendezvous_connect (FrRendezvous *self)
{
  g_return_if_fail (FR_IS_RENDEZVOUS (self));

  FR_RENDEZVOUS_GET_CLASS (self)->connect (self);
}

/**
 * fr_rendezvous_disconnect:
 * @self: a rendezvous
 *
 * Goes offline; the registration ends.
 */
void
fr_rendezvous_disconnect (FrRendezvous *self)
{
  g_return_if_fail (FR_IS_RENDEZVOUS (self));

  FR_RENDEZVOUS_GET_CLASS (self)->disconnect (self);
}

/**
 * fr_rendezvous_send:
 * @self: a rendezvous
 * @signal: an OFFER, ANSWER, CANDIDATE or LEAVE, whose dst is set
 * @error: return location for %FR_RENDEZVOUS_ERROR_NOT_ONLINE or %FR_RENDEZVOUS_ERROR_TOO_LARGE
 *
 * Sends a message to another peer. If that peer is absent, an EXPIRE from it comes some seconds later.
 *
 * Returns: whether it was given to the connection
 */
gboolean
fr_rendezvous_send (FrRendezvous *self, const FrSignal *signal, GError **error)
{
  g_return_val_if_fail (FR_IS_RENDEZVOUS (self), FALSE);
  g_return_val_if_fail (signal != NULL && signal->dst != NULL, FALSE);

  if (fr_rendezvous_get_state (self) != FR_RENDEZVOUS_ONLINE)
    {
      g_set_error_literal (error, FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_NOT_ONLINE,
                           "There is no connection to the server");
      return FALSE;
    }
  return FR_RENDEZVOUS_GET_CLASS (self)->send (self, signal, error);
}

/**
 * fr_rendezvous_get_state:
 * @self: a rendezvous
 *
 * Returns: what it is doing
 */
FrRendezvousState
fr_rendezvous_get_state (FrRendezvous *self)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (self);

  g_return_val_if_fail (FR_IS_RENDEZVOUS (self), FR_RENDEZVOUS_OFFLINE);

  return priv->state;
}

/**
 * fr_rendezvous_get_id:
 * @self: a rendezvous
 *
 * Returns: (transfer none): the id to be registered
 */
const char *
fr_rendezvous_get_id (FrRendezvous *self)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (self);

  g_return_val_if_fail (FR_IS_RENDEZVOUS (self), NULL);

  return priv->id;
}

/**
 * fr_rendezvous_get_server:
 * @self: a rendezvous
 *
 * Returns: (transfer none): the canonical address of the server
 */
const char *
fr_rendezvous_get_server (FrRendezvous *self)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (self);

  g_return_val_if_fail (FR_IS_RENDEZVOUS (self), NULL);

  return priv->server;
}

/**
 * fr_rendezvous_get_error:
 * @self: a rendezvous
 *
 * Returns: (transfer none) (nullable): a #FrRendezvousError, why it is waiting or has failed; also the last one while
 *   it is trying again
 */
const GError *
fr_rendezvous_get_error (FrRendezvous *self)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (self);

  g_return_val_if_fail (FR_IS_RENDEZVOUS (self), NULL);

  return priv->error;
}

/**
 * fr_rendezvous_get_retry_at:
 * @self: a rendezvous
 *
 * Returns: when it will try again, on the clock of g_get_monotonic_time(); 0 if it is not waiting
 */
gint64
fr_rendezvous_get_retry_at (FrRendezvous *self)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (self);

  g_return_val_if_fail (FR_IS_RENDEZVOUS (self), 0);

  return priv->retry_at_us;
}

/**
 * fr_rendezvous_change_state:
 * @self: a rendezvous
 * @state: the new state
 * @error: (nullable): why, for %FR_RENDEZVOUS_WAITING and %FR_RENDEZVOUS_FAILED
 * @retry_at_us: when it will try again, for %FR_RENDEZVOUS_WAITING; otherwise 0
 *
 * The only place where a state changes. Handlers of the notification may do anything, so @self may be in yet another
 * state afterwards.
 *
 * Returns: %FALSE, and nothing changed, if there is no way from the present state to @state
 */
gboolean
fr_rendezvous_change_state (FrRendezvous *self, FrRendezvousState state, const GError *error, gint64 retry_at_us)
{
  FrRendezvousPrivate *priv = fr_rendezvous_get_instance_private (self);

  g_return_val_if_fail (FR_IS_RENDEZVOUS (self), FALSE);

  if (!is_edge (priv->state, state))
    {
      g_debug ("%s: no way %s -> %s", priv->id, fr_rendezvous_state_to_string (priv->state),
               fr_rendezvous_state_to_string (state));
      return FALSE;
    }
  g_debug ("%s: %s -> %s%s%s", priv->id, fr_rendezvous_state_to_string (priv->state),
           fr_rendezvous_state_to_string (state), error != NULL ? ": " : "", error != NULL ? error->message : "");
  priv->state = state;
  priv->retry_at_us = retry_at_us;
  if (state != FR_RENDEZVOUS_CONNECTING)
    {
      g_clear_error (&priv->error);
      priv->error = error != NULL ? g_error_copy (error) : NULL;
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  return TRUE;
}

/**
 * fr_rendezvous_emit_signal:
 * @self: a rendezvous
 * @signal: a message that came for it
 *
 * Emits [signal@Rendezvous::signal].
 */
void
fr_rendezvous_emit_signal (FrRendezvous *self, const FrSignal *signal)
{
  g_return_if_fail (FR_IS_RENDEZVOUS (self));

  g_signal_emit (self, signal_id, 0, signal);
}
