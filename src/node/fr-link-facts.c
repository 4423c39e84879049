/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-link-private.h"

#include "fr-clock.h"

/* What is known of a link. */

FrLinkState
fr_link_get_state (FrLink *self)
{
  return self->state;
}

const FrPeerKey *
fr_link_get_key (FrLink *self)
{
  return &self->key;
}

/**
 * fr_link_get_peer_name:
 * @self: a link
 *
 * Returns: (nullable): what people call the other side; %NULL before the link is ready
 */
const char *
fr_link_get_peer_name (FrLink *self)
{
  return self->peer_name;
}

const char *
fr_link_get_address (FrLink *self)
{
  return self->address;
}

/**
 * fr_link_get_server:
 * @self: a link
 *
 * Returns: (nullable): the server where the other side has its address; %NULL: ours, or not known
 */
const char *
fr_link_get_server (FrLink *self)
{
  return self->server;
}

/**
 * fr_link_get_way:
 * @self: a link
 *
 * Returns: who introduced the two
 */
FrWay
fr_link_get_way (FrLink *self)
{
  return self->way;
}

Freshet__Purpose
fr_link_get_purpose (FrLink *self)
{
  return self->facts.purpose;
}

const guint8 *
fr_link_get_dial_id (FrLink *self)
{
  return self->facts.dial_id;
}

gboolean
fr_link_is_dialler (FrLink *self)
{
  return self->role == FRESHET__ROLE__ROLE_DIALLER;
}

/**
 * fr_link_get_port:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): where transfers go in and out; %NULL before the link is ready
 */
FrTransferPort *
fr_link_get_port (FrLink *self)
{
  return self->port;
}

/**
 * fr_link_get_route:
 * @self: a link
 *
 * Returns: (transfer full) (nullable): how the two computers reach each other: `host`, `srflx`, `prflx` or `relay`
 */
char *
fr_link_get_route (FrLink *self)
{
  return self->session != NULL ? fr_webrtc_session_get_route (self->session) : NULL;
}

const GError *
fr_link_get_error (FrLink *self)
{
  return self->error;
}

/**
 * fr_link_get_n_unknown:
 * @self: a link
 *
 * Returns: how many frames of unknown kinds came and were ignored
 */
guint
fr_link_get_n_unknown (FrLink *self)
{
  return self->n_unknown;
}

/**
 * fr_link_get_buffered:
 * @self: a link
 *
 * Returns: how many bytes wait to leave, on both channels
 */
gsize
fr_link_get_buffered (FrLink *self)
{
  gsize buffered = fr_channel_get_buffered_amount (self->control);

  return self->bulk != NULL ? buffered + fr_channel_get_buffered_amount (self->bulk) : buffered;
}

/**
 * fr_link_get_n_bytes:
 * @self: a link
 *
 * Returns: how many bytes have come and gone, on both channels
 */
guint64
fr_link_get_n_bytes (FrLink *self)
{
  guint64 n_bytes = fr_channel_get_n_bytes (self->control);

  return self->bulk != NULL ? n_bytes + fr_channel_get_n_bytes (self->bulk) : n_bytes;
}

/**
 * fr_link_was_lost:
 * @self: a link that has closed, or is being given up
 *
 * Returns: whether it ended without a goodbye
 */
gboolean
fr_link_was_lost (FrLink *self)
{
  return !self->parted;
}

/**
 * fr_link_is_blamed:
 * @self: a link
 *
 * Returns: whether it ends as the other side broke the protocol, or sent too much
 */
gboolean
fr_link_is_blamed (FrLink *self)
{
  return self->blamed;
}

/**
 * fr_link_get_used_us:
 * @self: a link
 *
 * Returns: when a transfer last moved on this link, by fr_clock_now_us()
 */
gint64
fr_link_get_used_us (FrLink *self)
{
  return self->used_us;
}

/**
 * fr_link_touch:
 * @self: a link
 *
 * Notes that the link is in use.
 */
void
fr_link_touch (FrLink *self)
{
  self->used_us = fr_clock_now_us ();
}
