/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "overlay-network.h"

#include <string.h>

#include "overlay-fixture.h"

#define MOST_LATENCY_US 50000

/* One end of a link. */
typedef struct
{
  guint peer;         /* node at the other end */
  FrLinkId peer_link; /* what the link is called there */
  gint64 latency_us;  /* of what leaves here */
  gboolean up;
} End;

typedef struct
{
  FrOverlay *overlay;
  GArray *ends;                    /* of End; link N is at N - 1 */
  FrLinkId recorded[NETWORK_WAYS]; /* the first links to bring the query, as the engine is to remember them */
  guint n_recorded;
  guint n_delivered;
  guint n_answers; /* hits that came by any link, for whomever */
  GHashTable *hits; /* holder -> how many */
} Node;

typedef enum
{
  EVENT_FRAME,
  EVENT_VERIFIED,
} EventType;

typedef struct
{
  gint64 at_us;
  guint64 order;
  EventType type;
  guint node;
  FrLinkId link;
  GBytes *frame;
  FrQueryId query;
  gboolean valid;
} Event;

struct _Network
{
  GRand *rand; /* borrowed */
  Node *nodes;
  guint n_nodes;
  GArray *heap; /* of Event, the first to happen on top */
  guint64 n_events;
  gint64 now_us;
};

static gboolean
is_before (const Event *a, const Event *b)
{
  return a->at_us != b->at_us ? a->at_us < b->at_us : a->order < b->order;
}

static void
push_event (Network *self, Event event)
{
  guint i = self->heap->len;

  event.order = self->n_events++;
  g_array_append_val (self->heap, event);
  while (i > 0)
    {
      Event *child = &g_array_index (self->heap, Event, i);
      Event *parent = &g_array_index (self->heap, Event, (i - 1) / 2);
      Event swap = *child;

      if (!is_before (child, parent))
        break;
      *child = *parent;
      *parent = swap;
      i = (i - 1) / 2;
    }
}

static Event
pop_event (Network *self)
{
  Event first = g_array_index (self->heap, Event, 0);
  guint i = 0;

  g_array_index (self->heap, Event, 0) = g_array_index (self->heap, Event, self->heap->len - 1);
  g_array_set_size (self->heap, self->heap->len - 1);
  for (;;)
    {
      guint least = i;
      Event swap;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < self->heap->len; child++)
        if (is_before (&g_array_index (self->heap, Event, child), &g_array_index (self->heap, Event, least)))
          least = child;
      if (least == i)
        return first;
      swap = g_array_index (self->heap, Event, i);
      g_array_index (self->heap, Event, i) = g_array_index (self->heap, Event, least);
      g_array_index (self->heap, Event, least) = swap;
      i = least;
    }
}

static End *
end_of (Network *self, guint node, FrLinkId link)
{
  return &g_array_index (self->nodes[node].ends, End, link - 1);
}

static void
count_hits (Node *node, GBytes *frame)
{
  g_autoptr (Freshet__Frame) parsed = fixture_parse (frame);
  g_autoptr (Freshet__HitsBody) body = NULL;
  g_autoptr (Freshet__PeerRecordBody) record = NULL;
  guint holder, n;

  g_assert_cmpint (fr_hits_body_parse (parsed->hits->signed_.data, parsed->hits->signed_.len, &body), ==, FR_WIRE_OK);
  g_assert_cmpint (fr_peer_record_body_parse (body->holder->signed_.data, body->holder->signed_.len, &record), ==,
                   FR_WIRE_OK);
  memcpy (&holder, record->key.data + 4, sizeof holder); /* as fixture_key() makes them */
  n = GPOINTER_TO_UINT (g_hash_table_lookup (node->hits, GUINT_TO_POINTER (holder)));
  g_hash_table_insert (node->hits, GUINT_TO_POINTER (holder), GUINT_TO_POINTER (n + 1));
}

