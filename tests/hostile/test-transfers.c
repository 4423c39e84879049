/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-bulk-header.h"
#include "fr-test-support.h"
#include "fr-transfer-limits.h"
#include "hostile-ground.h"
#include "hostile-words.h"
#include "tests.h"

/* Who asks for pictures in order to harm, and who offers them. */

static FrContentId
id_of (GBytes *bytes, GBytes **out_hashes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint n_blocks = fr_content_n_blocks (size);
  FrBlockHash *hashes = g_new (FrBlockHash, n_blocks);
  FrContentId id;

  for (guint i = 0; i < n_blocks; i++)
    fr_content_hash_block (data + (gsize) i * FR_BLOCK_SIZE, MIN (FR_BLOCK_SIZE, size - (gsize) i * FR_BLOCK_SIZE),
                           &hashes[i]);
  fr_content_id_from_blocks (size, hashes, n_blocks, &id);
  if (out_hashes != NULL)
    *out_hashes = g_bytes_new (hashes, n_blocks * sizeof *hashes);
  g_free (hashes);
  return id;
}

static void
get (HostilePeer *peer, guint32 transfer, const void *id, gsize size)
{
  Freshet__Get frame = FRESHET__GET__INIT;

  frame.transfer = transfer;
  frame.content_id = words_binary (id, size);
  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_GET, &frame);
}

/* Asking */

static void
get_everything (HostilePeer *peer)
{
  FrContentId id = { { 1 } };

  for (guint i = 1; i <= 1000; i++)
    {
      memcpy (id.bytes, &i, sizeof i);
      get (peer, i, id.bytes, sizeof id.bytes);
    }
  g_assert_true (hostile_peer_settle (peer));
  hostile_peer_await (peer, FRESHET__FRAME__BODY_REFUSE, 999);
  for (guint i = 0; i < hostile_peer_count (peer, FRESHET__FRAME__BODY_MANIFEST); i++) /* some have waited */
    g_assert_cmpuint (hostile_peer_find (peer, FRESHET__FRAME__BODY_MANIFEST, i)->manifest->place, >, 0);
}

static void
get_nothing (HostilePeer *peer)
{
  get (peer, 1, NULL, 0);
}

/* What is there for its person alone, and what is not there at all, are the same. */
static void
get_restricted (HostilePeer *peer)
{
  static gboolean shared;
  g_autoptr (GBytes) secret = lab_make_picture ("secret", 0);
  FrContentId there = id_of (secret, NULL), not_there = { { 9 } };

  if (!shared)
    lab_share_for (ground_victim (), secret, "Harbour, secret", FR_AUDIENCE_ONLY_ME);
  shared = TRUE;
  get (peer, 1, there.bytes, sizeof there.bytes);
  get (peer, 2, not_there.bytes, sizeof not_there.bytes);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (hostile_peer_await (peer, FRESHET__FRAME__BODY_REFUSE, i)->refuse->reason, ==,
                     FRESHET__REFUSE__REASON__REASON_GONE);
}

static void
get_with_one_number (HostilePeer *peer)
{
  g_autoptr (GBytes) near = lab_make_picture ("near", 0);
  FrContentId id = id_of (near, NULL);

  for (guint i = 0; i < 200; i++)
    get (peer, 1, id.bytes, sizeof id.bytes);
  hostile_peer_await (peer, FRESHET__FRAME__BODY_MANIFEST, 0);
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_MANIFEST), <=, 2);
}

/* Asks for a large picture and never says that it has room: what it is sent is bounded, and so is what waits for it. */
static void
never_make_room (HostilePeer *peer)
{
  static gboolean shared;
  g_autoptr (GBytes) large = lab_make_large_picture (1, 16 * 1024 * 1024);
  const gsize most = FR_TRANSFER_WINDOW * (FR_BLOCK_SIZE + 5 * FR_BULK_HEADER_SIZE);
  FrContentId id = id_of (large, NULL);
  gsize before = 0;

  if (!shared)
    lab_share (ground_victim (), large, "Large");
  shared = TRUE;
  hostile_peer_open_bulk (peer);
  get (peer, 1, id.bytes, sizeof id.bytes);
  hostile_peer_await (peer, FRESHET__FRAME__BODY_MANIFEST, 0);
  do
    {
      const gint64 until_us = g_get_monotonic_time () + 500 * 1000;

      before = peer->n_bulk_bytes;
      while (g_get_monotonic_time () < until_us)
        {
          ground_measure ();
          if (!g_main_context_iteration (NULL, FALSE))
            g_usleep (1000);
        }
    }
  while (peer->n_bulk_bytes > before);
  g_assert_cmpuint (before, >, 0);
  g_assert_cmpuint (before, <=, most);
}

static void
send_pieces_of_nothing (HostilePeer *peer)
{
  g_autofree guint8 *data = g_malloc0 (FR_BULK_DATA_MAX);
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("nonsense", 8);

  hostile_peer_open_bulk (peer);
  for (guint i = 0; i < 300; i++)
    {
      FrBulkHeader header = { .transfer = i, .block = i, .length = FR_BULK_DATA_MAX };
      g_autoptr (GBytes) piece = fr_bulk_pack (&header, data);

      hostile_peer_say_on (peer, peer->bulk, piece);
      hostile_peer_say_on (peer, peer->bulk, nonsense);
    }
}

