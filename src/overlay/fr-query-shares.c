/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-query-shares.h"

#include <string.h>

typedef struct
{
  FrAgedEntry aged;
  guint32 bytes;
} Share;

struct _FrQueryShares
{
  FrAgedTable *entries;
};

/* An id is a hash: nobody can make two whose difference is that of two links and nothing else. */
static FrQueryId
name_share (const FrQueryId *query, FrLinkId link)
{
  FrQueryId name = *query;
  FrLinkId mixed;

  memcpy (&mixed, name.bytes, sizeof mixed);
  mixed ^= link;
  memcpy (name.bytes, &mixed, sizeof mixed);
  return name;
}

/**
 * fr_query_shares_new:
 * @capacity: how many links of queries are remembered
 * @max_age_us: for how long, in microseconds
 *
 * Returns: (transfer full): an empty memory
 */
FrQueryShares *
fr_query_shares_new (guint capacity, gint64 max_age_us)
{
  FrQueryShares *self = g_new0 (FrQueryShares, 1);

  self->entries = fr_aged_table_new (sizeof (Share), capacity, max_age_us);
  return self;
}

/**
 * fr_query_shares_free:
 * @self: (nullable) (transfer full): shares
 */
void
fr_query_shares_free (FrQueryShares *self)
{
  if (self == NULL)
    return;
  fr_aged_table_free (self->entries);
  g_free (self);
}

/**
 * fr_query_shares_take:
 * @self: shares
 * @query: what is answered
 * @link: who brings the answer
 * @size: its size in bytes
 * @most: how much of such answers may be relayed to the query in all
 * @now_us: the time in microseconds
 *
 * Counts an answer, if it may be relayed.
 *
 * Returns: whether it may
 */
gboolean
fr_query_shares_take (FrQueryShares *self,
                      FrQueryEntry *query,
                      FrLinkId link,
                      gsize size,
                      gsize most,
                      gint64 now_us)
{
  FrQueryId name = name_share (&query->aged.id, link);
  Share *share = fr_aged_table_lookup (self->entries, &name, now_us);
  gsize taken = share != NULL ? share->bytes : 0;

  if (query->relayed_bytes + size > most || taken + size > most - query->relayed_bytes - size)
    return FALSE;
  if (share == NULL)
    share = fr_aged_table_insert (self->entries, &name, now_us);
  share->bytes += (guint32) size;
  query->relayed_bytes += (guint32) size;
  return TRUE;
}

/**
 * fr_query_shares_expire:
 * @self: shares
 * @now_us: the time in microseconds
 *
 * Forgets what is too old.
 */
void
fr_query_shares_expire (FrQueryShares *self, gint64 now_us)
{
  fr_aged_table_expire (self->entries, now_us);
}

/**
 * fr_query_shares_get_size:
 * @self: shares
 *
 * Returns: how many links of queries it remembers
 */
guint
fr_query_shares_get_size (const FrQueryShares *self)
{
  return fr_aged_table_get_size (self->entries);
}
