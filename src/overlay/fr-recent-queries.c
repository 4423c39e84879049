/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-recent-queries.h"

typedef struct
{
  GBytes *frame; /* owned; NULL: none */
  gint64 sent_us;
} Place;

struct _FrRecentQueries
{
  Place places[FR_RECENT_QUERIES_CAPACITY];
  guint next;
};

/**
 * fr_recent_queries_new:
 *
 * Returns: (transfer full): no queries
 */
FrRecentQueries *
fr_recent_queries_new (void)
{
  return g_new0 (FrRecentQueries, 1);
}

/**
 * fr_recent_queries_free:
 * @self: (nullable) (transfer full): queries
 */
void
fr_recent_queries_free (FrRecentQueries *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < FR_RECENT_QUERIES_CAPACITY; i++)
    g_clear_pointer (&self->places[i].frame, g_bytes_unref);
  g_free (self);
}

/**
 * fr_recent_queries_add:
 * @self: queries
 * @frame: a query as it was passed on
 * @now_us: the time in microseconds
 *
 * Remembers a query in the place of the oldest.
 */
void
fr_recent_queries_add (FrRecentQueries *self, GBytes *frame, gint64 now_us)
{
  Place *place = &self->places[self->next];

  g_clear_pointer (&place->frame, g_bytes_unref);
  place->frame = g_bytes_ref (frame);
  place->sent_us = now_us;
  self->next = (self->next + 1) % FR_RECENT_QUERIES_CAPACITY;
}

/**
 * fr_recent_queries_get:
 * @self: queries
 * @n: which, from 0 to %FR_RECENT_QUERIES_CAPACITY - 1
 * @since_us: only if it was sent then or later
 * @now_us: the time in microseconds: what is older than %FR_RECENT_QUERIES_AGE_US is not worth asking again
 *
 * Returns: (transfer none) (nullable): the query, or %NULL
 */
GBytes *
fr_recent_queries_get (FrRecentQueries *self, guint n, gint64 since_us, gint64 now_us)
{
  Place *place = &self->places[(self->next + n) % FR_RECENT_QUERIES_CAPACITY];

  if (place->frame == NULL || place->sent_us < since_us || now_us - place->sent_us > FR_RECENT_QUERIES_AGE_US)
    return NULL;
  return place->frame;
}
