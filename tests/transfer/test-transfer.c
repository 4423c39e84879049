/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"
#include "transfer-fixture.h"

#define MB 1000000

static void
test_sizes (void)
{
  static const gsize sizes[] = { 1, FR_BLOCK_SIZE, FR_BLOCK_SIZE + 1, 5 * MB };
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  guint64 sent = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bytes = random_bytes (sizes[i]);
      FrContentId id = person_add (holder, bytes);
      g_autoptr (FrDownload) download = fr_download_new (session->asker.port, asker->store, &id, sizes[i]);

      g_assert_cmpint (fr_download_get_state (download), ==, FR_DOWNLOAD_WAITING);
      g_assert_cmpuint (fr_download_get_bytes_total (download), ==, sizes[i]);
      fr_download_start (download);
      assert_has (download, bytes);
      sent += sizes[i];
      g_assert_cmpuint (session->asker.piece_bytes, ==, sent);
      g_assert_cmpuint (fr_transfer_port_get_n_transfers (session->asker.port), ==, 0);
    }
}

typedef struct
{
  FrTransferPort *port;
  guint n_transfers;
} Rest;

static gboolean
is_at_rest (gpointer data)
{
  Rest *rest = data;

  return fr_transfer_port_get_n_transfers (rest->port) == rest->n_transfers;
}

static void
wait_for_transfers (FrTransferPort *port, guint n_transfers)
{
  Rest rest = { .port = port, .n_transfers = n_transfers };

  fr_test_wait_until (is_at_rest, &rest, 10);
}

/* Done ends it for the holder, too. */
static void
test_holder_comes_to_rest (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (1000);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) download = person_ask (asker, session->asker.port, &id);

  assert_has (download, bytes);
  wait_for_transfers (session->holder.port, 0);
  g_assert_cmpuint (fr_upload_queue_get_n_active (holder->uploads), ==, 0);
  g_assert_cmpuint (fr_transfer_port_get_n_ignored (session->holder.port), ==, 0);
  g_assert_cmpuint (fr_transfer_port_get_n_ignored (session->asker.port), ==, 0);
}

/* More than a window, so that the asker has to say that there is room. */
static void
test_larger_than_the_window (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes ((FR_TRANSFER_WINDOW + 10) * FR_BLOCK_SIZE);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) download = person_ask (asker, session->asker.port, &id);

  assert_has (download, bytes);
}

static guint
pieces_of (Session *session, guint32 transfer)
{
  guint n = 0;

  for (guint i = 0; i < session->asker.pieces->len; i++)
    n += g_array_index (session->asker.pieces, FrBulkHeader, i).transfer == transfer;
  return n;
}

/* A small picture does not wait for a large one that is on its way: counted in messages, not in time. */
static void
test_fair (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) large_bytes = random_bytes (5 * MB), small_bytes = random_bytes (100000);
  FrContentId large_id = person_add (holder, large_bytes), small_id = person_add (holder, small_bytes);
  g_autoptr (FrDownload) large = NULL, small = NULL;
  guint n_large = 0, n_small = 0;

  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (session->holder.bulk), TRUE);
  large = person_ask (asker, session->asker.port, &large_id);
  wait_for_state (large, FR_DOWNLOAD_RUNNING);
  small = person_ask (asker, session->asker.port, &small_id);
  wait_for_state (small, FR_DOWNLOAD_RUNNING);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (session->holder.bulk), FALSE);
  assert_has (small, small_bytes);
  assert_has (large, large_bytes);
  for (guint i = 0; n_small < 2; i++)
    *(g_array_index (session->asker.pieces, FrBulkHeader, i).transfer == 1 ? &n_large : &n_small) += 1;
  g_test_message ("%u of %u pieces of the large one came before the last of the small one", n_large,
                  pieces_of (session, 1));
  g_assert_cmpuint (n_large, <, pieces_of (session, 1) / 2);
}

static void
test_several_at_once (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 8; i++)
    {
      GBytes *bytes = random_bytes (100000 * (i + 1));
      FrContentId id = person_add (holder, bytes);

      g_ptr_array_add (pictures, bytes);
      g_ptr_array_add (downloads, person_ask (asker, session->asker.port, &id));
    }
  for (guint i = 0; i < 8; i++)
    assert_has (downloads->pdata[i], pictures->pdata[i]);
}

/* Both ask each other, with the same numbers. */
static void
test_both_ways (void)
{
  g_autoptr (Person) a = person_new ('a'), b = person_new ('b');
  g_autoptr (Session) session = session_new (a, b);
  g_autoptr (GBytes) bytes_a = random_bytes (1 * MB), bytes_b = random_bytes (2 * MB);
  FrContentId id_a = person_add (a, bytes_a), id_b = person_add (b, bytes_b);
  g_autoptr (FrDownload) to_b = person_ask (b, session->asker.port, &id_a);
  g_autoptr (FrDownload) to_a = person_ask (a, session->holder.port, &id_b);

  assert_has (to_b, bytes_a);
  assert_has (to_a, bytes_b);
}

static void
count_cb (guint *n)
{
  *n += 1;
}

