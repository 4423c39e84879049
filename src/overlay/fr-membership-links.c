/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-membership-private.h"

#define PINNED FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_PINNED
#define HIGH FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_HIGH
#define LOW FRESHET__NEIGHBOUR__PRIORITY__PRIORITY_LOW

/* For how long a link is young: who parts from us so soon had no place for us. */
#define YOUNG_US (10 * G_USEC_PER_SEC)
/* How long the other side has to close a link that it has parted from. */
#define PARTING_US (10 * G_USEC_PER_SEC)

static void
link_free (FrMembershipLink *link)
{
  fr_known_record_clear (&link->record);
  g_free (link);
}

/* Introduces us on a link, once our record is known and links are made by themselves; again when that changes what it
 * says. */
void
_fr_membership_tell (FrMembership *self, FrMembershipLink *link)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Neighbour neighbour = FRESHET__NEIGHBOUR__INIT;

  if (!self->open || self->record.packed == NULL || link->leaving)
    return;
  if (_fr_membership_is_pinned (self, &link->key))
    link->our_priority = PINNED;
  neighbour.priority = link->our_priority;
  neighbour.record = fr_known_record_to_message (&self->record);
  frame.body_case = FRESHET__FRAME__BODY_NEIGHBOUR;
  frame.neighbour = &neighbour;
  _fr_membership_send (self, link->link, &frame);
  freshet__peer_record__free_unpacked (neighbour.record, NULL);
  link->told = TRUE;
}

static gboolean
may_suggest (const FrPassiveEntry *entry)
{
  return entry->record.may_pass_on && entry->n_failed == 0 && !entry->lost;
}

/* Somebody else for the one that has to go: anybody, each as likely. */
static const FrKnownRecord *
choose_instead (FrMembership *self, const FrMembershipLink *link)
{
  const FrKnownRecord *chosen = NULL;
  guint n = 0;

  for (guint i = 0; i < fr_passive_view_get_size (self->passive); i++)
    {
      FrPassiveEntry *entry = fr_passive_view_get (self->passive, i);

      if (may_suggest (entry) && !fr_peer_key_equal (&entry->record.key, &link->key)
          && fr_overlay_random_below (&self->random, ++n) == 0)
        chosen = &entry->record;
    }
  for (guint i = 0; i < self->links->len; i++)
    {
      FrMembershipLink *other = g_ptr_array_index (self->links, i);

      if (!other->leaving && other->record.packed != NULL && other->record.may_pass_on
          && !fr_peer_key_equal (&other->key, &link->key) && fr_overlay_random_below (&self->random, ++n) == 0)
        chosen = &other->record;
    }
  return chosen;
}

/* From now on it is no neighbour. When it was the last, perhaps it is our own network that has gone, and nothing that
 * failed says anything about others. */
void
_fr_membership_part (FrMembership *self, FrMembershipLink *link)
{
  if (link->leaving)
    return;
  link->leaving = TRUE;
  if (--self->n_active == 0)
    _fr_membership_forget_failures (self);
}

static void
evict (FrMembership *self, FrMembershipLink *link)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Disconnect disconnect = FRESHET__DISCONNECT__INIT;
  const FrKnownRecord *instead = choose_instead (self, link);

  if (instead != NULL)
    disconnect.instead = fr_known_record_to_message (instead);
  frame.body_case = FRESHET__FRAME__BODY_DISCONNECT;
  frame.disconnect = &disconnect;
  _fr_membership_send (self, link->link, &frame);
  if (disconnect.instead != NULL)
    freshet__peer_record__free_unpacked (disconnect.instead, NULL);
  _fr_membership_push (self, FR_MEMBERSHIP_CLOSE, link->link, NULL);
  _fr_membership_part (self, link);
  _fr_membership_learn (self, &link->record, &link->key);
}

/* Those that have just come and not said yet how much they need us are as good as pinned, but nobody is so beyond the
 * most. */
static gboolean
may_evict (FrMembership *self, const FrMembershipLink *link)
{
  if (link->leaving || _fr_membership_is_pinned (self, &link->key))
    return FALSE;
  return self->n_active > self->active_most || link->silent || (link->heard && link->priority != PINNED);
}

