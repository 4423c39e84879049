/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-aged-table.h"

struct _FrAgedTable
{
  gsize entry_size;
  guint capacity;
  gint64 max_age_us;

  GHashTable *entries; /* a set: each entry is its own key; NULL until there is one, for many engines are idle */
  FrAgedEntry *oldest;
  FrAgedEntry *newest;
};

static void
forget_oldest (FrAgedTable *self)
{
  FrAgedEntry *entry = self->oldest;

  self->oldest = entry->next;
  if (self->oldest == NULL)
    self->newest = NULL;
  g_hash_table_remove (self->entries, entry);
  g_free (entry);
}

/* In the order of insertion also when the clock is not, so that the oldest is always in front. */
static void
append (FrAgedTable *self, FrAgedEntry *entry, gint64 now_us)
{
  entry->made_us = self->newest != NULL ? MAX (now_us, self->newest->made_us) : now_us;
  if (self->newest != NULL)
    self->newest->next = entry;
  else
    self->oldest = entry;
  self->newest = entry;
}

/**
 * fr_aged_table_new:
 * @entry_size: the size of an entry in bytes, #FrAgedEntry included
 * @capacity: how many are kept, at least one
 * @max_age_us: for how long, in microseconds
 *
 * Returns: (transfer full): an empty table
 */
FrAgedTable *
fr_aged_table_new (gsize entry_size, guint capacity, gint64 max_age_us)
{
  FrAgedTable *self;

  g_return_val_if_fail (entry_size >= sizeof (FrAgedEntry), NULL);
  g_return_val_if_fail (capacity > 0, NULL);

  self = g_new0 (FrAgedTable, 1);
  self->entry_size = entry_size;
  self->capacity = capacity;
  self->max_age_us = max_age_us;
  return self;
}

/**
 * fr_aged_table_free:
 * @self: (nullable) (transfer full): a table
 */
void
fr_aged_table_free (FrAgedTable *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->entries, g_hash_table_unref);
  while (self->oldest != NULL)
    {
      FrAgedEntry *entry = self->oldest;

      self->oldest = entry->next;
      g_free (entry);
    }
  g_free (self);
}

/**
 * fr_aged_table_lookup:
 * @self: a table
 * @id: an id
 * @now_us: the time in microseconds
 *
 * Returns: (transfer none) (nullable): the entry, valid until the next insertion or expiry; %NULL if there is none, or
 *   it is too old
 */
gpointer
fr_aged_table_lookup (FrAgedTable *self, const FrQueryId *id, gint64 now_us)
{
  FrAgedEntry *entry = self->entries != NULL ? g_hash_table_lookup (self->entries, id) : NULL;

  return entry != NULL && now_us - entry->made_us < self->max_age_us ? entry : NULL;
}

/**
 * fr_aged_table_insert:
 * @self: a table
 * @id: an id that fr_aged_table_lookup() does not find
 * @now_us: the time in microseconds
 *
 * Adds an entry. What is too old is forgotten, and the oldest if there would be too many.
 *
 * Returns: (transfer none): the entry, zeroed but for its #FrAgedEntry
 */
gpointer
fr_aged_table_insert (FrAgedTable *self, const FrQueryId *id, gint64 now_us)
{
  FrAgedEntry *entry;

  fr_aged_table_expire (self, now_us);
  if (self->entries == NULL)
    self->entries = g_hash_table_new (fr_query_id_hash, fr_query_id_equal_func);
  g_return_val_if_fail (!g_hash_table_contains (self->entries, id), NULL);
  if (g_hash_table_size (self->entries) >= self->capacity)
    forget_oldest (self);

  entry = g_malloc0 (self->entry_size);
  entry->id = *id;
  append (self, entry, now_us);
  g_hash_table_add (self->entries, entry);
  return entry;
}

/**
 * fr_aged_table_renew:
 * @self: a table
 * @entry: one that fr_aged_table_lookup() has found
 * @now_us: the time in microseconds
 *
 * Makes it as young as a new one. Takes the longer the more entries are older, so it is for small tables.
 */
void
fr_aged_table_renew (FrAgedTable *self, gpointer entry, gint64 now_us)
{
  FrAgedEntry **place = &self->oldest, *before = NULL, *renewed = entry;

  while (*place != renewed)
    {
      g_return_if_fail (*place != NULL);
      before = *place;
      place = &before->next;
    }
  *place = renewed->next;
  if (self->newest == renewed)
    self->newest = before;
  renewed->next = NULL;
  append (self, renewed, now_us);
}

/**
 * fr_aged_table_expire:
 * @self: a table
 * @now_us: the time in microseconds
 *
 * Forgets what is too old.
 */
void
fr_aged_table_expire (FrAgedTable *self, gint64 now_us)
{
  while (self->oldest != NULL && now_us - self->oldest->made_us >= self->max_age_us)
    forget_oldest (self);
}

/**
 * fr_aged_table_get_size:
 * @self: a table
 *
 * Returns: how many entries it has, those included that are too old but not yet forgotten
 */
guint
fr_aged_table_get_size (const FrAgedTable *self)
{
  return self->entries != NULL ? g_hash_table_size (self->entries) : 0;
}