/* The asker's side of waiting, with a holder that has time. */
static void
test_place_is_shown (void)
{
  g_autoptr (Person) asker = person_new ('a');
  g_autoptr (Session) session = session_new (NULL, asker);
  g_autoptr (GBytes) bytes = random_bytes (1000), hashes = NULL;
  FrContentId id = content_id_of (bytes, &hashes);
  g_autoptr (FrDownload) download = fr_download_new (session->asker.port, asker->store, &id, 0);
  g_autoptr (Freshet__Frame) get = NULL;
  Freshet__Manifest place = FRESHET__MANIFEST__INIT;
  guint n_places = 0;

  g_signal_connect_swapped (download, "notify::place", G_CALLBACK (count_cb), &n_places);
  _fr_download_set_stall (download, 100 * 1000); /* does not count while it waits in a queue */
  fr_download_start (download);
  get = end_wait_frame (&session->holder, FRESHET__FRAME__BODY_GET);
  place.transfer = get->get->transfer;
  place.place = 7;
  end_send (&session->holder, FRESHET__FRAME__BODY_MANIFEST, &place);
  wait_for_state (download, FR_DOWNLOAD_QUEUED);
  g_assert_cmpuint (fr_download_get_place (download), ==, 7);
  g_assert_false (fr_test_wait_for (is_at_rest, &(Rest) { session->asker.port, 0 }, 0.1));

  end_send_manifest (&session->holder, place.transfer, bytes);
  end_send_piece (&session->holder, place.transfer, 0, 0, g_bytes_get_data (bytes, NULL), 1000);
  assert_has (download, bytes);
  g_assert_cmpuint (fr_download_get_place (download), ==, 0);
  g_assert_cmpuint (n_places, ==, 2);
}

static gboolean
has_some_pieces (gpointer data)
{
  return ((Session *) data)->asker.pieces->len >= 40;
}

static gboolean
has_stored_some (gpointer data)
{
  return fr_download_get_bytes_done (data) > 0;
}

static void
running_cb (FrDownload *download, GParamSpec *pspec, guint64 *done)
{
  if (fr_download_get_state (download) == FR_DOWNLOAD_RUNNING)
    *done = fr_download_get_bytes_done (download);
}

/* The session ends half-way: what has come is kept, and only the rest is sent the next time. */
static void
test_resume (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) first = session_new (holder, asker), second = NULL;
  g_autoptr (GBytes) bytes = random_bytes (5 * MB);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) broken = person_ask (asker, first->asker.port, &id), resumed = NULL;
  guint64 done = 0;

  fr_test_wait_until (has_some_pieces, first, 10);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (first->holder.bulk), TRUE);
  fr_test_wait_until (has_stored_some, broken, 10);
  session_end (first);
  assert_failed (broken, FR_TRANSFER_ERROR_PEER_GONE);
  g_assert_true (fr_transfer_port_is_closed (first->asker.port));
  g_assert_cmpuint (fr_upload_queue_get_n_active (holder->uploads), ==, 0);
  g_assert_cmpuint (first->asker.piece_bytes, <, 5 * MB);

  second = session_new (holder, asker);
  resumed = fr_download_new (second->asker.port, asker->store, &id, 0);
  g_signal_connect (resumed, "notify::state", G_CALLBACK (running_cb), &done);
  fr_download_start (resumed);
  assert_has (resumed, bytes);
  g_test_message ("%" G_GUINT64_FORMAT " bytes were there", done);
  g_assert_cmpuint (done, >=, fr_download_get_bytes_done (broken));
  g_assert_cmpuint (done, >, 0);
  g_assert_cmpuint (second->asker.piece_bytes, ==, 5 * MB - done);
}

static void
test_refused (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) unknown = random_bytes (10), unknown_hashes = NULL;
  g_autoptr (GBytes) hidden = random_bytes (10), gone = random_bytes (10);
  FrContentId ids[3];

  ids[0] = content_id_of (unknown, &unknown_hashes);
  ids[1] = person_add_hidden (holder, hidden);
  ids[2] = person_add (holder, gone);
  person_remove (holder, &ids[2]);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (FrDownload) download = person_ask (asker, session->asker.port, &ids[i]);

      assert_failed (download, FR_TRANSFER_ERROR_REFUSED_GONE);
      g_assert_cmpuint (fr_upload_queue_get_n_active (holder->uploads), ==, 0);
    }
}

/* Who may have a picture is decided by the key that the session has proved, each time that it is asked for. */
static void
test_audience (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (10);
  const FrContentId id = person_add_for_contacts (holder, bytes);
  g_autoptr (FrDownload) refused = person_ask (asker, session->asker.port, &id);
  g_autoptr (FrDownload) done = NULL;

  assert_failed (refused, FR_TRANSFER_ERROR_REFUSED_GONE);
  person_add_contact (holder, &asker->key);
  done = person_ask (asker, session->asker.port, &id);
  assert_has (done, bytes);
}

