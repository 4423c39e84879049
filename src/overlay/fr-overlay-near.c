/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-private.h"

#include <string.h>

/* Questions that cross one link alone. Whoever is asked answers for themselves: what others say, or say of others, is
 * dropped, and so is what goes beyond the greatest answer. */

static int
find_question (FrOverlay *self, const FrQueryId *id, FrLinkId link)
{
  for (guint i = 0; self->near != NULL && i < self->near->len; i++)
    {
      const FrOverlayQuestion *question = &g_array_index (self->near, FrOverlayQuestion, i);

      if (question->link == link && fr_query_id_equal_func (&question->query, id))
        return (int) i;
    }
  return -1;
}

/* The oldest gives way: whoever was to answer has had the time. */
static void
add_question (FrOverlay *self, const FrQueryId *id, FrLinkId link)
{
  const FrOverlayQuestion question = { .query = *id, .link = link };

  if (find_question (self, id, link) >= 0)
    return;
  if (self->near == NULL)
    self->near = g_array_new (FALSE, FALSE, sizeof (FrOverlayQuestion));
  if (self->near->len == FR_OVERLAY_MAX_NEAR)
    g_array_remove_index (self->near, 0);
  g_array_append_val (self->near, question);
}

static gboolean
may_ask (FrOverlay *self, FrLinkId link)
{
  FrNeighbour *neighbour = _fr_overlay_find (self, link);

  return neighbour != NULL && !fr_neighbour_is_leaving (neighbour) && fr_neighbour_get_max_hops (neighbour) >= 1;
}

/**
 * fr_overlay_search_near:
 * @self: an engine
 * @signed_body: a QueryBody, packed: at most %FR_QUERY_SIGNED_MAX_SIZE bytes, and another for each question
 * @signature: our signature over it
 * @links: (array length=n_links): whom to ask
 * @n_links: how many those are
 * @now_us: the time in microseconds
 *
 * Asks these neighbours and nobody else. Each may name %FR_OVERLAY_NEAR_ITEMS pictures of their own; what is sealed counts
 * as if it were full. It neither widens nor goes out again by itself.
 *
 * Returns: the id of the search: what its hits will name
 */
FrQueryId
fr_overlay_search_near (FrOverlay *self,
                        GBytes *signed_body,
                        const guint8 signature[FR_SIGNATURE_SIZE],
                        const FrLinkId *links,
                        guint n_links,
                        gint64 now_us)
{
  Freshet__Query query = FRESHET__QUERY__INIT;
  g_autoptr (GBytes) frame = NULL;
  FrQueryEntry *entry;
  FrQueryCopy copy;
  FrQueryId id = { { 0 } };

  g_return_val_if_fail (self != NULL, id);
  g_return_val_if_fail (signed_body != NULL && signature != NULL, id);
  g_return_val_if_fail (links != NULL || n_links == 0, id);

  query.signed_.data = (guint8 *) g_bytes_get_data (signed_body, &query.signed_.len);
  query.signature = (ProtobufCBinaryData) { .len = FR_SIGNATURE_SIZE, .data = (guint8 *) signature };
  query.ttl = 1;
  if (!fr_query_copy_init (&copy, &query, 0, self->salt, self->config.max_ttl))
    g_return_val_if_reached (id);

  fr_query_id_from_signed (&id, query.signed_.data, query.signed_.len);
  entry = fr_query_ledger_lookup (self->own, &id, now_us);
  if (entry == NULL)
    entry = fr_query_ledger_insert (self->own, &id, now_us);
  entry->state = FR_QUERY_OWN;
  entry->is_near = TRUE;
  frame = fr_query_copy_pack (&copy, query.signed_.data, query.signed_.len);
  for (guint i = 0; i < n_links; i++)
    if (may_ask (self, links[i]))
      {
        add_question (self, &id, links[i]);
        _fr_overlay_send_and_listen (self, links[i], frame, now_us);
        self->stats.queries_forwarded++;
      }
  return id;
}

/**
 * _fr_overlay_is_from_asker:
 * @neighbour: who brought a copy of a query that crosses one link alone
 * @asker: who asks by it
 * @copy: the copy
 *
 * Returns: whether it has crossed that one link
 */
gboolean
_fr_overlay_is_from_asker (FrNeighbour *neighbour, const FrPeerKey *asker, const FrQueryCopy *copy)
{
  return copy->ttl == 1 && copy->hops == 0 && fr_peer_key_equal (fr_neighbour_get_key (neighbour), asker);
}

/**
 * _fr_overlay_may_come_again:
 * @entry: a query that crosses one link alone, and has come
 * @copy: another copy
 *
 * Whoever asks so must not have others pass it on by raising its ttl later, nor does anybody else have a copy.
 *
 * Returns: whether it is no other than the first
 */
gboolean
_fr_overlay_may_come_again (const FrQueryEntry *entry, const FrQueryCopy *copy)
{
  return copy->ttl == 1 && copy->hops == 0 && copy->link == entry->ways[0];
}

/**
 * _fr_overlay_take_near:
 * @self: an engine
 * @neighbour: who brings an answer to a question to neighbours
 * @id: the question
 * @facts: what the answer says of itself
 * @is_preview: whether it is a Preview
 *
 * Returns: %FALSE if they were not asked, answer for somebody else, or have said enough
 */
gboolean
_fr_overlay_take_near (FrOverlay *self, FrNeighbour *neighbour, const FrQueryId *id, const FrHitFacts *facts,
                       gboolean is_preview)
{
  int place = find_question (self, id, fr_neighbour_get_link (neighbour));
  FrOverlayQuestion *question;

  if (place < 0 || !fr_peer_key_equal (fr_neighbour_get_key (neighbour), &facts->holder))
    return FALSE;
  question = &g_array_index (self->near, FrOverlayQuestion, place);
  if (is_preview)
    return question->n_previews++ < FR_OVERLAY_NEAR_ITEMS;
  if (question->n_items + facts->n_items > FR_OVERLAY_NEAR_ITEMS)
    return FALSE;
  question->n_items += MAX (facts->n_items, 1); /* one that lists nothing must end too */
  return TRUE;
}

/**
 * _fr_overlay_end_near:
 * @self: an engine
 * @id: a search of our own
 *
 * Forgets whom it was asked.
 */
void
_fr_overlay_end_near (FrOverlay *self, const FrQueryId *id)
{
  for (guint i = self->near != NULL ? self->near->len : 0; i > 0; i--)
    if (fr_query_id_equal_func (&g_array_index (self->near, FrOverlayQuestion, i - 1).query, id))
      g_array_remove_index (self->near, i - 1);
}
