/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-channel.h"

typedef enum
{
  STATE_NEW,
  STATE_OPEN,
  STATE_CLOSING,
  STATE_CLOSED,
} State;

typedef struct
{
  char *label;
  State state;
  guint64 n_bytes; /* that came and went */
} FrChannelPrivate;

enum
{
  PROP_0,
  PROP_LABEL,
  N_PROPS,
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_MESSAGE,
  SIGNAL_DRAINED,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_QUARK (fr-channel-error-quark, fr_channel_error)
G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FrChannel, fr_channel, G_TYPE_OBJECT)

static FrChannelPrivate *
get_private (FrChannel *self)
{
  return fr_channel_get_instance_private (self);
}

static void
fr_channel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LABEL)
    g_value_set_string (value, fr_channel_get_label (FR_CHANNEL (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_channel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LABEL)
    get_private (FR_CHANNEL (object))->label = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_channel_finalize (GObject *object)
{
  g_free (get_private (FR_CHANNEL (object))->label);
  G_OBJECT_CLASS (fr_channel_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType param)
{
  return g_signal_new (name, FR_TYPE_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, param);
}

static void
fr_channel_class_init (FrChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fr_channel_get_property;
  object_class->set_property = fr_channel_set_property;
  object_class->finalize = fr_channel_finalize;

  /**
   * FrChannel:label:
   *
   * What the channel is for; both ends know it by this name.
   */
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "",
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_OPENED] = add_signal ("opened", 0, G_TYPE_NONE);
  signals[SIGNAL_MESSAGE] = add_signal ("message", 1, G_TYPE_BYTES);
  signals[SIGNAL_DRAINED] = add_signal ("drained", 0, G_TYPE_NONE);
  signals[SIGNAL_CLOSED] = add_signal ("closed", 0, G_TYPE_NONE);
}

static void
fr_channel_init (FrChannel *self)
{
}

/**
 * fr_channel_send:
 * @self: an open channel
 * @message: 1 to %FR_CHANNEL_MAX_MESSAGE bytes
 * @error: return location for a #FrChannelError
 *
 * Sends a message, after all those sent before. It is copied or referenced as the transport likes, and is on its way
 * or buffered when this returns.
 *
 * The limits on size stand here because webrtcbin has none that show: what is longer vanishes without an error, and
 * an empty message breaks the channel.
 *
 * Returns: %FALSE if the message was not taken
 */
gboolean
fr_channel_send (FrChannel *self, GBytes *message, GError **error)
{
  gsize size;

  g_return_val_if_fail (FR_IS_CHANNEL (self), FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  size = g_bytes_get_size (message);
  if (size == 0 || size > FR_CHANNEL_MAX_MESSAGE)
    {
      g_set_error (error, FR_CHANNEL_ERROR, FR_CHANNEL_ERROR_SIZE,
                   "A message has 1 to %d bytes, not %" G_GSIZE_FORMAT, FR_CHANNEL_MAX_MESSAGE, size);
      return FALSE;
    }
  if (!fr_channel_is_open (self))
    {
      g_set_error_literal (error, FR_CHANNEL_ERROR, FR_CHANNEL_ERROR_CLOSED, "The channel is not open");
      return FALSE;
    }
  if (fr_channel_get_buffered_amount (self) > FR_CHANNEL_MAX_BUFFERED)
    {
      g_set_error_literal (error, FR_CHANNEL_ERROR, FR_CHANNEL_ERROR_FULL, "Too much waits to be sent already");
      return FALSE;
    }
  if (!FR_CHANNEL_GET_CLASS (self)->send (self, message, error))
    return FALSE;
  get_private (self)->n_bytes += size;
  return TRUE;
}

/**
 * fr_channel_get_n_bytes:
 * @self: a channel
 *
 * Returns: how many bytes of messages it has taken and handed on, of both directions
 */
guint64
fr_channel_get_n_bytes (FrChannel *self)
{
  g_return_val_if_fail (FR_IS_CHANNEL (self), 0);
  return get_private (self)->n_bytes;
}

/**
 * fr_channel_get_buffered_amount:
 * @self: a channel
 *
 * Returns: how many bytes were sent that the transport has not taken yet
 */
guint64
fr_channel_get_buffered_amount (FrChannel *self)
{
  g_return_val_if_fail (FR_IS_CHANNEL (self), 0);
  return FR_CHANNEL_GET_CLASS (self)->get_buffered_amount (self);
}

/**
 * fr_channel_get_label:
 * @self: a channel
 *
 * Returns: (transfer none): its name, the same at both ends
 */
const char *
fr_channel_get_label (FrChannel *self)
{
  g_return_val_if_fail (FR_IS_CHANNEL (self), NULL);
  return get_private (self)->label;
}

/**
 * fr_channel_is_open:
 * @self: a channel
 *
 * Returns: whether messages can be sent
 */
gboolean
fr_channel_is_open (FrChannel *self)
{
  g_return_val_if_fail (FR_IS_CHANNEL (self), FALSE);
  return get_private (self)->state == STATE_OPEN;
}

/**
 * fr_channel_close:
 * @self: a channel
 *
 * Closes the channel. Nothing can be sent from now on, and no message comes any more; "closed" follows later from the
 * main context. To close a second time is harmless.
 */
void
fr_channel_close (FrChannel *self)
{
  FrChannelPrivate *priv;

  g_return_if_fail (FR_IS_CHANNEL (self));

  priv = get_private (self);
  if (priv->state >= STATE_CLOSING)
    return;
  priv->state = STATE_CLOSING;
  FR_CHANNEL_GET_CLASS (self)->close (self);
}

/**
 * fr_channel_emit_opened:
 * @self: a channel
 *
 * For implementations: messages can be sent from now on. Does nothing unless the channel is new.
 */
void
fr_channel_emit_opened (FrChannel *self)
{
  FrChannelPrivate *priv = get_private (self);

  if (priv->state != STATE_NEW)
    return;
  priv->state = STATE_OPEN;
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

/**
 * fr_channel_emit_message:
 * @self: a channel
 * @message: what came
 *
 * For implementations: hands on a message. One of a size that no peer of ours sends is dropped, and so is all that
 * comes to a channel that is not open.
 */
void
fr_channel_emit_message (FrChannel *self, GBytes *message)
{
  FrChannelPrivate *priv = get_private (self);
  gsize size = g_bytes_get_size (message);

  if (priv->state != STATE_OPEN || size == 0 || size > FR_CHANNEL_MAX_MESSAGE)
    return;
  priv->n_bytes += size;
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

/**
 * fr_channel_emit_drained:
 * @self: a channel
 *
 * For implementations: the buffered amount has fallen to %FR_CHANNEL_LOW_WATER or below.
 */
void
fr_channel_emit_drained (FrChannel *self)
{
  if (get_private (self)->state == STATE_OPEN)
    g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
}

/**
 * fr_channel_emit_closed:
 * @self: a channel
 *
 * For implementations: the channel has ended, from whichever side. Only the first call does anything.
 */
void
fr_channel_emit_closed (FrChannel *self)
{
  FrChannelPrivate *priv = get_private (self);

  if (priv->state == STATE_CLOSED)
    return;
  priv->state = STATE_CLOSED;
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}
