/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-penalties.h"

#include "fr-aged-table.h"

struct _FrPenalties
{
  FrAgedTable *entries;
};

typedef struct
{
  FrAgedEntry aged;
  gint64 until_us;
  gint64 length_us; /* of the last one */
} Penalty;

/* All of the key goes in: a peer chooses its own, and could make one that begins like another's. */
static FrQueryId
name_of_key (const FrPeerKey *key)
{
  FrQueryId id;

  fr_query_id_from_signed (&id, key->bytes, sizeof key->bytes);
  return id;
}

/**
 * fr_penalties_new:
 *
 * Returns: (transfer full): a memory of nobody
 */
FrPenalties *
fr_penalties_new (void)
{
  FrPenalties *self = g_new0 (FrPenalties, 1);

  self->entries = fr_aged_table_new (sizeof (Penalty), FR_PENALTIES_MAX, FR_PENALTIES_FORGOTTEN_US);
  return self;
}

/**
 * fr_penalties_free:
 * @self: (nullable) (transfer full): penalties
 */
void
fr_penalties_free (FrPenalties *self)
{
  if (self == NULL)
    return;
  fr_aged_table_free (self->entries);
  g_free (self);
}

/**
 * fr_penalties_add:
 * @self: penalties
 * @key: whose link had to be closed
 * @now_us: the time in microseconds
 *
 * Keeps somebody out: for a minute the first time, and each time for twice as long, up to a day. What else they do
 * while they are out already is of the same time.
 *
 * Returns: for how long, in microseconds
 */
gint64
fr_penalties_add (FrPenalties *self, const FrPeerKey *key, gint64 now_us)
{
  FrQueryId id = name_of_key (key);
  Penalty *penalty;

  fr_aged_table_expire (self->entries, now_us);
  penalty = fr_aged_table_lookup (self->entries, &id, now_us);
  if (penalty == NULL)
    penalty = fr_aged_table_insert (self->entries, &id, now_us);
  if (penalty->until_us > now_us)
    return penalty->until_us - now_us;
  penalty->length_us = penalty->length_us == 0 ? FR_PENALTIES_FIRST_US
                                               : MIN (2 * penalty->length_us, FR_PENALTIES_MOST_US);
  penalty->until_us = now_us + penalty->length_us;
  fr_aged_table_renew (self->entries, penalty, now_us);
  return penalty->length_us;
}

/**
 * fr_penalties_get_left_us:
 * @self: penalties
 * @key: somebody
 * @now_us: the time in microseconds
 *
 * Returns: for how long they are kept out yet; 0: they are not
 */
gint64
fr_penalties_get_left_us (FrPenalties *self, const FrPeerKey *key, gint64 now_us)
{
  FrQueryId id = name_of_key (key);
  const Penalty *penalty = fr_aged_table_lookup (self->entries, &id, now_us);

  return penalty != NULL ? MAX (penalty->until_us - now_us, 0) : 0;
}

/**
 * fr_penalties_get_size:
 * @self: penalties
 *
 * Returns: how many keys are remembered, those that are not kept out any more included
 */
guint
fr_penalties_get_size (const FrPenalties *self)
{
  return fr_aged_table_get_size (self->entries);
}
