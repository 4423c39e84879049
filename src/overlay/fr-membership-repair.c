/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-membership-private.h"

/* How long a peer that could not be dialled is left alone, by how often that has happened. */
static const gint64 back_off_us[] = { 5 * G_USEC_PER_SEC, 20 * G_USEC_PER_SEC, 60 * G_USEC_PER_SEC };

static gboolean
is_urgent (const FrMembership *self)
{
  return self->n_active < self->active_least;
}

static gboolean
is_dialled (const FrMembership *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->n_dials; i++)
    if (fr_peer_key_equal (&self->dials[i].key, key))
      return TRUE;
  return FALSE;
}

static guint
max_dials (const FrMembership *self)
{
  return is_urgent (self) || self->n_explorations > 0 ? FR_MEMBERSHIP_MAX_DIALS_URGENT : FR_MEMBERSHIP_MAX_DIALS;
}

static guint
count_walks (const FrMembership *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_dials; i++)
    n += self->dials[i].by_walk;
  return n;
}

/* Whom walks bring is not our choice and may be long dead: half of the dials are kept from them, for repair. */
static gboolean
has_free_dial (const FrMembership *self, gboolean by_walk)
{
  return self->n_dials < max_dials (self) && (!by_walk || count_walks (self) < max_dials (self) / 2);
}

gboolean
_fr_membership_is_blocked (FrMembership *self, const FrPeerKey *key)
{
  return self->blocked != NULL && g_hash_table_contains (self->blocked, key);
}

/* Asks the driver for a dial; FALSE if there are too many, or one to that peer. */
gboolean
_fr_membership_dial (FrMembership *self, const FrKnownRecord *record, const FrQueryId *walk, gint64 now_us)
{
  FrMembershipAction *action;

  if (!has_free_dial (self, walk != NULL) || is_dialled (self, &record->key)
      || _fr_membership_is_pinned (self, &record->key) || _fr_membership_is_blocked (self, &record->key))
    return FALSE;
  self->dials[self->n_dials++]
      = (FrMembershipDial) { .key = record->key, .began_us = now_us, .by_walk = walk != NULL };

  action = g_new0 (FrMembershipAction, 1);
  action->type = FR_MEMBERSHIP_DIAL;
  action->key = record->key;
  action->frame = g_bytes_ref (record->packed);
  if (walk != NULL)
    {
      action->has_route = TRUE;
      action->walk = *walk;
    }
  g_queue_push_tail (&self->actions, action);
  return TRUE;
}

/* FALSE if there was none: it was not ours, or has ended before. */
gboolean
_fr_membership_end_dial (FrMembership *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->n_dials; i++)
    if (fr_peer_key_equal (&self->dials[i].key, key))
      {
        self->dials[i] = self->dials[--self->n_dials];
        return TRUE;
      }
  return FALSE;
}

/* Sessions are dear: whoever has enough neighbours does not go on asking a network that has no place. A dial that comes
 * to nothing costs less, and after a great crash most do: those must not keep anybody from finding the living. */
void
_fr_membership_slow_down (FrMembership *self, gint64 most_us)
{
  if (!is_urgent (self))
    self->repair_wait_us = MAX (self->repair_wait_us, MIN (2 * self->repair_wait_us, most_us));
}

/* Everybody may be tried at once again. */
void
_fr_membership_forget_failures (FrMembership *self)
{
  for (guint i = 0; i < fr_passive_view_get_size (self->passive); i++)
    {
      FrPassiveEntry *entry = fr_passive_view_get (self->passive, i);

      entry->n_failed = 0;
      entry->not_before_us = 0;
    }
  self->repair_wait_us = FR_MEMBERSHIP_DIAL_INTERVAL_US;
}

/* A network that grows fast leaves islands, whose peers all have enough neighbours and soon know nobody outside: whoever
 * let them in has gone from their passive views by then. So the one that did, or that sent us away, is kept apart, and
 * looked up as if we needed it. */
void
_fr_membership_remember_contact (FrMembership *self, const FrKnownRecord *record, gint64 now_us)
{
  if (self->contact.packed != NULL || record->packed == NULL || _fr_membership_is_blocked (self, &record->key))
    return;
  fr_known_record_copy (&self->contact, record);
  self->n_contact_failed = 0;
  self->contact_wait_us = FR_MEMBERSHIP_CONTACT_US;
  self->contact_at_us = now_us + fr_overlay_random_jitter (&self->random, self->contact_wait_us);
}

static void
forget_contact (FrMembership *self, const FrPeerKey *key)
{
  if (self->contact.packed != NULL && fr_peer_key_equal (&self->contact.key, key) && _fr_membership_explores (self, key)
      && ++self->n_contact_failed >= FR_MEMBERSHIP_CONTACT_TRIES)
    fr_known_record_clear (&self->contact);
}

/* Who fails is forgotten, but a neighbour that was lost a short time ago, and the last ones that we know while we are
 * short of links: a peer whose network is gone must find back when it returns, without anybody's help. */
