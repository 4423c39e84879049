/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-passive-view.h"

#define FIRST_PLACES 8

struct _FrPassiveView
{
  guint most;
  guint n_entries;
  guint n_places;
  FrPassiveEntry *entries; /* in no order */
};

static void
remove_at (FrPassiveView *self, guint index)
{
  fr_known_record_clear (&self->entries[index].record);
  self->entries[index] = self->entries[--self->n_entries];
  if (self->n_entries > 0)
    return;
  g_clear_pointer (&self->entries, g_free);
  self->n_places = 0;
}

static guint
count_of_source (const FrPassiveView *self, const FrPeerKey *source)
{
  guint n = 0;

  for (guint i = 0; i < self->n_entries; i++)
    n += fr_peer_key_equal (&self->entries[i].source, source);
  return n;
}

static void
remove_one_of_source (FrPassiveView *self, const FrPeerKey *source, guint which)
{
  for (guint i = 0; i < self->n_entries; i++)
    if (fr_peer_key_equal (&self->entries[i].source, source) && which-- == 0)
      {
        remove_at (self, i);
        return;
      }
}

/* Of its own source, when that has its share already; else of all, when there is no room. */
static void
make_room (FrPassiveView *self, const FrPeerKey *source, FrOverlayRandom *random)
{
  guint share = MAX (self->most / FR_PASSIVE_VIEW_SOURCE_SHARE, 1);
  guint n_of_source = source != NULL ? count_of_source (self, source) : 0;

  if (n_of_source >= share)
    remove_one_of_source (self, source, fr_overlay_random_below (random, n_of_source));
  else if (self->n_entries >= self->most)
    remove_at (self, fr_overlay_random_below (random, self->n_entries));
}

/* A record that is newer was signed lately, so its subject can be hoped for again. */
static void
update (FrPassiveEntry *entry, const FrKnownRecord *record)
{
  if (record->sequence <= entry->record.sequence)
    return;
  fr_known_record_clear (&entry->record);
  fr_known_record_copy (&entry->record, record);
  entry->n_failed = 0;
  entry->not_before_us = 0;
}

/**
 * fr_passive_view_new:
 * @most: how many records are kept
 *
 * Returns: (transfer full): an empty view
 */
FrPassiveView *
fr_passive_view_new (guint most)
{
  FrPassiveView *self = g_new0 (FrPassiveView, 1);

  self->most = most;
  return self;
}

/**
 * fr_passive_view_free:
 * @self: (nullable) (transfer full): a view
 */
void
fr_passive_view_free (FrPassiveView *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_entries; i++)
    fr_known_record_clear (&self->entries[i].record);
  g_free (self->entries);
  g_free (self);
}

/**
 * fr_passive_view_add:
 * @self: a view
 * @record: a record
 * @source: (nullable): the neighbour that told of it; %NULL if none did
 * @random: chooses what goes
 *
 * Adds a record. One of a peer that is known already takes the other's place if it is newer, and counts for the source
 * that told of that peer first. When @source has its share, a random one of its own goes; when the view is full, a
 * random one of all.
 *
 * Returns: (transfer none) (nullable): the entry of that peer, valid until the next addition or removal; %NULL if the
 *   view keeps nothing at all
 */
FrPassiveEntry *
fr_passive_view_add (FrPassiveView *self,
                     const FrKnownRecord *record,
                     const FrPeerKey *source,
                     FrOverlayRandom *random)
{
  FrPassiveEntry *entry;

  if (self->most == 0)
    return NULL;
  entry = fr_passive_view_lookup (self, &record->key);
  if (entry != NULL)
    {
      update (entry, record);
      return entry;
    }

  make_room (self, source, random);
  if (self->n_entries == self->n_places)
    {
      self->n_places = MIN (self->n_places == 0 ? FIRST_PLACES : 2 * self->n_places, self->most);
      self->entries = g_renew (FrPassiveEntry, self->entries, self->n_places);
    }
  entry = &self->entries[self->n_entries++];
  *entry = (FrPassiveEntry) { .n_failed = 0 };
  fr_known_record_copy (&entry->record, record);
  if (source != NULL)
    entry->source = *source;
  return entry;
}

/**
 * fr_passive_view_remove:
 * @self: a view
 * @key: whose record
 *
 * Returns: %FALSE if it was not there
 */
gboolean
fr_passive_view_remove (FrPassiveView *self, const FrPeerKey *key)
{
  FrPassiveEntry *entry = fr_passive_view_lookup (self, key);

  if (entry == NULL)
    return FALSE;
  remove_at (self, (guint) (entry - self->entries));
  return TRUE;
}

/**
 * fr_passive_view_lookup:
 * @self: a view
 * @key: whose record
 *
 * Returns: (transfer none) (nullable): the entry, valid until the next addition or removal
 */
FrPassiveEntry *
fr_passive_view_lookup (FrPassiveView *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->n_entries; i++)
    if (fr_peer_key_equal (&self->entries[i].record.key, key))
      return &self->entries[i];
  return NULL;
}

/**
 * fr_passive_view_get_size:
 * @self: a view
 *
 * Returns: how many records it has
 */
guint
fr_passive_view_get_size (const FrPassiveView *self)
{
  return self->n_entries;
}

/**
 * fr_passive_view_get:
 * @self: a view
 * @index: less than the size
 *
 * Returns: (transfer none): one entry, valid until the next addition or removal
 */
FrPassiveEntry *
fr_passive_view_get (FrPassiveView *self, guint index)
{
  g_return_val_if_fail (index < self->n_entries, NULL);

  return &self->entries[index];
}
