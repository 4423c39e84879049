/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-membership-private.h"

void
_fr_membership_push (FrMembership *self, FrMembershipActionType type, FrLinkId link, GBytes *frame)
{
  FrMembershipAction *action = g_new0 (FrMembershipAction, 1);

  action->type = type;
  action->link = link;
  action->frame = frame;
  g_queue_push_tail (&self->actions, action);
}

void
_fr_membership_send (FrMembership *self, FrLinkId link, const Freshet__Frame *frame)
{
  _fr_membership_push (self, FR_MEMBERSHIP_SEND, link, fr_frame_pack (frame));
}

/* Whether our record may travel. */
gboolean
_fr_membership_may_offer (FrMembership *self)
{
  return self->open && self->record.packed != NULL && self->record.may_pass_on;
}

gboolean
_fr_membership_is_pinned (FrMembership *self, const FrPeerKey *key)
{
  return self->pinned != NULL && g_hash_table_contains (self->pinned, key);
}

FrMembershipLink *
_fr_membership_find_any (FrMembership *self, FrLinkId id)
{
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (link->link == id)
        return link;
    }
  return NULL;
}

FrMembershipLink *
_fr_membership_find (FrMembership *self, FrLinkId id)
{
  FrMembershipLink *link = _fr_membership_find_any (self, id);

  return link != NULL && !link->leaving ? link : NULL;
}

FrMembershipLink *
_fr_membership_find_key (FrMembership *self, const FrPeerKey *key)
{
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (!link->leaving && fr_peer_key_equal (&link->key, key))
        return link;
    }
  return NULL;
}

/* A random neighbour; none if there is nobody but those two. */
FrMembershipLink *
_fr_membership_choose_link (FrMembership *self, FrLinkId except, const FrPeerKey *except_key)
{
  FrMembershipLink *chosen = NULL;
  guint n = 0;

  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (!link->leaving && link->link != except
          && (except_key == NULL || !fr_peer_key_equal (&link->key, except_key))
          && fr_overlay_random_below (&self->random, ++n) == 0)
        chosen = link;
    }
  return chosen;
}

/* Never us, never a neighbour, nobody who is blocked. NULL if it was not added. */
FrPassiveEntry *
_fr_membership_learn (FrMembership *self, const FrKnownRecord *record, const FrPeerKey *source)
{
  if (record->packed == NULL || fr_peer_key_equal (&record->key, &self->self_key)
      || _fr_membership_find_key (self, &record->key) != NULL || _fr_membership_is_blocked (self, &record->key))
    return NULL;
  return fr_passive_view_add (self->passive, record, source, &self->random);
}

static gint64
next_due (FrMembership *self, gint64 now_us)
{
  gint64 due_us = _fr_membership_repair_due (self, now_us);

  for (guint i = 0; i < self->n_dials; i++)
    due_us = MIN (due_us, self->dials[i].began_us + FR_MEMBERSHIP_DIAL_TIMEOUT_US);
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    due_us = MIN (due_us, ((FrMembershipLink *) g_ptr_array_index (self->links, i))->close_at_us);
  due_us = MIN (due_us, _fr_membership_silent_due (self));
  if (self->n_active > 0 && _fr_membership_may_offer (self))
    due_us = MIN (due_us, self->shuffle_at_us);
  return due_us;
}

/* At the end of whatever happens. */
void
_fr_membership_go_on (FrMembership *self, gint64 now_us)
{
  if (self->n_active == 0)
    {
      self->joined = FALSE;
      self->join_wait_us = FR_MEMBERSHIP_JOIN_INTERVAL_US;
    }
  _fr_membership_repair (self, now_us);
  self->deadline_us = next_due (self, now_us);
}

/**
 * fr_membership_action_clear:
 * @action: an action
 *
 * Frees what an action holds.
 */
void
fr_membership_action_clear (FrMembershipAction *action)
{
  g_clear_pointer (&action->frame, g_bytes_unref);
}

/**
 * fr_membership_new:
 * @config: the numbers to decide by
 * @self_key: our own key
 * @seed: for all choices
 *
 * Returns: (transfer full): a membership without links, which makes none by itself
 */