void
_fr_membership_fail_dial (FrMembership *self, const FrPeerKey *key, gint64 now_us)
{
  FrPassiveEntry *entry = fr_passive_view_lookup (self->passive, key);
  gboolean is_lost, is_last;

  forget_contact (self, key);
  if (!_fr_membership_end_dial (self, key))
    return;
  _fr_membership_slow_down (self, FR_MEMBERSHIP_DIAL_FAILED_INTERVAL_US);
  if (entry == NULL)
    return;
  entry->n_failed += entry->n_failed < G_MAXUINT8;
  is_lost = entry->lost && now_us - entry->lost_us < FR_MEMBERSHIP_LOST_AGE_US
            && entry->n_failed <= FR_MEMBERSHIP_LOST_TRIES;
  is_last = is_urgent (self) && fr_passive_view_get_size (self->passive) <= FR_MEMBERSHIP_LAST_RECORDS;
  if (is_lost || is_last)
    entry->not_before_us = now_us + back_off_us[MIN (entry->n_failed, G_N_ELEMENTS (back_off_us)) - 1];
  else
    fr_passive_view_remove (self->passive, key);
}

/* Somebody who lives and has no place now may be the only one who does: not forgotten. */
void
_fr_membership_refuse_dial (FrMembership *self, const FrPeerKey *key, gint64 now_us)
{
  FrPassiveEntry *entry = fr_passive_view_lookup (self->passive, key);

  if (!_fr_membership_end_dial (self, key))
    return;
  _fr_membership_slow_down (self, FR_MEMBERSHIP_DIAL_FAILED_INTERVAL_US);
  if (entry != NULL)
    entry->not_before_us = now_us + (is_urgent (self) ? FR_MEMBERSHIP_REFUSED_US : FR_MEMBERSHIP_UNWANTED_US);
}

static gboolean
is_candidate (FrMembership *self, const FrPassiveEntry *entry)
{
  return !is_dialled (self, &entry->record.key) && !_fr_membership_is_pinned (self, &entry->record.key);
}

/* A random one that is due; those that were lost or have failed only after all others. */
static FrPassiveEntry *
choose_candidate (FrMembership *self, gint64 now_us)
{
  FrPassiveEntry *chosen[2] = { NULL, NULL };
  guint n[2] = { 0, 0 };

  for (guint i = 0; i < fr_passive_view_get_size (self->passive); i++)
    {
      FrPassiveEntry *entry = fr_passive_view_get (self->passive, i);
      guint rank = entry->lost || entry->n_failed > 0;

      if (entry->not_before_us <= now_us && is_candidate (self, entry)
          && fr_overlay_random_below (&self->random, ++n[rank]) == 0)
        chosen[rank] = entry;
    }
  return chosen[0] != NULL ? chosen[0] : chosen[1];
}

static gint64
next_candidate_at (FrMembership *self)
{
  gint64 at_us = G_MAXINT64;

  for (guint i = 0; i < fr_passive_view_get_size (self->passive); i++)
    {
      FrPassiveEntry *entry = fr_passive_view_get (self->passive, i);

      if (entry->not_before_us < at_us && is_candidate (self, entry))
        at_us = entry->not_before_us;
    }
  return at_us;
}

/* Whether this dial is one of _fr_membership_explore(). */
gboolean
_fr_membership_explores (const FrMembership *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->n_dials; i++)
    if (fr_peer_key_equal (&self->dials[i].key, key))
      return self->dials[i].explores;
  return FALSE;
}

/* Counts a link that was lost. When it is one of several, the islands that are left must find each other while they still
 * remember each other. */
void
_fr_membership_shake (FrMembership *self, gint64 now_us)
{
  if (self->n_losing == 0 || now_us - self->losing_since_us > 30 * G_USEC_PER_SEC)
    {
      self->n_losing = 0;
      self->losing_since_us = now_us;
    }
  if (++self->n_losing >= FR_MEMBERSHIP_SHAKEN_LINKS)
    {
      self->n_explorations = FR_MEMBERSHIP_SHAKEN_DIALS;
      self->shaken_until_us = now_us + FR_MEMBERSHIP_SHAKEN_US;
      self->n_to_find = FR_MEMBERSHIP_SHAKEN_FINDS;
    }
}

/* An exploration has found somebody. When most do, most of the network is still there. */
void
_fr_membership_count_find (FrMembership *self)
{
  if (self->n_to_find > 0 && --self->n_to_find == 0)
    self->n_explorations = 0;
}

static gboolean
wants_exploration (const FrMembership *self)
{
  return self->open && self->n_active >= self->active_target && self->n_dials < max_dials (self);
}

static void
look_contact_up (FrMembership *self, gint64 now_us)
{
  if (_fr_membership_find_key (self, &self->contact.key) == NULL
      && _fr_membership_dial (self, &self->contact, NULL, now_us))
    self->dials[self->n_dials - 1].explores = TRUE;
  self->contact_wait_us = MIN (2 * self->contact_wait_us, FR_MEMBERSHIP_CONTACT_MAX_US);
  self->contact_at_us = now_us + fr_overlay_random_jitter (&self->random, self->contact_wait_us);
}