static void
cancel_everything (HostilePeer *peer)
{
  Freshet__Cancel cancel = FRESHET__CANCEL__INIT;
  Freshet__Done done = FRESHET__DONE__INIT;
  Freshet__More more = FRESHET__MORE__INIT;

  for (guint i = 0; i < 1000; i++)
    {
      cancel.transfer = done.transfer = more.transfer = i;
      cancel.by_holder = i % 2;
      more.stored = 1 + i % 2048;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_CANCEL, &cancel);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_DONE, &done);
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_MORE, &more);
    }
}

/* A session for pictures is good for nothing else. */
static void
search_on_pictures (HostilePeer *peer)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GBytes) query = words_own_query (peer, GROUND_WORDS, 5, 0);

      hostile_peer_say (peer, query);
    }
  get (peer, 1, peer->theirs.bytes, FR_CONTENT_ID_SIZE); /* nothing of that name */
  hostile_peer_await (peer, FRESHET__FRAME__BODY_REFUSE, 0);
  g_assert_cmpuint (hostile_peer_count (peer, FRESHET__FRAME__BODY_HITS), ==, 0);
}

/* Offering: the victim searches, finds what is offered, and fetches it. */

#define BAIT_SIZE (2 * FR_BLOCK_SIZE + 1000)

typedef struct
{
  GBytes *bytes;
  GBytes *hashes;
  FrSearch *search;
  FrFetch *fetch;
  guint32 transfer;
} Bait;

static gboolean
has_hit (gpointer search)
{
  return g_list_model_get_n_items (search) > 0;
}

static void
bait_init (Bait *bait, HostilePeer *peer)
{
  static guint8 n_baits;
  g_autofree char *words = g_strdup_printf ("bait%u", ++n_baits);
  const FrIdentity *identity = peer->rude->identity;
  g_autoptr (GBytes) hits = NULL;
  g_autoptr (FrHit) hit = NULL;
  FrContentId id;
  FrQueryId query;

  hostile_peer_open_bulk (peer);
  bait->bytes = lab_make_large_picture ((guint8) (100 + n_baits), BAIT_SIZE);
  id = id_of (bait->bytes, &bait->hashes);
  bait->search = fr_node_search (ground_victim (), words, NULL);
  words_await_query (peer, words, &query);
  hits = words_hits (identity, identity, NULL, &query, &id, BAIT_SIZE, 0);
  hostile_peer_say (peer, hits);
  fr_test_wait_until (has_hit, bait->search, 10);
  hit = g_list_model_get_item (G_LIST_MODEL (bait->search), 0);
  bait->fetch = fr_node_fetch (ground_victim (), hit, -1);
  bait->transfer = hostile_peer_await (peer, FRESHET__FRAME__BODY_GET, 0)->get->transfer;
}

static void
say_manifest (Bait *bait, HostilePeer *peer, guint64 size, GBytes *hashes)
{
  Freshet__Manifest manifest = FRESHET__MANIFEST__INIT;

  manifest.transfer = bait->transfer;
  manifest.size = size;
  manifest.hashes = words_bytes (hashes);
  hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_MANIFEST, &manifest);
}

static void
send_block (Bait *bait, HostilePeer *peer, guint32 block, guint8 change)
{
  const guint8 *data = g_bytes_get_data (bait->bytes, NULL);
  guint32 length = MIN (FR_BLOCK_SIZE, BAIT_SIZE - block * FR_BLOCK_SIZE);
  g_autofree guint8 *copy = g_memdup2 (data + (gsize) block * FR_BLOCK_SIZE, length);

  copy[length / 2] ^= change;
  for (guint32 at = 0; at < length; at += FR_BULK_DATA_MAX)
    {
      FrBulkHeader header = { .transfer = bait->transfer, .block = block, .offset = at,
                              .length = MIN (length - at, FR_BULK_DATA_MAX) };
      g_autoptr (GBytes) piece = fr_bulk_pack (&header, copy + at);

      hostile_peer_say_on (peer, peer->bulk, piece);
    }
}

static void
assert_fetch_fails (Bait *bait)
{
  fr_test_wait_until (lab_is_over, bait->fetch, 15);
  g_assert_cmpint (fr_fetch_get_state (bait->fetch), ==, FR_FETCH_FAILED);
  g_assert_nonnull (fr_fetch_get_error (bait->fetch));
  fr_search_stop (bait->search);
  g_object_unref (bait->search);
  g_object_unref (bait->fetch);
  g_bytes_unref (bait->bytes);
  g_bytes_unref (bait->hashes);
}

static void
lie_in_the_manifest (HostilePeer *peer)
{
  g_autoptr (GBytes) other = lab_make_large_picture (99, BAIT_SIZE);
  g_autoptr (GBytes) hashes = NULL;
  Bait bait;

  bait_init (&bait, peer);
  id_of (other, &hashes);
  say_manifest (&bait, peer, BAIT_SIZE, hashes);
  assert_fetch_fails (&bait);
}

