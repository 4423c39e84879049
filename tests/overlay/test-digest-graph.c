/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest-exchange.h"
#include "fr-search-words.h"
#include "fr-test-support.h"

#include "tests.h"

/* Random networks in which all tell all: once they are quiet, nobody skips a link behind which a picture would be
 * found, and nobody keeps asking for what is gone. Some pictures are for a few peers only: those find them too, by
 * contact tags, and no word of these is told to anybody. */

#define N_NODES 12
#define MAX_TITLES 6

typedef struct
{
  char *folded;
  guint readers; /* a bit a node; 0: it is for everyone */
} Title;

typedef struct
{
  FrDigestExchange *exchange;
  GPtrArray *titles; /* of Title */
  gboolean silent;   /* speaks a protocol without digests */
} Node;

typedef struct
{
  guint ends[2];
  FrLinkId id; /* at both ends; 0 while it is down */
  gint64 delay_us;
} Edge;

typedef struct
{
  gint64 at_us;
  guint to;
  FrLinkId link;
  GBytes *frame;
} Message;

typedef struct
{
  GRand *rand;
  Node nodes[N_NODES];
  GArray *edges;
  GQueue messages; /* by the time of their arrival */
  FrLinkId last_id;
  gint64 now_us;
  guint n_frames;
} World;

static const char *const words[] = {
  "harbour", "harbor", "night", "nightly", "blue hour", "boat", "red sail", "sailing", "\346\270\257\345\217\243\345\237\216",
  "zoe", "strasse", "ab", "x", "mountain", "mount", "sea", "seaside", "the old town",
};

static void
title_free (gpointer data)
{
  Title *title = data;

  g_free (title->folded);
  g_free (title);
}

static FrContactTag
tag_of (guint holder, guint reader)
{
  return (FrContactTag){ { 't', (guint8) holder, (guint8) reader, 'x' } };
}

/* What a node tells: the words for everyone, and whom the rest is for. */
static FrNgramSet *
content_of (const Node *node, guint number)
{
  FrNgramSet *content = fr_ngram_set_new ();

  for (guint k = 0; k < node->titles->len; k++)
    {
      const Title *title = g_ptr_array_index (node->titles, k);

      if (title->readers == 0)
        fr_ngram_set_add_text (content, title->folded);
      for (guint reader = 0; reader < N_NODES; reader++)
        if (title->readers >> reader & 1)
          {
            FrContactTag tag = tag_of (number, reader);
            guint32 hashes[FR_CONTACT_TAG_N_HASHES];

            fr_contact_tag_get_hashes (&tag, hashes);
            fr_ngram_set_add_hashes (content, hashes, FR_CONTACT_TAG_N_HASHES);
          }
    }
  return content;
}

static const char *
random_word (World *world)
{
  return words[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (words))];
}

static Edge *
edge_at (World *world, guint i)
{
  return &g_array_index (world->edges, Edge, i);
}

static int
compare_arrivals (gconstpointer a, gconstpointer b, gpointer data)
{
  const Message *left = a, *right = b;

  return left->at_us < right->at_us ? -1 : 1; /* of two at once the one that was sent first */
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_bytes_unref (message->frame);
  g_free (message);
}

/* Sends what a node has to say; who is silent says nothing. */
static void
drain (World *world, guint from)
{
  FrLinkId link;

  for (GBytes *frame; fr_digest_exchange_next_frame (world->nodes[from].exchange, &link, &frame);)
    for (guint i = 0; i < world->edges->len; i++)
      {
        const Edge *edge = edge_at (world, i);
        Message *message;

        if (edge->id != link)
          continue;
        message = g_new (Message, 1);
        *message = (Message){ world->now_us + edge->delay_us, edge->ends[edge->ends[0] == from], link, frame };
        world->n_frames++;
        if (world->nodes[from].silent)
          message_free (message);
        else
          g_queue_insert_sorted (&world->messages, message, compare_arrivals, NULL);
      }
}

static void
deliver (World *world, Message *message)
{
  g_autoptr (Freshet__Frame) frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (message->frame, NULL), g_bytes_get_size (message->frame), &frame),
                   ==, FR_WIRE_OK);
  g_assert_true (fr_digest_exchange_receive (world->nodes[message->to].exchange, message->link, frame->digest,
                                             world->now_us));
  drain (world, message->to);
  message_free (message);
}