static void
explore (FrMembership *self, gint64 now_us)
{
  FrPassiveEntry *entry = choose_candidate (self, now_us);

  if (entry != NULL && _fr_membership_dial (self, &entry->record, NULL, now_us))
    self->dials[self->n_dials - 1].explores = TRUE;
}

/* Peers that have enough neighbours look no farther: a part of the network in which all have, but which nobody outside is
 * linked to, would stay an island for ever, whatever it knows of the rest. So each changes a neighbour once in a while. */
void
_fr_membership_explore (FrMembership *self, gint64 now_us)
{
  if (self->n_explorations > 0 || !wants_exploration (self))
    return;
  if (self->contact.packed != NULL && now_us >= self->contact_at_us)
    look_contact_up (self, now_us);
  else if (now_us < self->shaken_until_us
           || fr_overlay_random_below (&self->random, FR_MEMBERSHIP_EXPLORE_SHUFFLES) == 0)
    explore (self, now_us);
}

/* With fewer links than the least, it does not count on those whom walks have brought. */
static gboolean
wants_dial (const FrMembership *self)
{
  guint n_hoped_for = self->n_dials - (is_urgent (self) ? count_walks (self) : 0);

  return self->open && self->n_active + n_hoped_for < self->active_target && has_free_dial (self, FALSE);
}

/* The first Join makes a newcomer known; more only while there is nobody else to turn to. */
static gboolean
wants_join (FrMembership *self, gint64 now_us)
{
  if (!self->open || !_fr_membership_may_offer (self) || self->n_active == 0 || self->n_active >= self->active_target)
    return FALSE;
  return !self->joined || (is_urgent (self) && self->n_dials == 0 && next_candidate_at (self) > now_us);
}

static void
settle_waits (FrMembership *self)
{
  if (!is_urgent (self))
    self->join_wait_us = FR_MEMBERSHIP_JOIN_INTERVAL_US;
  if (self->n_active >= self->active_target)
    self->repair_wait_us = FR_MEMBERSHIP_DIAL_INTERVAL_US;
}

/* Does what is due for more links. */
void
_fr_membership_repair (FrMembership *self, gint64 now_us)
{
  settle_waits (self);
  while (wants_dial (self) && (is_urgent (self) || now_us >= self->repair_at_us))
    {
      FrPassiveEntry *entry = choose_candidate (self, now_us);

      if (entry == NULL || !_fr_membership_dial (self, &entry->record, NULL, now_us))
        break;
      self->repair_at_us = now_us + fr_overlay_random_jitter (&self->random, self->repair_wait_us);
    }
  if (self->n_explorations > 0 && wants_exploration (self) && now_us >= self->repair_at_us)
    {
      self->n_explorations--;
      explore (self, now_us);
      self->repair_at_us = now_us + fr_overlay_random_jitter (&self->random, FR_MEMBERSHIP_DIAL_INTERVAL_US);
    }
  if (now_us < self->join_at_us || !wants_join (self, now_us))
    return;
  _fr_membership_join (self);
  self->joined = TRUE;
  self->join_at_us = now_us + self->join_wait_us;
  self->join_wait_us = MIN (2 * self->join_wait_us, FR_MEMBERSHIP_JOIN_MAX_INTERVAL_US);
}

/* When _fr_membership_repair() has something to do next. */
gint64
_fr_membership_repair_due (FrMembership *self, gint64 now_us)
{
  gint64 due_us = G_MAXINT64;

  if (wants_dial (self))
    {
      due_us = next_candidate_at (self);
      if (!is_urgent (self))
        due_us = MAX (due_us, self->repair_at_us);
    }
  else if (self->n_explorations > 0 && wants_exploration (self))
    due_us = self->repair_at_us;
  if (wants_join (self, now_us))
    due_us = MIN (due_us, self->join_at_us);
  return due_us;
}

/**
 * fr_membership_set_blocked:
 * @self: a membership
 * @key: somebody that the person here wants nothing of, or not any more
 * @blocked: which
 *
 * Whoever is blocked is neither dialled nor named to others, and what begins with their record is not passed on. Somebody
 * else closes their link.
 */
void
fr_membership_set_blocked (FrMembership *self, const FrPeerKey *key, gboolean blocked)
{
  g_return_if_fail (self != NULL && key != NULL);

  if (_fr_membership_is_blocked (self, key) == !!blocked)
    return;
  if (!blocked)
    {
      g_hash_table_remove (self->blocked, key);
      if (g_hash_table_size (self->blocked) == 0)
        g_clear_pointer (&self->blocked, g_hash_table_unref);
      return;
    }
  if (self->blocked == NULL)
    self->blocked = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  g_hash_table_add (self->blocked, g_memdup2 (key, sizeof *key));
  fr_passive_view_remove (self->passive, key);
  if (self->contact.packed != NULL && fr_peer_key_equal (&self->contact.key, key))
    fr_known_record_clear (&self->contact);
}
