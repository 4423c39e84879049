/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

/* Who our neighbours are (FrMembership), and what can be found at them (FrDigestExchange): what these want done becomes
 * actions of the engine. */

static void
do_membership (FrOverlay *self, FrMembershipAction *wanted, gint64 now_us)
{
  FrOverlayAction dial = { .type = FR_OVERLAY_DIAL, .key = wanted->key, .query = wanted->walk };
  FrNeighbour *neighbour;

  switch (wanted->type)
    {
    case FR_MEMBERSHIP_SEND:
      _fr_overlay_send (self, wanted->link, wanted->frame);
      break;
    case FR_MEMBERSHIP_DIAL:
      dial.frame = g_bytes_ref (wanted->frame);
      dial.has_route = wanted->has_route;
      fr_action_queue_push (self->actions, &dial);
      break;
    case FR_MEMBERSHIP_CLOSE:
      neighbour = _fr_overlay_find (self, wanted->link);
      if (neighbour == NULL)
        break;
      fr_neighbour_leave (neighbour, now_us + FR_NEIGHBOUR_LEAVING_US);
      _fr_overlay_expect (self, now_us + FR_NEIGHBOUR_LEAVING_US);
      break;
    case FR_MEMBERSHIP_ROUTE:
      fr_route_table_add (self->routes, &wanted->walk, &wanted->key, wanted->link, now_us);
      break;
    default:
      break;
    }
}

static void
drain (FrOverlay *self, gint64 now_us)
{
  FrMembershipAction wanted;
  FrLinkId link;
  GBytes *frame;

  while (fr_membership_next_action (self->membership, &wanted))
    {
      do_membership (self, &wanted, now_us);
      g_clear_pointer (&wanted.frame, g_bytes_unref);
    }
  while (self->digests != NULL && fr_digest_exchange_next_frame (self->digests, &link, &frame))
    {
      _fr_overlay_send (self, link, frame);
      g_bytes_unref (frame);
    }
}

/* What we have is told once the driver has said what that is, but what neighbours tell is remembered from the start. */
static FrDigestExchange *
ensure_digests (FrOverlay *self, gint64 now_us)
{
  if (self->digests != NULL || !self->config.digests)
    return self->digests;
  self->digests = fr_digest_exchange_new ();
  fr_digest_exchange_hold_content (self->digests);
  for (guint i = 0; i < self->places->len; i++)
    fr_digest_exchange_link_up (self->digests, fr_neighbour_get_link (_fr_overlay_neighbour (self, i)), now_us);
  return self->digests;
}

/**
 * _fr_overlay_meet:
 * @self: an engine
 * @neighbour: who has just become one
 * @now_us: the time in microseconds
 *
 * Tells both sides of each other.
 */
void
_fr_overlay_meet (FrOverlay *self, FrNeighbour *neighbour, gint64 now_us)
{
  FrLinkId link = fr_neighbour_get_link (neighbour);

  fr_membership_link_up (self->membership, link, fr_neighbour_get_key (neighbour), now_us);
  if (self->digests != NULL)
    fr_digest_exchange_link_up (self->digests, link, now_us);
  drain (self, now_us);
}

/**
 * _fr_overlay_part:
 * @self: an engine
 * @link: a link that is gone
 * @lost: whether that was nobody's wish
 * @now_us: the time in microseconds
 *
 * Forgets what was known of who was there, and looks for somebody else.
 */
void
_fr_overlay_part (FrOverlay *self, FrLinkId link, gboolean lost, gint64 now_us)
{
  fr_route_table_forget_link (self->routes, link);
  fr_membership_link_down (self->membership, link, lost, now_us);
  if (self->digests != NULL)
    fr_digest_exchange_link_down (self->digests, link, now_us);
  drain (self, now_us);
}

/**
 * _fr_overlay_receive_neighbourhood:
 * @self: an engine
 * @neighbour: who sent it
 * @frame: Join, ForwardJoin, Neighbour, Shuffle, Disconnect or Digest
 * @now_us: the time in microseconds
 *
 * Takes what is about who is where and has what.
 */