FrMembership *
fr_membership_new (const FrOverlayConfig *config, const FrPeerKey *self_key, guint32 seed)
{
  FrMembership *self;

  g_return_val_if_fail (config != NULL && self_key != NULL, NULL);

  self = g_new0 (FrMembership, 1);
  self->active_least = config->active_least;
  self->active_target = config->active_target;
  self->active_most = config->active_most;
  self->shuffle_interval_us = config->shuffle_interval_us;
  self->self_key = *self_key;
  fr_overlay_random_init (&self->random, seed);
  self->salt = (guint32) fr_overlay_random_next (&self->random);
  self->passive = fr_passive_view_new (config->passive_most);
  g_queue_init (&self->actions);
  self->repair_wait_us = FR_MEMBERSHIP_DIAL_INTERVAL_US;
  self->join_wait_us = FR_MEMBERSHIP_JOIN_INTERVAL_US;
  self->repair_at_us = self->join_at_us = G_MININT64;
  self->deadline_us = G_MAXINT64;
  return self;
}

/**
 * fr_membership_free:
 * @self: (nullable) (transfer full): a membership
 *
 * Frees it with all actions that nobody took.
 */
void
fr_membership_free (FrMembership *self)
{
  FrMembershipAction action;

  if (self == NULL)
    return;
  while (fr_membership_next_action (self, &action))
    fr_membership_action_clear (&action);
  fr_known_record_clear (&self->record);
  g_clear_pointer (&self->pinned, g_hash_table_unref);
  g_clear_pointer (&self->blocked, g_hash_table_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->trails, fr_aged_table_free);
  fr_known_record_clear (&self->contact);
  g_clear_pointer (&self->passive, fr_passive_view_free);
  g_free (self->seen);
  g_free (self);
}

/**
 * fr_membership_set_record:
 * @self: a membership
 * @record: (nullable): our own packed PeerRecord; %NULL: there is none any more
 *
 * Sets what we say of ourselves; neighbours are told. Only a record that may be passed on is offered to others, so
 * without one no Join and no Shuffle is begun.
 */
void
fr_membership_set_record (FrMembership *self, GBytes *record)
{
  FrKnownRecord known = { .packed = NULL };

  g_return_if_fail (self != NULL);

  if (record != NULL)
    g_return_if_fail (fr_known_record_unpack (&known, record));
  fr_known_record_clear (&self->record);
  self->record = known;
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    _fr_membership_tell (self, g_ptr_array_index (self->links, i));
  self->deadline_us = G_MININT64;
}

/**
 * fr_membership_set_open:
 * @self: a membership
 * @open: whether links are made by themselves
 * @now_us: the time in microseconds
 *
 * While it is not open, nobody is dialled, our record is not offered and no link is given up; walks of others are
 * passed on all the same.
 */
void
fr_membership_set_open (FrMembership *self, gboolean open, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  if (self->open == !!open)
    return;
  self->open = !!open;
  for (guint i = 0; open && self->links != NULL && i < self->links->len; i++)
    _fr_membership_tell (self, g_ptr_array_index (self->links, i));
  if (open && self->n_active > 0)
    _fr_membership_shuffle_soon (self, now_us);
  _fr_membership_go_on (self, now_us);
}

/**
 * fr_membership_pin:
 * @self: a membership
 * @key: a peer that the person has added, or not any more
 * @pinned: which
 *
 * Links to pinned peers are never given up. Somebody else dials them.
 */
void
fr_membership_pin (FrMembership *self, const FrPeerKey *key, gboolean pinned)
{
  FrMembershipLink *link;

  g_return_if_fail (self != NULL && key != NULL);

  if (_fr_membership_is_pinned (self, key) == !!pinned)
    return;
  self->deadline_us = G_MININT64;
  if (!pinned)
    {
      g_hash_table_remove (self->pinned, key);
      if (g_hash_table_size (self->pinned) == 0)
        g_clear_pointer (&self->pinned, g_hash_table_unref);
      return;
    }
  if (self->pinned == NULL)
    self->pinned = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  g_hash_table_add (self->pinned, g_memdup2 (key, sizeof *key));
  link = _fr_membership_find_key (self, key);
  if (link != NULL)
    _fr_membership_tell (self, link);
}

/**
 * fr_membership_add_record:
 * @self: a membership
 * @record: a packed PeerRecord, verified: of a peer that was known before we began
 * @now_us: the time in microseconds
 *
 * Adds a peer that can be dialled. Nonsense is ignored.
 */