static gboolean
may_turn_silent (FrMembership *self, const FrMembershipLink *link)
{
  return self->open && !link->heard && !link->silent && !link->leaving;
}

/* Marks those whose Neighbour should have come by now: mere links, to peers that look for no neighbours, or only hold
 * places here. */
void
_fr_membership_mark_silent (FrMembership *self, gint64 now_us)
{
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (may_turn_silent (self, link) && now_us - link->up_us >= FR_MEMBERSHIP_SILENT_US)
        link->silent = TRUE;
    }
}

gint64
_fr_membership_silent_due (FrMembership *self)
{
  gint64 due_us = G_MAXINT64;

  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (may_turn_silent (self, link))
        due_us = MIN (due_us, link->up_us + FR_MEMBERSHIP_SILENT_US);
    }
  return due_us;
}

/* A random one of those that are of no use to us as neighbours, or NULL. */
FrMembershipLink *
_fr_membership_choose_silent (FrMembership *self)
{
  FrMembershipLink *chosen = NULL;
  guint n = 0;

  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (link->silent && may_evict (self, link) && fr_overlay_random_below (&self->random, ++n) == 0)
        chosen = link;
    }
  return chosen;
}

/* Newcomers must not be able to drive out all those whom we chose ourselves: as many as are the least are safe, of those
 * that speak. */
static gboolean
chosen_ones_are_safe (FrMembership *self)
{
  guint n = 0;

  for (guint i = 0; i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      n += link->dialled && !link->leaving && !link->silent;
    }
  return n <= self->active_least;
}

static FrMembershipLink *
choose_victim (FrMembership *self, FrMembershipLink *newcomer)
{
  gboolean safe = chosen_ones_are_safe (self);
  gboolean newcomer_may_go = may_evict (self, newcomer);
  FrMembershipLink *chosen = _fr_membership_choose_silent (self);
  guint n = 0;

  if (chosen != NULL)
    return chosen;
  if (newcomer_may_go && newcomer->priority == LOW && !newcomer->dialled) /* whom we chose, we want */
    return newcomer;
  for (guint i = 0; i < self->links->len; i++)
    {
      FrMembershipLink *link = g_ptr_array_index (self->links, i);

      if (link != newcomer && may_evict (self, link) && !(link->dialled && safe)
          && fr_overlay_random_below (&self->random, ++n) == 0)
        chosen = link;
    }
  return chosen != NULL || !newcomer_may_go ? chosen : newcomer;
}

static void
make_room (FrMembership *self, FrMembershipLink *newcomer)
{
  while (self->n_active > self->active_target + FR_MEMBERSHIP_SLACK)
    {
      FrMembershipLink *victim = choose_victim (self, newcomer);

      if (victim == NULL)
        return;
      evict (self, victim);
    }
}

/* What its record says can only be about itself. */
gboolean
_fr_membership_receive_neighbour (FrMembership *self, FrMembershipLink *link, const Freshet__Neighbour *neighbour)
{
  g_auto (FrKnownRecord) record = { .packed = NULL };
  gboolean is_first = !link->heard;

  if (!fr_known_record_read (&record, neighbour->record) || !fr_peer_key_equal (&record.key, &link->key))
    return FALSE;
  if (link->record.packed == NULL || record.sequence > link->record.sequence)
    {
      fr_known_record_clear (&link->record);
      fr_known_record_copy (&link->record, &record);
    }
  link->priority = neighbour->priority == PINNED || neighbour->priority == HIGH ? (guint8) neighbour->priority : LOW;
  link->heard = TRUE;
  link->silent = FALSE;
  if (is_first && self->open)
    make_room (self, link);
  return TRUE;
}