static void
do_action (Network *self, guint index, const FrOverlayAction *action)
{
  Node *node = &self->nodes[index];
  End *end;

  switch (action->type)
    {
    case FR_OVERLAY_SEND:
      end = end_of (self, index, action->link);
      if (end->up)
        push_event (self, (Event) { .at_us = self->now_us + end->latency_us, .type = EVENT_FRAME, .node = end->peer,
                                    .link = end->peer_link, .frame = g_bytes_ref (action->frame) });
      break;
    case FR_OVERLAY_VERIFY:
      push_event (self, (Event) { .at_us = self->now_us + g_rand_int_range (self->rand, 0, 1000),
                                  .type = EVENT_VERIFIED, .node = index, .query = action->query,
                                  .valid = fixture_verify (action->frame, action->signature) });
      break;
    case FR_OVERLAY_DELIVER_QUERY:
      node->n_delivered++;
      break;
    case FR_OVERLAY_DELIVER_HITS:
      fr_overlay_hits_verified (node->overlay, action, action->n_items);
      count_hits (node, action->frame);
      break;
    case FR_OVERLAY_XRAY:
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
drain (Network *self, guint node)
{
  FrOverlayAction action;

  while (fr_overlay_next_action (self->nodes[node].overlay, &action))
    {
      do_action (self, node, &action);
      fr_overlay_action_clear (&action);
    }
}

static void
record_way (Node *node, FrLinkId link)
{
  for (guint i = 0; i < node->n_recorded; i++)
    if (node->recorded[i] == link)
      return;
  if (node->n_recorded < NETWORK_WAYS)
    node->recorded[node->n_recorded++] = link;
}

static void
do_event (Network *self, Event *event)
{
  Node *node = &self->nodes[event->node];

  if (event->type == EVENT_VERIFIED)
    fr_overlay_verified (node->overlay, &event->query, event->valid, self->now_us);
  else if (end_of (self, event->node, event->link)->up)
    {
      g_autoptr (Freshet__Frame) frame = fixture_parse (event->frame);

      if (frame->body_case == FRESHET__FRAME__BODY_QUERY)
        record_way (node, event->link);
      node->n_answers += frame->body_case == FRESHET__FRAME__BODY_HITS;
      fr_overlay_receive (node->overlay, event->link, frame, g_bytes_get_size (event->frame), self->now_us);
    }
  drain (self, event->node);
}

Network *
network_new (GRand *rand, const FrOverlayConfig *config, guint n_nodes)
{
  Network *self = g_new0 (Network, 1);

  self->rand = rand;
  self->n_nodes = n_nodes;
  self->nodes = g_new0 (Node, n_nodes);
  self->heap = g_array_new (FALSE, FALSE, sizeof (Event));
  for (guint i = 0; i < n_nodes; i++)
    {
      FrPeerKey key = fixture_key (i);

      self->nodes[i].overlay = fr_overlay_new (config, &key, g_rand_int (rand));
      self->nodes[i].ends = g_array_new (FALSE, FALSE, sizeof (End));
      self->nodes[i].hits = g_hash_table_new (NULL, NULL);
    }
  return self;
}

void
network_free (Network *self)
{
  for (guint i = 0; i < self->heap->len; i++)
    g_clear_pointer (&g_array_index (self->heap, Event, i).frame, g_bytes_unref);
  g_array_unref (self->heap);
  for (guint i = 0; i < self->n_nodes; i++)
    {
      fr_overlay_free (self->nodes[i].overlay);
      g_array_unref (self->nodes[i].ends);
      g_hash_table_unref (self->nodes[i].hits);
    }
  g_free (self->nodes);
  g_free (self);
}

void
network_connect (Network *self, guint a, guint b)
{
  guint nodes[2] = { a, b };
  FrLinkId links[2] = { self->nodes[a].ends->len + 1, self->nodes[b].ends->len + 1 };

  for (guint i = 0; i < 2; i++)
    {
      End end = {
        .peer = nodes[!i],
        .peer_link = links[!i],
        .latency_us = g_rand_int_range (self->rand, 1, MOST_LATENCY_US),
        .up = TRUE,
      };
      FrPeerKey key = fixture_key (nodes[!i]);

      g_array_append_val (self->nodes[nodes[i]].ends, end);
      fr_overlay_link_up (self->nodes[nodes[i]].overlay, links[i], &key, self->now_us);
    }
}

gboolean
network_are_connected (Network *self, guint a, guint b)
{
  for (FrLinkId link = 1; link <= self->nodes[a].ends->len; link++)
    if (end_of (self, a, link)->peer == b)
      return TRUE;
  return FALSE;
}

/* A random tree, so that all can be reached, and random links more. */
void
network_connect_randomly (Network *self, guint n_links)
{
  for (guint node = 1; node < self->n_nodes; node++)
    network_connect (self, node, (guint) g_rand_int_range (self->rand, 0, (gint32) node));
  for (guint i = self->n_nodes - 1, tries = 0; i < n_links && tries < 10 * n_links; tries++)
    {
      guint a = (guint) g_rand_int_range (self->rand, 0, (gint32) self->n_nodes);
      guint b = (guint) g_rand_int_range (self->rand, 0, (gint32) self->n_nodes);

      if (a == b || network_are_connected (self, a, b))
        continue;
      network_connect (self, a, b);
      i++;
    }
}

void
network_disconnect_randomly (Network *self, double share)
{
  for (guint node = 0; node < self->n_nodes; node++)
    for (FrLinkId link = 1; link <= self->nodes[node].ends->len; link++)
      {
        End *end = end_of (self, node, link);

        if (!end->up || end->peer < node || g_rand_double (self->rand) >= share)
          continue;
        end->up = end_of (self, end->peer, end->peer_link)->up = FALSE;
        fr_overlay_link_down (self->nodes[node].overlay, link, self->now_us);
        fr_overlay_link_down (self->nodes[end->peer].overlay, end->peer_link, self->now_us);
      }
}

void
network_set_text (Network *self, guint node, const char *folded)
{
  FrNgramSet *content = fr_ngram_set_new ();

  fr_ngram_set_add_text (content, folded);
  fr_overlay_set_content (self->nodes[node].overlay, content, self->now_us);
}

/* Lets so much time go by, with everything that is due then and what that causes. */
void
network_settle (Network *self, gint64 us)
{
  gint64 end_us = self->now_us + us;

  while (self->now_us < end_us)
    {
      network_run (self);
      self->now_us += 100 * 1000;
      for (guint i = 0; i < self->n_nodes; i++)
        fr_overlay_tick (self->nodes[i].overlay, self->now_us);
    }
  network_run (self);
}

FrQueryId
network_search (Network *self, guint node, guint number, guint ttl)
{
  return network_search_for (self, node, number, "harbour", ttl);
}

FrQueryId
network_search_for (Network *self, guint node, guint number, const char *words, guint ttl)
{
  g_autoptr (GBytes) body = fixture_body_for (node, number, words);
  guint8 signature[FR_SIGNATURE_SIZE];
  FrQueryId id;

  fixture_sign (body, signature);
  id = fr_overlay_search (self->nodes[node].overlay, body, signature, ttl, self->now_us);
  drain (self, node);
  return id;
}

void
network_answer (Network *self, guint node, const FrQueryId *query)
{
  g_autoptr (GBytes) hits = fixture_hits (query, node, 0);

  fr_overlay_answer (self->nodes[node].overlay, query, hits, self->now_us);
  drain (self, node);
}

/* Says something in the name of a node, to all its neighbours: whatever its engine would think of that. */
void
network_say (Network *self, guint node, GBytes *frame)
{
  for (FrLinkId link = 1; link <= self->nodes[node].ends->len; link++)
    {
      End *end = end_of (self, node, link);

      push_event (self, (Event) { .at_us = self->now_us + end->latency_us, .type = EVENT_FRAME, .node = end->peer,
                                  .link = end->peer_link, .frame = g_bytes_ref (frame) });
    }
}

/* Until nothing happens any more; says how many events there were. */
guint
network_run (Network *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_nodes; i++)
    drain (self, i);
  for (; self->heap->len > 0; n++)
    {
      Event event = pop_event (self);

      self->now_us = event.at_us;
      do_event (self, &event);
      g_clear_pointer (&event.frame, g_bytes_unref);
    }
  return n;
}

guint
network_n_nodes (Network *self)
{
  return self->n_nodes;
}

guint
network_n_links (Network *self)
{
  guint n_ends = 0;

  for (guint i = 0; i < self->n_nodes; i++)
    n_ends += self->nodes[i].ends->len;
  return n_ends / 2;
}

guint
network_n_answers (Network *self, guint node)
{
  return self->nodes[node].n_answers;
}

guint
network_n_delivered (Network *self, guint node)
{
  return self->nodes[node].n_delivered;
}

guint
network_n_hits (Network *self, guint asker, guint holder)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->nodes[asker].hits, GUINT_TO_POINTER (holder)));
}