void
fr_membership_add_record (FrMembership *self, GBytes *record, gint64 now_us)
{
  g_auto (FrKnownRecord) known = { .packed = NULL };

  g_return_if_fail (self != NULL && record != NULL);

  if (!fr_known_record_unpack (&known, record))
    return;
  _fr_membership_learn (self, &known, NULL);
  _fr_membership_remember_contact (self, &known, now_us);
  _fr_membership_go_on (self, now_us);
}

/**
 * fr_membership_get_records:
 * @self: a membership
 *
 * Returns: (transfer full) (element-type GBytes): packed PeerRecords, of neighbours first, then of others: to be given
 *   to fr_membership_add_record() the next time
 */
GPtrArray *
fr_membership_get_records (FrMembership *self)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_return_val_if_fail (self != NULL, records);

  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (!link->leaving && link->record.packed != NULL)
        g_ptr_array_add (records, g_bytes_ref (link->record.packed));
    }
  for (guint i = 0; i < fr_passive_view_get_size (self->passive); i++)
    g_ptr_array_add (records, g_bytes_ref (fr_passive_view_get (self->passive, i)->record.packed));
  return records;
}

/**
 * fr_membership_wants_link:
 * @self: a membership
 * @key: who would like a link
 *
 * One more than will stay is let in: only its Neighbour can say that it needs us more than others do, and without that
 * nobody could enter a network whose peers all have enough. Whoever has had the time and said nothing gives way.
 *
 * Returns: whether a new link of that peer is worth making
 */
gboolean
fr_membership_wants_link (FrMembership *self, const FrPeerKey *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (_fr_membership_is_pinned (self, key))
    return TRUE;
  if (!self->open)
    return self->n_active < self->active_most;
  return self->n_active < self->active_target + FR_MEMBERSHIP_SLACK + FR_MEMBERSHIP_ANTEROOM
         || _fr_membership_choose_silent (self) != NULL;
}

/**
 * fr_membership_dial_refused:
 * @self: a membership
 * @key: whom an action said to dial
 * @now_us: the time in microseconds
 *
 * Says that somebody who lives has no place for us. They may have one soon.
 */
void
fr_membership_dial_refused (FrMembership *self, const FrPeerKey *key, gint64 now_us)
{
  g_return_if_fail (self != NULL && key != NULL);

  _fr_membership_refuse_dial (self, key, now_us);
  _fr_membership_go_on (self, now_us);
}

/**
 * fr_membership_dial_failed:
 * @self: a membership
 * @key: whom an action said to dial
 * @now_us: the time in microseconds
 *
 * Says that no link came of a dial.
 */
void
fr_membership_dial_failed (FrMembership *self, const FrPeerKey *key, gint64 now_us)
{
  g_return_if_fail (self != NULL && key != NULL);

  _fr_membership_fail_dial (self, key, now_us);
  _fr_membership_go_on (self, now_us);
}

/**
 * fr_membership_try_now:
 * @self: a membership
 * @now_us: the time in microseconds
 *
 * Says that the network has changed, or the machine has woken up: whoever could not be dialled may be now.
 */
void
fr_membership_try_now (FrMembership *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  _fr_membership_forget_failures (self);
  self->repair_at_us = now_us;
  _fr_membership_go_on (self, now_us);
}