/* Until there is nothing more to do, or that time has come. */
static void
run_to (World *world, gint64 until_us)
{
  for (;;)
    {
      Message *first = g_queue_peek_head (&world->messages);
      gint64 at_us = first != NULL ? first->at_us : G_MAXINT64;
      guint node = N_NODES;

      for (guint i = 0; i < N_NODES; i++)
        {
          gint64 deadline = fr_digest_exchange_next_deadline (world->nodes[i].exchange);

          if (deadline >= at_us)
            continue;
          at_us = deadline;
          node = i;
        }
      if (at_us == G_MAXINT64 || at_us > until_us)
        break;
      world->now_us = MAX (world->now_us, at_us);
      if (node == N_NODES)
        deliver (world, g_queue_pop_head (&world->messages));
      else
        {
          fr_digest_exchange_tick (world->nodes[node].exchange, world->now_us);
          drain (world, node);
        }
    }
  if (until_us != G_MAXINT64)
    world->now_us = until_us;
}

static void
switch_edge (World *world, Edge *edge)
{
  gboolean up = edge->id == 0;
  FrLinkId id = up ? ++world->last_id : edge->id;

  if (up)
    edge->id = id;
  for (guint i = 0; i < 2; i++)
    {
      FrDigestExchange *exchange = world->nodes[edge->ends[i]].exchange;

      if (up)
        fr_digest_exchange_link_up (exchange, id, world->now_us);
      else
        fr_digest_exchange_link_down (exchange, id, world->now_us);
    }
  if (!up)
    edge->id = 0;
  drain (world, edge->ends[0]);
  drain (world, edge->ends[1]);
}

static void
change_titles (World *world, guint i)
{
  Node *node = &world->nodes[i];
  Title *title;

  if (node->titles->len < MAX_TITLES && g_rand_boolean (world->rand))
    {
      title = g_new0 (Title, 1);
      title->folded = g_strdup_printf ("%s\n%s", random_word (world), random_word (world));
      if (g_rand_int_range (world->rand, 0, 3) == 0)
        title->readers = (guint) g_rand_int_range (world->rand, 1, 1 << N_NODES);
      g_ptr_array_add (node->titles, title);
      if (title->readers == 0)
        fr_digest_exchange_add_content (node->exchange, title->folded, world->now_us);
      else
        fr_digest_exchange_set_content (node->exchange, content_of (node, i), world->now_us);
    }
  else
    {
      if (node->titles->len > 0)
        g_ptr_array_remove_index (node->titles, (guint) g_rand_int_range (world->rand, 0, (gint32) node->titles->len));
      fr_digest_exchange_set_content (node->exchange, content_of (node, i), world->now_us);
    }
  drain (world, i);
}

static FrDigest *
digest_of_node (const Node *node, guint number)
{
  g_autoptr (FrNgramSet) set = content_of (node, number);
  const guint32 *hashes;
  guint n;

  if (node->silent)
    return fr_digest_new_everything ();
  hashes = fr_ngram_set_get_hashes (set, &n);
  return fr_digest_new (hashes, n);
}

static gboolean
node_matches (const Node *node, const char *typed, guint asker)
{
  g_autoptr (FrSearchWords) search = fr_search_words_parse (typed, NULL);

  for (guint k = 0; k < node->titles->len; k++)
    {
      const Title *title = g_ptr_array_index (node->titles, k);

      if ((title->readers == 0 || title->readers >> asker & 1) && fr_search_words_match (search, title->folded))
        return TRUE;
    }
  return FALSE;
}

/* What one end of a link thinks of the other is just what the other has, and what its other neighbours have. */
static void
check_end (World *world, const Edge *edge, guint end, const char *typed, guint asker, const FrDigestPattern *pattern)
{
  FrDigestExchange *here = world->nodes[edge->ends[end]].exchange;
  guint there = edge->ends[1 - end];
  const Node *neighbour = &world->nodes[there];
  g_autoptr (FrDigest) own = digest_of_node (neighbour, there), beyond = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_digest_unref);
  gboolean near = node_matches (neighbour, typed, asker), far = near, may_near, may_far;

  for (guint i = 0; i < world->edges->len; i++)
    {
      const Edge *other = edge_at (world, i);
      guint k = other->ends[0] == there ? 1 : 0;

      if (other == edge || other->id == 0 || other->ends[1 - k] != there)
        continue;
      far |= node_matches (&world->nodes[other->ends[k]], typed, asker);
      g_ptr_array_add (parts, digest_of_node (&world->nodes[other->ends[k]], other->ends[k]));
    }
  beyond = fr_digest_new_union ((FrDigest *const *) parts->pdata, parts->len);
  may_near = fr_digest_exchange_may_match (here, edge->id, 1, pattern);
  may_far = fr_digest_exchange_may_match (here, edge->id, 2, pattern);
  g_assert_true (may_near || !near);
  g_assert_true (may_far || !far);
  g_assert_true (fr_digest_exchange_may_match (here, edge->id, 3, pattern));
  if (pattern == NULL)
    return;
  g_assert_true (may_near == fr_digest_may_match (own, pattern));
  g_assert_true (may_far
                 == (fr_digest_may_match (own, pattern) || neighbour->silent
                     || fr_digest_may_match (beyond, pattern)));
}

