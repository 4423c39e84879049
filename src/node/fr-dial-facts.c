/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-private.h"

/* What is known of a dial. */

const char *
fr_dial_get_connection_id (FrDial *self)
{
  return self->connection_id;
}

const guint8 *
fr_dial_get_id (FrDial *self)
{
  return self->facts.dial_id;
}

const char *
fr_dial_get_address (FrDial *self)
{
  return self->target.address;
}

const FrDialTarget *
fr_dial_get_target (FrDial *self)
{
  return &self->target;
}

/**
 * fr_dial_get_way:
 * @self: a dial
 *
 * Returns: the way that the answer came by; for an incoming one, the offer
 */
FrWay
fr_dial_get_way (FrDial *self)
{
  return self->way;
}

FrDialPurpose
fr_dial_get_purpose (FrDial *self)
{
  return self->purpose;
}

gboolean
fr_dial_is_outgoing (FrDial *self)
{
  return self->outgoing;
}

/**
 * fr_dial_is_wanted:
 * @self: a dial
 *
 * Returns: whether somebody here waits for how it ends: it is ours, or stands for one of ours
 */
gboolean
fr_dial_is_wanted (FrDial *self)
{
  return self->outgoing || self->replaces;
}

/**
 * fr_dial_is_held:
 * @self: a dial
 *
 * Returns: whether it is of a stranger about whom the person has yet to decide
 */
gboolean
fr_dial_is_held (FrDial *self)
{
  return self->held;
}

/**
 * fr_dial_is_blamed:
 * @self: a dial that has failed
 *
 * Returns: whether the other side broke the protocol in its greeting
 */
gboolean
fr_dial_is_blamed (FrDial *self)
{
  return self->link != NULL && fr_link_is_blamed (self->link);
}

/**
 * fr_dial_accepts_key:
 * @self: an outgoing dial
 * @key: the key of somebody at its address
 *
 * Returns: whether that may be who was dialled
 */
gboolean
fr_dial_accepts_key (FrDial *self, const FrPeerKey *key)
{
  return !self->target.key_expected || fr_peer_key_equal (key, &self->target.key);
}

/**
 * fr_dial_get_other_key:
 * @self: an outgoing dial
 *
 * Returns: (nullable): the key of somebody who has answered, and proved it, in place of who was dialled
 */
const FrPeerKey *
fr_dial_get_other_key (FrDial *self)
{
  return fr_peer_key_is_zero (&self->other_key) ? NULL : &self->other_key;
}