/* Left for later: what has come is kept. */
static void
test_asker_leaves (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (5 * MB);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) left = person_ask (asker, session->asker.port, &id), again = NULL;
  guint64 done = 0;

  fr_test_wait_until (has_some_pieces, session, 10);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (session->holder.bulk), TRUE);
  fr_test_wait_until (has_stored_some, left, 10);
  fr_download_leave (left);
  fr_download_leave (left);
  assert_failed (left, FR_TRANSFER_ERROR_CANCELLED);
  fr_memory_channel_set_held (FR_MEMORY_CHANNEL (session->holder.bulk), FALSE);
  wait_for_transfers (session->holder.port, 0);
  again = fr_download_new (session->asker.port, asker->store, &id, 0);
  g_signal_connect (again, "notify::state", G_CALLBACK (running_cb), &done);
  fr_download_start (again);
  assert_has (again, bytes);
  g_assert_cmpuint (done, >, 0);
}

static void
test_asker_cancels (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (5 * MB);
  FrContentId id = person_add (holder, bytes), other_id = { { 1 } };
  g_autoptr (FrDownload) before = NULL, early = NULL, late = NULL, again = NULL;
  guint64 done = 0;

  before = fr_download_new (session->asker.port, asker->store, &id, 0);
  fr_download_cancel (before);
  assert_failed (before, FR_TRANSFER_ERROR_CANCELLED);
  fr_download_start (before); /* too late */

  early = person_ask (asker, session->asker.port, &other_id); /* while the store still looks */
  fr_download_cancel (early);
  assert_failed (early, FR_TRANSFER_ERROR_CANCELLED);

  late = person_ask (asker, session->asker.port, &id);
  fr_test_wait_until (has_some_pieces, session, 10);
  fr_download_cancel (late);
  fr_download_cancel (late);
  assert_failed (late, FR_TRANSFER_ERROR_CANCELLED);
  wait_for_transfers (session->holder.port, 0);
  g_assert_cmpuint (session->asker.piece_bytes, <, 5 * MB);

  /* Nothing was kept. */
  again = fr_download_new (session->asker.port, asker->store, &id, 0);
  g_signal_connect (again, "notify::state", G_CALLBACK (running_cb), &done);
  fr_download_start (again);
  assert_has (again, bytes);
  g_assert_cmpuint (done, ==, 0);
}

static gboolean
has_ended (gpointer data)
{
  return fr_download_get_state (data) >= FR_DOWNLOAD_DONE;
}

/* One of two wins; the other says that it cannot be, and does no harm. */
static void
test_same_twice (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (1 * MB);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) one = person_ask (asker, session->asker.port, &id);
  g_autoptr (FrDownload) two = person_ask (asker, session->asker.port, &id);
  FrDownload *done, *failed;

  fr_test_wait_until (has_ended, one, 10);
  fr_test_wait_until (has_ended, two, 10);
  done = fr_download_get_error (one) == NULL ? one : two;
  failed = done == one ? two : one;
  assert_has (done, bytes);
  assert_failed (failed, FR_TRANSFER_ERROR_STORE);
}

static void
test_port_is_closed (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (10);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) download = NULL;

  fr_transfer_port_close (session->asker.port);
  fr_transfer_port_close (session->asker.port);
  download = person_ask (asker, session->asker.port, &id);
  assert_failed (download, FR_TRANSFER_ERROR_PEER_GONE);
}

/* What is asked for before the holder has its bulk channel waits for it. */
static void
test_bulk_comes_later (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (NULL, asker);
  g_autoptr (FrTransferPort) port = fr_transfer_port_new (session->holder.control, &asker->key);
  g_autoptr (GBytes) bytes = random_bytes (1 * MB);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) download = NULL;

  session->holder.port = g_object_ref (port);
  fr_upload_queue_add_port (holder->uploads, port);
  download = person_ask (asker, session->asker.port, &id);
  wait_for_state (download, FR_DOWNLOAD_RUNNING);
  g_assert_cmpuint (session->asker.pieces->len, ==, 0);
  fr_transfer_port_set_bulk (port, session->holder.bulk);
  assert_has (download, bytes);
}

void
test_transfer_add (void)
{
  g_test_add_func ("/transfer/sizes", test_sizes);
  g_test_add_func ("/transfer/holder-comes-to-rest", test_holder_comes_to_rest);
  g_test_add_func ("/transfer/larger-than-the-window", test_larger_than_the_window);
  g_test_add_func ("/transfer/fair", test_fair);
  g_test_add_func ("/transfer/several-at-once", test_several_at_once);
  g_test_add_func ("/transfer/both-ways", test_both_ways);
  g_test_add_func ("/transfer/place-is-shown", test_place_is_shown);
  g_test_add_func ("/transfer/resume", test_resume);
  g_test_add_func ("/transfer/refused", test_refused);
  g_test_add_func ("/transfer/audience", test_audience);
  g_test_add_func ("/transfer/asker-leaves", test_asker_leaves);
  g_test_add_func ("/transfer/asker-cancels", test_asker_cancels);
  g_test_add_func ("/transfer/same-twice", test_same_twice);
  g_test_add_func ("/transfer/port-is-closed", test_port_is_closed);
  g_test_add_func ("/transfer/bulk-comes-later", test_bulk_comes_later);
}
