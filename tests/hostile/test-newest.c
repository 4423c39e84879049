/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-newest-private.h"
#include "fr-test-support.h"
#include "hostile-ground.h"
#include "hostile-words.h"
#include "tests.h"

/* Whoever asks for the newest, passes that on, or answers it, as nobody honest does. */

#define N_FAULTS 17 /* one more than are taken */

static GBytes *
newest_query (HostilePeer *peer, const FrPeerKey *asker, guint ttl, guint hops)
{
  Freshet__QueryBody body = FRESHET__QUERY_BODY__INIT;
  g_autoptr (GBytes) packed = NULL;

  body.asker = words_binary (asker->bytes, sizeof asker->bytes);
  body.name = (char *) "Mallory";
  body.words = (char *) "";
  body.kind = FRESHET__QUERY_BODY__KIND__KIND_NEWEST;
  body.most = FR_QUERY_MAX_MOST;
  body.sequence = ++peer->sequence;
  packed = fr_message_pack (&body.base);
  return words_query (packed, peer->rude->identity, ttl, hops);
}

static void
say_newest (HostilePeer *peer, const FrPeerKey *asker, guint ttl, guint hops)
{
  for (guint i = 0; i < N_FAULTS && !hostile_peer_is_over (peer); i++)
    {
      g_autoptr (GBytes) query = newest_query (peer, asker, ttl, hops);

      hostile_peer_say (peer, query);
    }
  hostile_peer_await_end (peer, 15);
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), ==, 0);
}

/* Of somebody who is linked to the victim too, as if it had come from there. */
static void
pass_on (HostilePeer *peer)
{
  say_newest (peer, fr_node_get_key (ground_get ()->nodes[GROUND_ASKER]), 3, 1);
}

static void
pass_on_as_it_came (HostilePeer *peer)
{
  say_newest (peer, fr_node_get_key (ground_get ()->nodes[GROUND_ASKER]), 1, 0);
}

/* So that others are asked by the victim. */
static void
ask_beyond (HostilePeer *peer)
{
  say_newest (peer, fr_identity_get_key (peer->rude->identity), 5, 0);
}

/* Who has not been added is told what everyone may see, and no more. */
static void
ask_as_stranger (HostilePeer *peer)
{
  g_autoptr (GBytes) secret = lab_make_picture ("for people", 0), query = NULL;
  static gboolean shared;
  const Freshet__Frame *frame;
  g_autoptr (FrHits) hits = NULL;

  if (!shared)
    lab_share_for (ground_victim (), secret, "Harbour, for people", FR_AUDIENCE_CONTACTS);
  shared = TRUE;
  query = newest_query (peer, fr_identity_get_key (peer->rude->identity), 1, 0);
  hostile_peer_say (peer, query);
  frame = hostile_peer_await (peer, FRESHET__FRAME__BODY_HITS, 0);
  hits = fr_hits_read (frame->hits);
  g_assert_nonnull (hits);
  g_assert_cmpuint (hits->total, ==, hits->items->len);
  for (guint i = 0; i < hits->items->len; i++)
    g_assert_cmpstr (g_array_index (hits->items, FrHitItem, i).title, !=, "Harbour, for people");
  g_assert_true (hostile_peer_settle (peer));
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), ==, 1);
}

/* It floods: a few answers with small pictures, and no more than one a second of any. */
static void
ask_again_and_again (HostilePeer *peer)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GBytes) query = newest_query (peer, fr_identity_get_key (peer->rude->identity), 1, 0);

      hostile_peer_say (peer, query);
    }
  g_assert_true (hostile_peer_settle (peer));
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), <, 60);
}

/* Answers */

static FrNewest *
newest (void)
{
  return fr_node_get_newest (ground_victim ());
}

static FrPerson *
find (HostilePeer *peer)
{
  return fr_people_find_key (fr_node_get_people (ground_victim ()), fr_identity_get_key (peer->rude->identity));
}

static gboolean
is_found (gpointer peer)
{
  return find (peer) != NULL;
}

typedef struct
{
  HostilePeer *peer;
  FrQueryId id;
} Wanted;

static gboolean
is_asked (gpointer data)
{
  Wanted *wanted = data;

  for (guint i = 0; i < wanted->peer->frames->len; i++)
    {
      const Freshet__Frame *frame = g_ptr_array_index (wanted->peer->frames, i);
      g_autoptr (Freshet__QueryBody) body = NULL;

      if (frame->body_case != FRESHET__FRAME__BODY_QUERY
          || fr_query_body_parse (frame->query->signed_.data, frame->query->signed_.len, &body) != FR_WIRE_OK
          || body->kind != FRESHET__QUERY_BODY__KIND__KIND_NEWEST)
        continue;
      g_assert_cmpuint (frame->query->ttl, ==, 1);
      g_assert_cmpuint (frame->query->hops, ==, 0);
      fr_query_id_from_signed (&wanted->id, frame->query->signed_.data, frame->query->signed_.len);
      return TRUE;
    }
  return FALSE;
}

/* The victim's person has added it, and so asks it. */
static FrQueryId
be_asked (HostilePeer *peer)
{
  Wanted wanted = { .peer = peer };

  fr_newest_set_patience (newest (), 500);
  fr_test_wait_until (is_found, peer, 5);
  fr_people_accept (fr_node_get_people (ground_victim ()), find (peer));
  fr_test_wait_until (is_asked, &wanted, 10);
  return wanted.id;
}