/* The search of one of the nodes, who knows all the others. */
static FrDigestPattern *
pattern_of (const char *typed, guint asker)
{
  FrContactTag tags[N_NODES];

  for (guint holder = 0; holder < N_NODES; holder++)
    tags[holder] = tag_of (holder, asker);
  return fr_digest_pattern_new_with_tags (typed, tags, N_NODES);
}

static void
check (World *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *phrase = g_strdup_printf ("\"%s\"", words[i]);
      const char *const searches[] = { words[i], phrase, words[i] + 1 };

      for (guint k = 0; k < G_N_ELEMENTS (searches); k++)
        {
          g_autoptr (FrDigestPattern) pattern = NULL;
          guint asker = (guint) g_rand_int_range (world->rand, 0, N_NODES);

          if (!g_utf8_validate (searches[k], -1, NULL) || *searches[k] == '\0')
            continue;
          pattern = pattern_of (searches[k], asker);
          for (guint e = 0; e < world->edges->len; e++)
            for (guint end = 0; edge_at (world, e)->id != 0 && end < 2; end++)
              check_end (world, edge_at (world, e), end, searches[k], asker, pattern);
        }
    }
}

static void
world_init (World *world)
{
  *world = (World){ .rand = fr_test_rand_new (), .edges = g_array_new (FALSE, FALSE, sizeof (Edge)) };
  g_queue_init (&world->messages);
  for (guint i = 0; i < N_NODES; i++)
    world->nodes[i] = (Node){ fr_digest_exchange_new (), g_ptr_array_new_with_free_func (title_free), i == 0 };
  for (guint i = 0; i < N_NODES; i++)
    for (guint k = i + 1; k < N_NODES; k++)
      {
        Edge edge = { { i, k }, 0, g_rand_int_range (world->rand, 1, 900) * 1000 };

        if (g_rand_int_range (world->rand, 0, 3) == 0)
          g_array_append_val (world->edges, edge);
      }
}

static void
world_clear (World *world)
{
  for (guint i = 0; i < N_NODES; i++)
    {
      fr_digest_exchange_free (world->nodes[i].exchange);
      g_ptr_array_unref (world->nodes[i].titles);
    }
  g_queue_clear_full (&world->messages, message_free);
  g_array_unref (world->edges);
  g_rand_free (world->rand);
}

static void
test_settled (void)
{
  World world;

  world_init (&world);
  for (guint round = 0; round < 25; round++)
    {
      for (gint32 n = g_rand_int_range (world.rand, 1, 60); n > 0 && world.edges->len > 0; n--)
        {
          if (g_rand_int_range (world.rand, 0, 3) == 0)
            switch_edge (&world, edge_at (&world, (guint) g_rand_int_range (world.rand, 0, (gint32) world.edges->len)));
          else
            change_titles (&world, (guint) g_rand_int_range (world.rand, 0, N_NODES));
          run_to (&world, world.now_us + g_rand_int_range (world.rand, 0, G_USEC_PER_SEC));
        }
      run_to (&world, G_MAXINT64);
      check (&world);
    }
  g_test_message ("%u links, %u frames", world.edges->len, world.n_frames);
  world_clear (&world);
}

/* Nothing that changes nothing is ever sent: a network at rest stays silent. */
static void
test_rests (void)
{
  World world;
  guint n_frames;

  world_init (&world);
  for (guint i = 0; i < world.edges->len; i++)
    switch_edge (&world, edge_at (&world, i));
  for (guint i = 0; i < 3 * N_NODES; i++)
    change_titles (&world, i % N_NODES);
  run_to (&world, G_MAXINT64);
  n_frames = world.n_frames;
  run_to (&world, world.now_us + 600 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpuint (world.n_frames, ==, n_frames);
  world_clear (&world);
}

void
test_digest_graph_add (void)
{
  g_test_add_func ("/overlay/digest-graph/settled", test_settled);
  g_test_add_func ("/overlay/digest-graph/rests", test_rests);
}
