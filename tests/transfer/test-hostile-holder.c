/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "tests.h"
#include "transfer-fixture.h"

/* A holder that the test plays, asked for a picture of three blocks, the last one of 1,000 bytes. */

#define SIZE (2 * FR_BLOCK_SIZE + 1000)

typedef struct
{
  Person *asker;
  Session *session;
  GBytes *bytes;
  FrDownload *download;
  guint32 transfer;
} Case;

static void
ask (Case *self, guint64 expected_size)
{
  g_autoptr (Freshet__Frame) get = NULL;
  g_autoptr (GBytes) hashes = NULL;
  FrContentId id = content_id_of (self->bytes, &hashes);

  self->download = fr_download_new (self->session->asker.port, self->asker->store, &id, expected_size);
  fr_download_start (self->download);
  get = end_wait_frame (&self->session->holder, FRESHET__FRAME__BODY_GET);
  g_assert_cmpmem (get->get->content_id.data, get->get->content_id.len, id.bytes, sizeof id.bytes);
  g_assert_cmpuint (get->get->have.len, ==, 0);
  self->transfer = get->get->transfer;
}

static Case *
case_new (guint64 expected_size)
{
  Case *self = g_new0 (Case, 1);

  self->asker = person_new ('a');
  self->session = session_new (NULL, self->asker);
  self->bytes = random_bytes (SIZE);
  ask (self, expected_size);
  return self;
}