static void
lie_about_the_size (HostilePeer *peer)
{
  Bait bait;

  bait_init (&bait, peer);
  say_manifest (&bait, peer, BAIT_SIZE - 1, bait.hashes);
  assert_fetch_fails (&bait);
}

static void
send_wrong_block (HostilePeer *peer)
{
  Bait bait;

  bait_init (&bait, peer);
  say_manifest (&bait, peer, BAIT_SIZE, bait.hashes);
  send_block (&bait, peer, 0, 0);
  send_block (&bait, peer, 1, 1);
  assert_fetch_fails (&bait);
}

static void
send_block_twice (HostilePeer *peer)
{
  Bait bait;

  bait_init (&bait, peer);
  say_manifest (&bait, peer, BAIT_SIZE, bait.hashes);
  send_block (&bait, peer, 0, 0);
  send_block (&bait, peer, 0, 0);
  assert_fetch_fails (&bait);
}

static void
send_out_of_order (HostilePeer *peer)
{
  Bait bait;

  bait_init (&bait, peer);
  say_manifest (&bait, peer, BAIT_SIZE, bait.hashes);
  send_block (&bait, peer, 2, 0);
  send_block (&bait, peer, 0, 0);
  assert_fetch_fails (&bait);
}

static void
send_without_end (HostilePeer *peer)
{
  g_autofree guint8 *data = g_malloc0 (FR_BULK_DATA_MAX);
  Bait bait;

  bait_init (&bait, peer);
  for (guint32 i = 0; i < 200; i++) /* before there is a manifest to measure it by */
    {
      FrBulkHeader header = { .transfer = bait.transfer, .block = i, .length = FR_BULK_DATA_MAX };
      g_autoptr (GBytes) piece = fr_bulk_pack (&header, data);

      hostile_peer_say_on (peer, peer->bulk, piece);
    }
  say_manifest (&bait, peer, BAIT_SIZE, bait.hashes);
  assert_fetch_fails (&bait);
}

/* Another picture under the hash of a good one: its preview is not shown, nor is it kept. */
static void
swap_preview (HostilePeer *peer)
{
  g_autoptr (FrSearch) search = fr_node_search (ground_victim (), "swapped", NULL);
  Freshet__Preview preview = FRESHET__PREVIEW__INIT;
  guint8 hash[FR_PREVIEW_HASH_SIZE] = { 1 };
  g_autofree guint8 *data = g_malloc0 (FR_PREVIEW_DATA_MAX_SIZE);
  FrQueryId query;

  words_await_query (peer, "swapped", &query);
  preview.query_id = words_binary (query.bytes, sizeof query.bytes);
  preview.holder = words_binary (fr_identity_get_key (peer->rude->identity)->bytes, FR_PEER_KEY_SIZE);
  preview.hash = words_binary (hash, sizeof hash);
  preview.data = words_binary (data, FR_PREVIEW_DATA_MAX_SIZE);
  for (guint i = 0; i < 100; i++)
    {
      data[0] = (guint8) i;
      hostile_peer_say_frame (peer, FRESHET__FRAME__BODY_PREVIEW, &preview);
    }
  g_assert_true (hostile_peer_settle (peer));
  g_assert_cmpuint (fr_search_get_n_holders (search), ==, 0);
  fr_search_stop (search);
}

static const GroundBehaviour behaviours[] = {
  { "get-everything", COMES_LINKED, get_everything, ENDS_NOT },
  { "get-nothing", COMES_LINKED, get_nothing, ENDS_FAULT },
  { "get-restricted", COMES_LINKED, get_restricted, ENDS_NOT },
  { "get-with-one-number", COMES_LINKED, get_with_one_number, ENDS_NOT },
  { "never-makes-room", COMES_LINKED, never_make_room, ENDS_NOT },
  { "pieces-of-nothing", COMES_LINKED, send_pieces_of_nothing, ENDS_NOT },
  { "cancel-everything", COMES_LINKED, cancel_everything, ENDS_NOT },
  { "search-on-pictures", COMES_FOR_PICTURES, search_on_pictures, ENDS_NOT },
  { "manifest-lies", COMES_LINKED, lie_in_the_manifest, ENDS_NOT },
  { "size-lies", COMES_LINKED, lie_about_the_size, ENDS_NOT },
  { "wrong-block", COMES_LINKED, send_wrong_block, ENDS_NOT },
  { "block-twice", COMES_LINKED, send_block_twice, ENDS_NOT },
  { "blocks-out-of-order", COMES_LINKED, send_out_of_order, ENDS_NOT },
  { "pieces-without-end", COMES_LINKED, send_without_end, ENDS_NOT },
  { "swapped-preview", COMES_LINKED, swap_preview, ENDS_NOT },
};

void
test_transfers_add (void)
{
  ground_add_behaviours ("transfers", behaviours, G_N_ELEMENTS (behaviours));
}