gboolean
_fr_membership_receive_disconnect (FrMembership *self,
                                   FrMembershipLink *link,
                                   const Freshet__Disconnect *disconnect,
                                   gint64 now_us)
{
  g_auto (FrKnownRecord) instead = { .packed = NULL };
  FrPassiveEntry *entry;

  if (disconnect->instead != NULL && !fr_known_record_read (&instead, disconnect->instead))
    return FALSE;
  _fr_membership_part (self, link);
  link->close_at_us = now_us + PARTING_US;
  entry = _fr_membership_learn (self, &link->record, &link->key);
  if (entry != NULL)
    entry->not_before_us = now_us + FR_MEMBERSHIP_UNWANTED_US;
  _fr_membership_remember_contact (self, &link->record, now_us);
  if (instead.may_pass_on)
    _fr_membership_learn (self, &instead, &link->key);
  if (link->dialled && now_us - link->up_us < YOUNG_US)
    _fr_membership_slow_down (self, FR_MEMBERSHIP_DIAL_MAX_INTERVAL_US);
  return TRUE;
}

/* As many have come as are let in: one that says nothing gives its place to the one that may. */
static void
clear_anteroom (FrMembership *self)
{
  while (self->open && self->n_active > self->active_target + FR_MEMBERSHIP_SLACK + FR_MEMBERSHIP_ANTEROOM)
    {
      FrMembershipLink *link = _fr_membership_choose_silent (self);

      if (link == NULL)
        return;
      evict (self, link);
    }
}

/**
 * fr_membership_link_up:
 * @self: a membership
 * @link: a new link
 * @key: who is at its other end
 * @now_us: the time in microseconds
 *
 * Takes a link as a neighbour.
 */
void
fr_membership_link_up (FrMembership *self, FrLinkId link, const FrPeerKey *key, gint64 now_us)
{
  FrMembershipLink *neighbour;

  g_return_if_fail (self != NULL && key != NULL && link != 0);
  g_return_if_fail (_fr_membership_find_any (self, link) == NULL);

  neighbour = g_new0 (FrMembershipLink, 1);
  neighbour->link = link;
  neighbour->key = *key;
  neighbour->up_us = now_us;
  neighbour->close_at_us = G_MAXINT64;
  neighbour->our_priority
      = self->n_active < self->active_least || _fr_membership_explores (self, key) ? HIGH : LOW;
  if (_fr_membership_explores (self, key))
    _fr_membership_count_find (self);
  neighbour->dialled = _fr_membership_end_dial (self, key);
  fr_token_bucket_init (&neighbour->bucket, FR_MEMBERSHIP_RATE, FR_MEMBERSHIP_BURST, now_us);
  if (self->links == NULL)
    self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) link_free);
  g_ptr_array_add (self->links, neighbour);
  fr_passive_view_remove (self->passive, key);
  if (self->n_active++ == 0)
    _fr_membership_shuffle_soon (self, now_us);
  clear_anteroom (self);
  _fr_membership_tell (self, neighbour);
  _fr_membership_go_on (self, now_us);
}

/**
 * fr_membership_link_down:
 * @self: a membership
 * @link: a link that is gone
 * @lost: whether it went without a goodbye
 * @now_us: the time in microseconds
 *
 * Forgets a link. A neighbour that was lost may come back, and is dialled after all others.
 */
void
fr_membership_link_down (FrMembership *self, FrLinkId link, gboolean lost, gint64 now_us)
{
  FrMembershipLink *neighbour;
  FrPassiveEntry *entry;

  g_return_if_fail (self != NULL);

  neighbour = _fr_membership_find_any (self, link);
  if (neighbour == NULL)
    return;
  if (!neighbour->leaving)
    {
      _fr_membership_part (self, neighbour);
      if (lost)
        _fr_membership_shake (self, now_us);
      entry = lost ? _fr_membership_learn (self, &neighbour->record, &neighbour->key) : NULL;
      if (entry != NULL)
        {
          entry->lost = TRUE;
          entry->lost_us = now_us;
        }
      self->repair_wait_us = FR_MEMBERSHIP_DIAL_INTERVAL_US;
    }
  g_ptr_array_remove_fast (self->links, neighbour);
  if (self->links->len == 0)
    {
      g_clear_pointer (&self->links, g_ptr_array_unref);
      g_clear_pointer (&self->trails, fr_aged_table_free);
      g_clear_pointer (&self->seen, g_free);
      self->next_seen = 0;
    }
  _fr_membership_go_on (self, now_us);
}