static void
case_free (Case *self)
{
  g_object_unref (self->download);
  session_free (self->session);
  person_free (self->asker);
  g_bytes_unref (self->bytes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Case, case_free)

static End *
holder (Case *self)
{
  return &self->session->holder;
}

static void
piece (Case *self, guint32 block, guint32 offset, guint32 length)
{
  const guint8 *data = g_bytes_get_data (self->bytes, NULL);

  end_send_piece (holder (self), self->transfer, block, offset, data + (gsize) block * FR_BLOCK_SIZE + offset, length);
}

static void
block (Case *self, guint32 number)
{
  guint32 length = (guint32) fr_block_length (SIZE, number);

  for (guint32 at = 0; at < length; at += FR_BULK_DATA_MAX)
    piece (self, number, at, MIN (length - at, FR_BULK_DATA_MAX));
}

static void
assert_cancelled (Case *self)
{
  g_autoptr (Freshet__Frame) cancel = end_wait_frame (holder (self), FRESHET__FRAME__BODY_CANCEL);

  g_assert_cmpuint (cancel->cancel->transfer, ==, self->transfer);
  g_assert_false (cancel->cancel->by_holder);
}

/* After what was wrong, nothing is kept: the next Get has no have-map, and an honest holder is believed again. */
static void
assert_nothing_kept (Case *self)
{
  g_clear_object (&self->download);
  ask (self, SIZE);
  end_send_manifest (holder (self), self->transfer, self->bytes);
  for (guint32 i = 0; i < 3; i++)
    block (self, i);
  assert_has (self->download, self->bytes);
}

static void
test_honest (void)
{
  g_autoptr (Case) self = case_new (SIZE);
  g_autoptr (Freshet__Frame) done = NULL;

  end_send_manifest (holder (self), self->transfer, self->bytes);
  for (guint32 i = 0; i < 3; i++)
    block (self, i);
  assert_has (self->download, self->bytes);
  done = end_wait_frame (holder (self), FRESHET__FRAME__BODY_DONE);
  g_assert_cmpuint (done->done->transfer, ==, self->transfer);
}

static void
test_wrong_block (void)
{
  g_autoptr (Case) self = case_new (SIZE);
  g_autofree guint8 *wrong = g_malloc0 (FR_BULK_DATA_MAX);

  end_send_manifest (holder (self), self->transfer, self->bytes);
  block (self, 0);
  for (guint32 at = 0; at < FR_BLOCK_SIZE; at += FR_BULK_DATA_MAX)
    end_send_piece (holder (self), self->transfer, 1, at, wrong, MIN (FR_BLOCK_SIZE - at, FR_BULK_DATA_MAX));
  assert_failed (self->download, FR_TRANSFER_ERROR_WRONG_BLOCK);
  assert_cancelled (self);
  assert_nothing_kept (self);
}

static void
test_wrong_manifest (void)
{
  g_autoptr (Case) self = case_new (0);
  g_autoptr (GBytes) other = random_bytes (SIZE);

  end_send_manifest (holder (self), self->transfer, other);
  assert_failed (self->download, FR_TRANSFER_ERROR_WRONG_MANIFEST);
  assert_cancelled (self);
  assert_nothing_kept (self);
}

/* The hit said one size, the manifest another; the hashes are right. */
static void
test_lying_size (void)
{
  g_autoptr (Case) self = case_new (SIZE - 1);

  end_send_manifest (holder (self), self->transfer, self->bytes);
  assert_failed (self->download, FR_TRANSFER_ERROR_WRONG_MANIFEST);
  assert_cancelled (self);
  assert_nothing_kept (self);
}

/* The list of blocks is right, the size that comes with it is not. */
static void
test_lying_manifest (void)
{
  g_autoptr (Case) self = case_new (0);
  g_autoptr (GBytes) hashes = NULL;
  Freshet__Manifest manifest = FRESHET__MANIFEST__INIT;

  content_id_of (self->bytes, &hashes);
  manifest.transfer = self->transfer;
  manifest.size = SIZE + 1;
  manifest.hashes.data = (guint8 *) g_bytes_get_data (hashes, &manifest.hashes.len);
  end_send (holder (self), FRESHET__FRAME__BODY_MANIFEST, &manifest);
  assert_failed (self->download, FR_TRANSFER_ERROR_WRONG_MANIFEST);
  assert_nothing_kept (self);
}

/* What follows the first whole block and 1,000 bytes of the second. */
static void
test_wrong_pieces (void)
{
  static const struct
  {
    const char *what;
    guint32 block, offset, length;
  } rows[] = {
    { "a block twice", 0, 0, 1000 },
    { "a piece twice", 1, 0, 1000 },
    { "a hole", 1, 2000, 1000 },
    { "a short block", 2, 0, 1000 },
    { "no such block", 3, 0, 1000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Case) self = case_new (SIZE);
      guint8 data[1000] = { 0 };

      g_test_message ("%s", rows[i].what);
      end_send_manifest (holder (self), self->transfer, self->bytes);
      block (self, 0);
      piece (self, 1, 0, 1000);
      end_send_piece (holder (self), self->transfer, rows[i].block, rows[i].offset, data, rows[i].length);
      assert_failed (self->download, FR_TRANSFER_ERROR_WRONG_BLOCK);
      assert_cancelled (self);
      assert_nothing_kept (self);
    }
}

static void
test_bytes_past_the_end (void)
{
  g_autoptr (Case) self = case_new (SIZE);
  guint8 data[1001] = { 0 };

  end_send_manifest (holder (self), self->transfer, self->bytes);
  block (self, 0);
  block (self, 1);
  end_send_piece (holder (self), self->transfer, 2, 0, data, sizeof data);
  assert_failed (self->download, FR_TRANSFER_ERROR_WRONG_BLOCK);
  assert_nothing_kept (self);
}

/* A short file: the rest never comes. What has come was right, and is asked for no more. */
static void
test_stops_half_way (void)
{
  g_autoptr (Person) asker = person_new ('a');
  g_autoptr (Session) session = session_new (NULL, asker);
  g_autoptr (GBytes) bytes = random_bytes (SIZE), hashes = NULL;
  FrContentId id = content_id_of (bytes, &hashes);
  g_autoptr (FrDownload) download = fr_download_new (session->asker.port, asker->store, &id, SIZE), again = NULL;
  g_autoptr (Freshet__Frame) get = NULL, second = NULL;
  Case self = { .session = session, .bytes = bytes };

  _fr_download_set_stall (download, 200 * 1000);
  fr_download_start (download);
  get = end_wait_frame (&session->holder, FRESHET__FRAME__BODY_GET);
  self.transfer = get->get->transfer;
  end_send_manifest (&session->holder, self.transfer, bytes);
  block (&self, 0);
  piece (&self, 1, 0, 1000);
  assert_failed (download, FR_TRANSFER_ERROR_TIMEOUT);
  assert_cancelled (&self);

  again = person_ask (asker, session->asker.port, &id);
  second = end_wait_frame (&session->holder, FRESHET__FRAME__BODY_GET);
  g_assert_cmpmem (second->get->have.data, second->get->have.len, "\x01", 1);
}

static void
test_says_nothing (void)
{
  g_autoptr (Person) asker = person_new ('a');
  g_autoptr (Session) session = session_new (NULL, asker);
  FrContentId id = { { 1 } };
  g_autoptr (FrDownload) download = fr_download_new (session->asker.port, asker->store, &id, 0);

  _fr_download_set_stall (download, 50 * 1000);
  fr_download_start (download);
  assert_failed (download, FR_TRANSFER_ERROR_TIMEOUT);
}

static void
test_refuses (void)
{
  static const struct
  {
    int reason;
    FrTransferError code;
  } rows[] = {
    { FRESHET__REFUSE__REASON__REASON_NONE, FR_TRANSFER_ERROR_REFUSED_BROKEN },
    { FRESHET__REFUSE__REASON__REASON_GONE, FR_TRANSFER_ERROR_REFUSED_GONE },
    { FRESHET__REFUSE__REASON__REASON_BUSY, FR_TRANSFER_ERROR_REFUSED_BUSY },
    { FRESHET__REFUSE__REASON__REASON_FORM, FR_TRANSFER_ERROR_REFUSED_BROKEN },
    { FRESHET__REFUSE__REASON__REASON_FAULT, FR_TRANSFER_ERROR_REFUSED_BROKEN },
    { FRESHET__REFUSE__REASON__REASON_BROKEN, FR_TRANSFER_ERROR_REFUSED_BROKEN },
    { 1000, FR_TRANSFER_ERROR_REFUSED_BROKEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Case) self = case_new (SIZE);
      Freshet__Refuse refuse = FRESHET__REFUSE__INIT;

      refuse.transfer = self->transfer;
      refuse.reason = rows[i].reason;
      if (i % 2 == 0) /* half-way through, too */
        end_send_manifest (holder (self), self->transfer, self->bytes);
      end_send (holder (self), FRESHET__FRAME__BODY_REFUSE, &refuse);
      assert_failed (self->download, rows[i].code);
    }
}

static void
test_cancels (void)
{
  g_autoptr (Case) self = case_new (SIZE);

  end_send_manifest (holder (self), self->transfer, self->bytes);
  end_send_cancel (holder (self), self->transfer, FALSE); /* of a transfer of its own, which there is not */
  wait_for_state (self->download, FR_DOWNLOAD_RUNNING);
  end_send_cancel (holder (self), self->transfer, TRUE);
  assert_failed (self->download, FR_TRANSFER_ERROR_CANCELLED);
  g_assert_cmpuint (fr_transfer_port_get_n_ignored (self->session->asker.port), ==, 1);
}

/* The channels are not in step: pieces may come before the manifest. */
static void
test_pieces_first (void)
{
  g_autoptr (Case) self = case_new (SIZE);

  for (guint32 i = 0; i < 3; i++)
    block (self, i);
  end_wait_pieces (&self->session->asker, 11);
  end_send_manifest (holder (self), self->transfer, self->bytes);
  assert_has (self->download, self->bytes);
}

static gboolean
has_ignored_six (gpointer data)
{
  return fr_transfer_port_get_n_ignored (data) == 6;
}

/* What belongs to no transfer harms none. */
static void
test_unknown_transfers (void)
{
  g_autoptr (Case) self = case_new (SIZE);
  g_autoptr (GBytes) no_piece = g_bytes_new_static ("no piece", 8);
  Freshet__Refuse refuse = FRESHET__REFUSE__INIT;
  End *end = holder (self);

  refuse.transfer = self->transfer + 1;
  end_send (end, FRESHET__FRAME__BODY_REFUSE, &refuse);
  end_send_manifest (end, self->transfer + 1, self->bytes);
  end_send_manifest (end, 0, self->bytes);
  end_send_cancel (end, G_MAXUINT32, TRUE);
  end_send_piece (end, self->transfer + 1, 0, 0, g_bytes_get_data (self->bytes, NULL), 1000);
  g_assert_true (fr_channel_send (end->bulk, no_piece, NULL));
  fr_test_wait_until (has_ignored_six, self->session->asker.port, 5);
  end_send_manifest (end, self->transfer, self->bytes);
  for (guint32 i = 0; i < 3; i++)
    block (self, i);
  assert_has (self->download, self->bytes);
}

void
test_hostile_holder_add (void)
{
  g_test_add_func ("/transfer/hostile-holder/honest", test_honest);
  g_test_add_func ("/transfer/hostile-holder/wrong-block", test_wrong_block);
  g_test_add_func ("/transfer/hostile-holder/wrong-manifest", test_wrong_manifest);
  g_test_add_func ("/transfer/hostile-holder/lying-size", test_lying_size);
  g_test_add_func ("/transfer/hostile-holder/lying-manifest", test_lying_manifest);
  g_test_add_func ("/transfer/hostile-holder/wrong-pieces", test_wrong_pieces);
  g_test_add_func ("/transfer/hostile-holder/bytes-past-the-end", test_bytes_past_the_end);
  g_test_add_func ("/transfer/hostile-holder/stops-half-way", test_stops_half_way);
  g_test_add_func ("/transfer/hostile-holder/says-nothing", test_says_nothing);
  g_test_add_func ("/transfer/hostile-holder/refuses", test_refuses);
  g_test_add_func ("/transfer/hostile-holder/cancels", test_cancels);
  g_test_add_func ("/transfer/hostile-holder/pieces-first", test_pieces_first);
  g_test_add_func ("/transfer/hostile-holder/unknown-transfers", test_unknown_transfers);
}