FrOverlayStats
network_stats (Network *self, guint node)
{
  FrOverlayStats stats;

  fr_overlay_get_stats (self->nodes[node].overlay, &stats);
  return stats;
}

/* (element-type guint): links between a node and each, over all that were ever made; %G_MAXUINT: no way */
GArray *
network_distances (Network *self, guint from)
{
  GArray *distances = g_array_sized_new (FALSE, FALSE, sizeof (guint), self->n_nodes);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  guint none = G_MAXUINT;

  for (guint i = 0; i < self->n_nodes; i++)
    g_array_append_val (distances, none);
  g_array_index (distances, guint, from) = 0;
  g_array_append_val (queue, from);
  for (guint head = 0; head < queue->len; head++)
    {
      guint node = g_array_index (queue, guint, head);

      for (FrLinkId link = 1; link <= self->nodes[node].ends->len; link++)
        {
          guint peer = end_of (self, node, link)->peer;

          if (g_array_index (distances, guint, peer) != none)
            continue;
          g_array_index (distances, guint, peer) = g_array_index (distances, guint, node) + 1;
          g_array_append_val (queue, peer);
        }
    }
  return distances;
}

/* (element-type gboolean): from which nodes a chain of recorded ways that live leads to the asker */
GArray *
network_can_answer (Network *self, guint asker)
{
  GArray *can = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), self->n_nodes);

  g_array_set_size (can, self->n_nodes);
  g_array_index (can, gboolean, asker) = TRUE;
  for (gboolean changed = TRUE; changed;)
    {
      changed = FALSE;
      for (guint node = 0; node < self->n_nodes; node++)
        for (guint i = 0; i < self->nodes[node].n_recorded && !g_array_index (can, gboolean, node); i++)
          {
            End *end = end_of (self, node, self->nodes[node].recorded[i]);

            if (end->up && g_array_index (can, gboolean, end->peer))
              g_array_index (can, gboolean, node) = changed = TRUE;
          }
    }
  return can;
}