static gboolean
is_ours (const Freshet__Frame *frame)
{
  switch (frame->body_case)
    {
    case FRESHET__FRAME__BODY_JOIN:
    case FRESHET__FRAME__BODY_FORWARD_JOIN:
    case FRESHET__FRAME__BODY_NEIGHBOUR:
    case FRESHET__FRAME__BODY_SHUFFLE:
    case FRESHET__FRAME__BODY_DISCONNECT:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
dispatch (FrMembership *self, FrMembershipLink *link, const Freshet__Frame *frame, gint64 now_us)
{
  switch (frame->body_case)
    {
    case FRESHET__FRAME__BODY_JOIN:
      return _fr_membership_receive_join (self, link, frame->join);
    case FRESHET__FRAME__BODY_FORWARD_JOIN:
      return _fr_membership_receive_forward_join (self, link, frame->forward_join, now_us);
    case FRESHET__FRAME__BODY_NEIGHBOUR:
      return _fr_membership_receive_neighbour (self, link, frame->neighbour);
    case FRESHET__FRAME__BODY_SHUFFLE:
      return _fr_membership_receive_shuffle (self, link, frame->shuffle, now_us);
    case FRESHET__FRAME__BODY_DISCONNECT:
      return _fr_membership_receive_disconnect (self, link, frame->disconnect, now_us);
    default:
      return TRUE;
    }
}

/**
 * fr_membership_receive:
 * @self: a membership
 * @link: where it came from
 * @frame: a frame; the signatures of the records in it have been checked. Those of other subjects are ignored
 * @now_us: the time in microseconds
 *
 * Takes what a neighbour has sent. What is over the rate of a link is ignored and counted.
 *
 * Returns: %FALSE if the protocol forbids it: a record whose body is damaged, or one in a Neighbour or Join that is not
 *   the sender's own
 */
gboolean
fr_membership_receive (FrMembership *self, FrLinkId link, const Freshet__Frame *frame, gint64 now_us)
{
  FrMembershipLink *neighbour;
  gboolean ok;

  g_return_val_if_fail (self != NULL && frame != NULL, TRUE);

  neighbour = _fr_membership_find (self, link);
  if (neighbour == NULL || !is_ours (frame))
    return TRUE;
  if (!fr_token_bucket_take (&neighbour->bucket, 1, now_us))
    {
      self->n_limited++;
      return TRUE;
    }
  ok = dispatch (self, neighbour, frame, now_us);
  _fr_membership_go_on (self, now_us);
  return ok;
}

static void
end_late_dials (FrMembership *self, gint64 now_us)
{
  for (guint i = self->n_dials; i > 0; i--)
    if (now_us - self->dials[i - 1].began_us >= FR_MEMBERSHIP_DIAL_TIMEOUT_US)
      {
        FrPeerKey key = self->dials[i - 1].key;

        _fr_membership_fail_dial (self, &key, now_us);
      }
}

static void
close_parted (FrMembership *self, gint64 now_us)
{
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (now_us < link->close_at_us)
        continue;
      link->close_at_us = G_MAXINT64;
      _fr_membership_push (self, FR_MEMBERSHIP_CLOSE, link->link, NULL);
    }
}

/**
 * fr_membership_tick:
 * @self: a membership
 * @now_us: the time in microseconds
 *
 * Does what is due.
 */
void
fr_membership_tick (FrMembership *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  end_late_dials (self, now_us);
  close_parted (self, now_us);
  _fr_membership_mark_silent (self, now_us);
  if (self->n_active > 0 && _fr_membership_may_offer (self) && now_us >= self->shuffle_at_us)
    {
      _fr_membership_shuffle (self, now_us);
      self->shuffle_at_us = now_us + fr_overlay_random_jitter (&self->random, self->shuffle_interval_us);
      _fr_membership_explore (self, now_us);
    }
  _fr_membership_go_on (self, now_us);
}

/**
 * fr_membership_next_deadline:
 * @self: a membership
 *
 * Returns: when fr_membership_tick() is to be called next, in microseconds; %G_MAXINT64 if there is no need
 */
gint64
fr_membership_next_deadline (FrMembership *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return self->deadline_us;
}

/**
 * fr_membership_next_action:
 * @self: a membership
 * @out_action: (out caller-allocates) (transfer full): what to do next, to be cleared with
 *   fr_membership_action_clear(); untouched if there is nothing
 *
 * Returns: %FALSE if there is nothing to do
 */
gboolean
fr_membership_next_action (FrMembership *self, FrMembershipAction *out_action)
{
  g_autofree FrMembershipAction *action = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  action = g_queue_pop_head (&self->actions);
  if (action == NULL)
    return FALSE;
  *out_action = *action;
  return TRUE;
}

/**
 * fr_membership_get_n_active:
 * @self: a membership
 *
 * Returns: how many neighbours we have, without those that are about to go
 */
guint
fr_membership_get_n_active (FrMembership *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_active;
}

/**
 * fr_membership_get_n_passive:
 * @self: a membership
 *
 * Returns: how many others we know
 */
guint
fr_membership_get_n_passive (FrMembership *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return fr_passive_view_get_size (self->passive);
}

/**
 * fr_membership_get_n_limited:
 * @self: a membership
 *
 * Returns: how many frames were ignored because their link brought too many
 */
guint64
fr_membership_get_n_limited (FrMembership *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_limited;
}
