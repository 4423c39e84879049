/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

#include <string.h>

/* Our own searches. In a network that is known to be large one starts near by and goes farther, under the same id, while
 * too little has come and somebody waits; everywhere else it goes as far as usual at once. */

/**
 * _fr_overlay_find_search:
 * @self: an engine
 * @id: the id of a search
 *
 * Returns: (transfer none) (nullable): a search of our own that has not ended
 */
FrOwnSearch *
_fr_overlay_find_search (FrOverlay *self, const FrQueryId *id)
{
  for (guint i = 0; self->searches != NULL && i < self->searches->len; i++)
    {
      FrOwnSearch *search = g_ptr_array_index (self->searches, i);

      if (memcmp (&search->id, id, sizeof *id) == 0)
        return search;
    }
  return NULL;
}

/* How far a search goes when it goes farther; 0: it cannot. */
static guint
next_ttl (FrOverlay *self, guint ttl)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->config.ttl_steps); i++)
    if (self->config.ttl_steps[i] > ttl)
      return MIN (self->config.ttl_steps[i], self->config.max_ttl);
  return ttl < FR_QUERY_MAX_TTL ? FR_QUERY_MAX_TTL : 0;
}

static gboolean
widens_by_itself (FrOverlay *self, guint ttl)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->config.ttl_steps); i++)
    if (self->config.ttl_steps[i] > ttl)
      return TRUE;
  return FALSE;
}

static guint
first_ttl (FrOverlay *self)
{
  gboolean is_small = self->n_known < self->config.small_network;

  return is_small || self->config.ttl_steps[0] == 0 ? self->config.default_ttl : self->config.ttl_steps[0];
}

static void
ask (FrOverlay *self, FrOwnSearch *search, gint64 now_us)
{
  gsize size;
  const void *body = g_bytes_get_data (search->body, &size);
  g_autoptr (GBytes) frame = fr_query_copy_pack (&search->copy, body, size);

  /* the first link is never skipped: whoever is asked by their own friend is asked */
  _fr_overlay_flood (self, &search->id, 0, NULL, &search->copy, frame, NULL, now_us);
  search->widen_us = widens_by_itself (self, search->copy.ttl) ? now_us + self->config.widen_after_us : G_MAXINT64;
}

static gboolean
raise_search (FrOverlay *self, FrOwnSearch *search, guint ttl, gint64 now_us)
{
  FrQueryEntry *entry = fr_query_ledger_lookup (self->own, &search->id, now_us);

  if (entry == NULL || !fr_query_entry_raise (entry, ttl))
    return FALSE;
  search->copy.ttl = (guint8) ttl;
  ask (self, search, now_us);
  _fr_overlay_xray_changed (self, &search->id);
  return TRUE;
}

static FrOwnSearch *
add_search (FrOverlay *self, const FrQueryId *id, GBytes *body, const FrQueryCopy *copy, gint64 now_us)
{
  FrOwnSearch *search = fr_own_search_new (id, body, copy, now_us);

  if (self->searches == NULL)
    self->searches = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_own_search_free);
  if (self->searches->len == FR_OWN_SEARCH_CAPACITY)
    g_ptr_array_remove_index (self->searches, 0);
  g_ptr_array_add (self->searches, search);
  return search;
}

/**
 * fr_overlay_search:
 * @self: an engine
 * @signed_body: a QueryBody, packed: at most %FR_QUERY_SIGNED_MAX_SIZE bytes
 * @signature: our signature over it
 * @ttl: how many links it may cross, at most %FR_QUERY_MAX_TTL; 0: as many as usual, more later if too little comes
 * @now_us: the time in microseconds
 *
 * Asks all neighbours. Called again with the same body and a greater @ttl, it widens the search: peers that know it
 * pass it on without answering again.
 *
 * Returns: the id of the search: what its hits will name
 */
FrQueryId
fr_overlay_search (FrOverlay *self,
                   GBytes *signed_body,
                   const guint8 signature[FR_SIGNATURE_SIZE],
                   guint ttl,
                   gint64 now_us)
{
  Freshet__Query query = FRESHET__QUERY__INIT;
  FrOwnSearch *search;
  FrQueryEntry *entry;
  FrQueryCopy copy;
  FrQueryId id = { { 0 } };

  g_return_val_if_fail (self != NULL, id);
  g_return_val_if_fail (signed_body != NULL && signature != NULL, id);
  g_return_val_if_fail (g_bytes_get_size (signed_body) > 0, id);
  g_return_val_if_fail (g_bytes_get_size (signed_body) <= FR_QUERY_SIGNED_MAX_SIZE, id);

  query.signed_.data = (guint8 *) g_bytes_get_data (signed_body, &query.signed_.len);
  query.signature = (ProtobufCBinaryData) { .len = FR_SIGNATURE_SIZE, .data = (guint8 *) signature };
  query.ttl = ttl != 0 ? ttl : first_ttl (self);
  if (!fr_query_copy_init (&copy, &query, 0, self->salt, self->config.max_ttl))
    g_return_val_if_reached (id);

  fr_query_id_from_signed (&id, query.signed_.data, query.signed_.len);
  entry = fr_query_ledger_lookup (self->own, &id, now_us);
  if (entry == NULL)
    entry = fr_query_ledger_insert (self->own, &id, now_us);
  entry->state = FR_QUERY_OWN;
  search = _fr_overlay_find_search (self, &id);
  if (search == NULL)
    search = add_search (self, &id, signed_body, &copy, now_us);
  if (!fr_query_entry_raise (entry, copy.ttl))
    return id;
  search->copy = copy;
  ask (self, search, now_us);
  if (ttl != 0) /* whoever says how far means it */
    search->widen_us = G_MAXINT64;
  return id;
}