void
_fr_overlay_receive_neighbourhood (FrOverlay *self, FrNeighbour *neighbour, const Freshet__Frame *frame,
                                   gint64 now_us)
{
  FrLinkId link = fr_neighbour_get_link (neighbour);
  gboolean is_digest = frame->body_case == FRESHET__FRAME__BODY_DIGEST;
  gboolean valid = TRUE;

  if (!is_digest)
    valid = fr_membership_receive (self->membership, link, frame, now_us);
  else if (ensure_digests (self, now_us) != NULL)
    valid = fr_neighbour_take_digest (neighbour, now_us)
            && fr_digest_exchange_receive (self->digests, link, frame->digest, now_us);
  if (!valid)
    _fr_overlay_fault (self, neighbour);
  else if (frame->body_case == FRESHET__FRAME__BODY_DISCONNECT)
    fr_neighbour_leave (neighbour, G_MAXINT64);
  drain (self, now_us);
}

/**
 * _fr_overlay_tick_neighbourhood:
 * @self: an engine
 * @now_us: the time in microseconds
 *
 * Does what is due.
 */
void
_fr_overlay_tick_neighbourhood (FrOverlay *self, gint64 now_us)
{
  fr_membership_tick (self->membership, now_us);
  if (self->digests != NULL)
    fr_digest_exchange_tick (self->digests, now_us);
  drain (self, now_us);
}

/**
 * _fr_overlay_next_in_neighbourhood:
 * @self: an engine
 *
 * Returns: when something is due, in microseconds; %G_MAXINT64: nothing is
 */
gint64
_fr_overlay_next_in_neighbourhood (FrOverlay *self)
{
  gint64 next_us = fr_membership_next_deadline (self->membership);

  return self->digests != NULL ? MIN (next_us, fr_digest_exchange_next_deadline (self->digests)) : next_us;
}

/**
 * fr_overlay_set_record:
 * @self: an engine
 * @record: (nullable): our own PeerRecord, packed and signed
 * @now_us: the time in microseconds
 *
 * Sets what others may dial us by.
 */
void
fr_overlay_set_record (FrOverlay *self, GBytes *record, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fr_membership_set_record (self->membership, record);
  _fr_overlay_tick_neighbourhood (self, now_us);
}

/**
 * fr_overlay_set_open:
 * @self: an engine
 * @open: whether links may be made by themselves, to peers that nobody added
 * @now_us: the time in microseconds
 */
void
fr_overlay_set_open (FrOverlay *self, gboolean open, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fr_membership_set_open (self->membership, open, now_us);
  drain (self, now_us);
}

/**
 * fr_overlay_pin:
 * @self: an engine
 * @key: whom
 * @pinned: whether the person here has added them: such a link is never given up for another
 * @now_us: the time in microseconds
 */
void
fr_overlay_pin (FrOverlay *self, const FrPeerKey *key, gboolean pinned, gint64 now_us)
{
  g_return_if_fail (self != NULL && key != NULL);

  fr_membership_pin (self->membership, key, pinned);
  _fr_overlay_tick_neighbourhood (self, now_us);
}

/**
 * fr_overlay_set_blocked:
 * @self: an engine
 * @key: whom
 * @blocked: whether the person here wants nothing of them
 * @now_us: the time in microseconds
 *
 * From now on no new query of theirs is passed on or looked at, no answer of theirs to others, and no signal to or from
 * them; nobody is told of them. Their answers to our own searches are delivered: somebody may want to count them.
 */
void
fr_overlay_set_blocked (FrOverlay *self, const FrPeerKey *key, gboolean blocked, gint64 now_us)
{
  g_return_if_fail (self != NULL && key != NULL);

  if (self->blocked == NULL && blocked)
    self->blocked = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  if (blocked)
    g_hash_table_add (self->blocked, g_memdup2 (key, sizeof *key));
  else if (self->blocked != NULL)
    g_hash_table_remove (self->blocked, key);
  if (self->blocked != NULL && g_hash_table_size (self->blocked) == 0)
    g_clear_pointer (&self->blocked, g_hash_table_unref);
  fr_membership_set_blocked (self->membership, key, blocked);
  _fr_overlay_tick_neighbourhood (self, now_us);
}

/**
 * fr_overlay_add_record:
 * @self: an engine
 * @record: a PeerRecord, packed, its signature verified: from an earlier run
 * @now_us: the time in microseconds
 *
 * Adds somebody who can be dialled.
 */