/* Pictures that are new each time. */
static void
answer (HostilePeer *peer, const FrIdentity *holder, const FrQueryId *id, guint n_items, guint total, guint part)
{
  static guint number;
  Freshet__PeerRecord *record = fr_record_sign (holder, "Mallory", "", "", "", TRUE);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_picture_unref);
  g_autoptr (GBytes) frame = NULL;

  for (guint i = 0; i < n_items; i++)
    {
      FrPicture *picture = fr_picture_new ();

      number++;
      memcpy (picture->id.bytes, &number, sizeof number);
      picture->size = 1000;
      picture->shared_us = G_MAXINT64; /* the newest of all, for good */
      fr_picture_set_text (picture, "From Mallory", "", NULL);
      g_ptr_array_add (pictures, picture);
    }
  frame = fr_hits_pack_part (holder, record, id, 1, pictures, total, part);
  fr_record_free_message (record);
  hostile_peer_say (peer, frame);
}

static guint
count_theirs (HostilePeer *peer)
{
  g_autoptr (GListModel) theirs = fr_newest_of (newest (), find (peer));

  return g_list_model_get_n_items (theirs);
}

static gboolean
has_some (gpointer peer)
{
  return count_theirs (peer) > 0;
}

static gboolean
is_not_asking (gpointer peer)
{
  return fr_newest_get_state (newest (), find (peer)) != FR_NEWEST_ASKING;
}

static void
forget (HostilePeer *peer)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (newest ()));
  guint theirs = count_theirs (peer);

  g_assert_true (hostile_peer_settle (peer));
  fr_people_remove (fr_node_get_people (ground_victim ()), find (peer));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (newest ())), ==, n - theirs);
  fr_newest_set_patience (newest (), FR_NEWEST_PATIENCE_MS);
}

/* Thousands of pictures: sixty are listed, at the place that their day has. */
static void
share_too_much (HostilePeer *peer)
{
  FrQueryId id = be_asked (peer);
  g_autoptr (FrHit) first = NULL;

  for (guint i = 0; i < 100; i++)
    answer (peer, peer->rude->identity, &id, FR_HITS_MAX_ITEMS, 100000, i % FR_HITS_MAX_PARTS);
  fr_test_wait_until (has_some, peer, 10);
  g_assert_true (hostile_peer_settle (peer));
  fr_test_wait_until (is_not_asking, peer, 10);
  g_assert_cmpuint (count_theirs (peer), ==, FR_NEWEST_MOST);
  first = g_list_model_get_item (G_LIST_MODEL (newest ()), 0);
  g_assert_cmpuint (fr_hit_get_shared_day (first), ==, 0); /* of a day that is to come nothing is believed */
  forget (peer);
}

/* What somebody else would share, and an answer to what was never asked. */
static void
answer_for_others (HostilePeer *peer)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();
  FrQueryId id = be_asked (peer), unasked = { { 1, 2, 3 } };

  for (guint i = 0; i < 50; i++)
    {
      answer (peer, other, &id, 20, 20, 0);
      answer (peer, peer->rude->identity, &unasked, 20, 20, 0);
    }
  g_assert_true (hostile_peer_settle (peer));
  fr_test_wait_until (is_not_asking, peer, 10);
  g_assert_cmpint (fr_newest_get_state (newest (), find (peer)), ==, FR_NEWEST_SILENT);
  g_assert_cmpuint (count_theirs (peer), ==, 0);
  forget (peer);
}

/* Nothing at all: that is known in the end, and an answer that comes later still counts. */
static void
answer_late (HostilePeer *peer)
{
  FrQueryId id = be_asked (peer);

  fr_test_wait_until (is_not_asking, peer, 10);
  g_assert_cmpint (fr_newest_get_state (newest (), find (peer)), ==, FR_NEWEST_SILENT);
  g_assert_cmpuint (fr_newest_get_n_silent (newest ()), ==, 1);
  answer (peer, peer->rude->identity, &id, 3, 3, 0);
  fr_test_wait_until (has_some, peer, 10);
  g_assert_cmpint (fr_newest_get_state (newest (), find (peer)), ==, FR_NEWEST_ANSWERED);
  g_assert_cmpuint (count_theirs (peer), ==, 3);
  forget (peer);
}

static const GroundBehaviour behaviours[] = {
  { "pass-on", COMES_LINKED, pass_on, ENDS_FAULT },
  { "pass-on-as-it-came", COMES_LINKED, pass_on_as_it_came, ENDS_FAULT },
  { "ask-beyond", COMES_LINKED, ask_beyond, ENDS_FAULT },
  { "stranger", COMES_LINKED, ask_as_stranger, ENDS_NOT },
  { "again-and-again", COMES_LINKED, ask_again_and_again, ENDS_NOT },
  { "share-too-much", COMES_LINKED, share_too_much, ENDS_ANYHOW },
  { "answer-for-others", COMES_LINKED, answer_for_others, ENDS_ANYHOW },
  { "answer-late", COMES_LINKED, answer_late, ENDS_ANYHOW },
};

void
test_newest_add (void)
{
  ground_add_behaviours ("newest", behaviours, G_N_ELEMENTS (behaviours));
}