/**
 * fr_overlay_hits_verified:
 * @self: an engine
 * @action: a %FR_OVERLAY_DELIVER_HITS action, once each
 * @n_good: how many of its pictures are what the holder has signed; 0: it is forged
 *
 * Counts what a search has found. Nothing else counts: whoever forged hits could end a search with them.
 */
void
fr_overlay_hits_verified (FrOverlay *self, const FrOverlayAction *action, guint n_good)
{
  FrOwnSearch *search;

  g_return_if_fail (self != NULL && action != NULL);
  g_return_if_fail (action->type == FR_OVERLAY_DELIVER_HITS);

  search = _fr_overlay_find_search (self, &action->query);
  if (search == NULL)
    return;
  fr_own_search_note_hits (search, action->hops, MIN (n_good, action->n_items), action->part == 0);
  self->n_known = MAX (self->n_known, fr_own_search_count_asked (search));
}

/**
 * fr_overlay_search_further:
 * @self: an engine
 * @id: a search of our own that has not ended
 * @now_us: the time in microseconds
 *
 * Asks peers that are farther away.
 *
 * Returns: %FALSE if it has gone as far as it can, or has ended
 */
gboolean
fr_overlay_search_further (FrOverlay *self, const FrQueryId *id, gint64 now_us)
{
  FrOwnSearch *search;
  guint ttl;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  search = _fr_overlay_find_search (self, id);
  ttl = search != NULL ? next_ttl (self, search->copy.ttl) : 0;
  return ttl != 0 && raise_search (self, search, ttl, now_us);
}

/**
 * fr_overlay_get_xray:
 * @self: an engine
 * @id: a search of our own that has not ended
 * @now_us: the time in microseconds
 * @out_xray: (out caller-allocates): what became of it; untouched on failure
 *
 * Returns: %FALSE if there is no such search
 */
gboolean
fr_overlay_get_xray (FrOverlay *self, const FrQueryId *id, gint64 now_us, FrQueryXray *out_xray)
{
  FrOwnSearch *search;

  g_return_val_if_fail (self != NULL && id != NULL && out_xray != NULL, FALSE);

  search = _fr_overlay_find_search (self, id);
  if (search == NULL)
    return FALSE;
  fr_own_search_get_xray (search, out_xray);
  out_xray->can_widen = next_ttl (self, search->copy.ttl) != 0;
  return TRUE;
}

/**
 * fr_overlay_end_search:
 * @self: an engine
 * @id: a search of our own
 * @now_us: the time in microseconds
 *
 * No more of its hits and previews are delivered, and those who brought some are told that none are needed.
 */
void
fr_overlay_end_search (FrOverlay *self, const FrQueryId *id, gint64 now_us)
{
  FrQueryEntry *entry;
  FrOwnSearch *search;

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  entry = fr_query_ledger_lookup (self->own, id, now_us);
  if (entry != NULL && entry->state != FR_QUERY_ENDED)
    {
      entry->state = FR_QUERY_ENDED;
      _fr_overlay_end_near (self, id);
      _fr_overlay_send_enough (self, id, 0, now_us);
    }
  search = _fr_overlay_find_search (self, id);
  if (search == NULL)
    return;
  if (search->copy.ttl >= self->config.default_ttl) /* it has been as far as it takes to know, also of fewer */
    self->n_known = fr_own_search_count_asked (search);
  g_ptr_array_remove (self->searches, search);
}

/**
 * _fr_overlay_tick_searches:
 * @self: an engine
 * @now_us: the time in microseconds
 *
 * Lets those go farther that have found too little.
 */
void
_fr_overlay_tick_searches (FrOverlay *self, gint64 now_us)
{
  for (guint i = 0; self->searches != NULL && i < self->searches->len; i++)
    {
      FrOwnSearch *search = g_ptr_array_index (self->searches, i);

      if (search->widen_us > now_us)
        continue;
      search->widen_us = G_MAXINT64;
      if (search->n_items < self->config.enough_items && now_us - search->started_us <= FR_OWN_SEARCH_AGE_US)
        raise_search (self, search, next_ttl (self, search->copy.ttl), now_us);
    }
}

/**
 * _fr_overlay_next_widening:
 * @self: an engine
 *
 * Returns: when the next search may widen, in microseconds; %G_MAXINT64: none will
 */
gint64
_fr_overlay_next_widening (FrOverlay *self)
{
  gint64 next_us = G_MAXINT64;

  for (guint i = 0; self->searches != NULL && i < self->searches->len; i++)
    next_us = MIN (next_us, ((FrOwnSearch *) g_ptr_array_index (self->searches, i))->widen_us);
  return next_us;
}