void
fr_overlay_add_record (FrOverlay *self, GBytes *record, gint64 now_us)
{
  g_return_if_fail (self != NULL && record != NULL);

  fr_membership_add_record (self->membership, record, now_us);
  drain (self, now_us);
}

/**
 * fr_overlay_get_records:
 * @self: an engine
 *
 * Returns: (transfer full) (element-type GBytes): the records of neighbours, then of others, to be kept for next time
 */
GPtrArray *
fr_overlay_get_records (FrOverlay *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fr_membership_get_records (self->membership);
}

/**
 * fr_overlay_wants_link:
 * @self: an engine
 * @key: who would like to be a neighbour
 *
 * Returns: whether such a link would be kept; else it is not worth making
 */
gboolean
fr_overlay_wants_link (FrOverlay *self, const FrPeerKey *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  return fr_membership_wants_link (self->membership, key);
}

/**
 * fr_overlay_dial_refused:
 * @self: an engine
 * @key: whom a %FR_OVERLAY_DIAL action wanted dialled
 * @now_us: the time in microseconds
 *
 * Says that they live, but have no place for us now.
 */
void
fr_overlay_dial_refused (FrOverlay *self, const FrPeerKey *key, gint64 now_us)
{
  g_return_if_fail (self != NULL && key != NULL);

  fr_membership_dial_refused (self->membership, key, now_us);
  drain (self, now_us);
}

/**
 * fr_overlay_dial_failed:
 * @self: an engine
 * @key: whom a %FR_OVERLAY_DIAL action wanted dialled
 * @now_us: the time in microseconds
 *
 * Says that they could not be reached, or did not want to.
 */
void
fr_overlay_dial_failed (FrOverlay *self, const FrPeerKey *key, gint64 now_us)
{
  g_return_if_fail (self != NULL && key != NULL);

  fr_membership_dial_failed (self->membership, key, now_us);
  drain (self, now_us);
}

/**
 * fr_overlay_set_content:
 * @self: an engine
 * @content: (transfer full): the n-grams of all pictures that are for everyone
 * @now_us: the time in microseconds
 *
 * Says what can be found here; neighbours are told. Before that they ask us everything.
 */
void
fr_overlay_set_content (FrOverlay *self, FrNgramSet *content, gint64 now_us)
{
  g_return_if_fail (self != NULL && content != NULL);

  if (ensure_digests (self, now_us) == NULL)
    {
      fr_ngram_set_free (content);
      return;
    }
  fr_digest_exchange_set_content (self->digests, content, now_us);
  drain (self, now_us);
}

/**
 * fr_overlay_add_content:
 * @self: an engine
 * @folded: the folded text of a picture that is for everyone, and is new or has changed
 * @now_us: the time in microseconds
 *
 * Says that this can be found here too. It does nothing before fr_overlay_set_content().
 */
void
fr_overlay_add_content (FrOverlay *self, const char *folded, gint64 now_us)
{
  g_return_if_fail (self != NULL && folded != NULL);

  if (self->digests == NULL)
    return;
  fr_digest_exchange_add_content (self->digests, folded, now_us);
  drain (self, now_us);
}

/**
 * fr_overlay_is_leaving:
 * @self: an engine
 * @link: a link
 *
 * Returns: whether it takes no more queries, as one side wants it no longer
 */
gboolean
fr_overlay_is_leaving (FrOverlay *self, FrLinkId link)
{
  FrNeighbour *neighbour = _fr_overlay_find (self, link);

  return neighbour != NULL && fr_neighbour_is_leaving (neighbour);
}

/**
 * fr_overlay_get_round_trip_us:
 * @self: an engine
 * @link: a link
 *
 * Returns: its smoothed round trip in microseconds; 0 if it is not known
 */
guint
fr_overlay_get_round_trip_us (FrOverlay *self, FrLinkId link)
{
  FrNeighbour *neighbour;

  g_return_val_if_fail (self != NULL, 0);

  neighbour = _fr_overlay_find (self, link);
  return neighbour != NULL ? fr_neighbour_get_round_trip_us (neighbour) : 0;
}
