/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-ledger.h"

G_STATIC_ASSERT (sizeof (FrQueryEntry) <= 64);

struct _FrQueryLedger
{
  FrAgedTable *entries;
};

/**
 * fr_query_ledger_new:
 * @capacity: how many queries are remembered
 * @max_age_us: for how long, in microseconds
 *
 * Returns: (transfer full): an empty ledger
 */
FrQueryLedger *
fr_query_ledger_new (guint capacity, gint64 max_age_us)
{
  FrQueryLedger *self = g_new0 (FrQueryLedger, 1);

  self->entries = fr_aged_table_new (sizeof (FrQueryEntry), capacity, max_age_us);
  return self;
}

/**
 * fr_query_ledger_free:
 * @self: (nullable) (transfer full): a ledger
 */
void
fr_query_ledger_free (FrQueryLedger *self)
{
  if (self == NULL)
    return;
  fr_aged_table_free (self->entries);
  g_free (self);
}

/**
 * fr_query_ledger_lookup:
 * @self: a ledger
 * @id: the id of a query
 * @now_us: the time in microseconds
 *
 * Returns: (transfer none) (nullable): its entry, valid until the next insertion or expiry
 */
FrQueryEntry *
fr_query_ledger_lookup (FrQueryLedger *self, const FrQueryId *id, gint64 now_us)
{
  return fr_aged_table_lookup (self->entries, id, now_us);
}

/**
 * fr_query_ledger_insert:
 * @self: a ledger
 * @id: the id of a query that is not in it
 * @now_us: the time in microseconds
 *
 * Remembers a query; the oldest is forgotten if there are too many.
 *
 * Returns: (transfer none): its entry, zeroed
 */
FrQueryEntry *
fr_query_ledger_insert (FrQueryLedger *self, const FrQueryId *id, gint64 now_us)
{
  return fr_aged_table_insert (self->entries, id, now_us);
}

/**
 * fr_query_ledger_expire:
 * @self: a ledger
 * @now_us: the time in microseconds
 *
 * Forgets what is too old.
 */
void
fr_query_ledger_expire (FrQueryLedger *self, gint64 now_us)
{
  fr_aged_table_expire (self->entries, now_us);
}

/**
 * fr_query_ledger_get_size:
 * @self: a ledger
 *
 * Returns: how many queries it remembers
 */
guint
fr_query_ledger_get_size (const FrQueryLedger *self)
{
  return fr_aged_table_get_size (self->entries);
}

/**
 * fr_query_entry_begin:
 * @entry: a new entry, or one whose signature was found invalid
 * @copy: the copy to believe until it is checked
 *
 * Makes the link that brought the copy the primary way back, and forgets all others.
 */
void
fr_query_entry_begin (FrQueryEntry *entry, const FrQueryCopy *copy)
{
  entry->ways[0] = copy->link;
  for (guint i = 1; i < FR_QUERY_WAYS; i++)
    entry->ways[i] = 0;
  entry->tag = copy->tag;
  entry->ttl = copy->ttl;
  entry->state = FR_QUERY_UNCHECKED;
}

/**
 * fr_query_entry_raise:
 * @entry: an entry
 * @ttl: how far another copy may go
 *
 * Returns: %TRUE if that is farther than any copy before; it is remembered
 */
gboolean
fr_query_entry_raise (FrQueryEntry *entry, guint ttl)
{
  if (ttl <= entry->ttl)
    return FALSE;
  entry->ttl = (guint8) ttl;
  return TRUE;
}
