/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-rate.h"

#include "tests.h"
#include "transfer-fixture.h"

/* How fast pictures may go: the arithmetic, and both ends that keep to it. */

#define KIB 1024

static void
test_clamps (void)
{
  static const struct
  {
    guint kib, clamped;
  } rows[] = {
    { 0, 0 },
    { 1, FR_RATE_MIN_KIB },
    { FR_RATE_MIN_KIB, FR_RATE_MIN_KIB },
    { FR_RATE_MIN_KIB + 1, FR_RATE_MIN_KIB + 1 },
    { FR_RATE_MAX_KIB, FR_RATE_MAX_KIB },
    { FR_RATE_MAX_KIB + 1, FR_RATE_MAX_KIB },
    { G_MAXUINT, FR_RATE_MAX_KIB },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (fr_rate_clamp (rows[i].kib), ==, rows[i].clamped);
}

static void
test_without_limit (void)
{
  FrRate rate = { 0 };

  for (guint i = 0; i < 1000; i++)
    g_assert_true (fr_rate_take (&rate, FR_RATE_MIN_BURST, 0));
  g_assert_cmpint (fr_rate_ready_at (&rate, FR_RATE_MIN_BURST, 5), ==, 5);
}

/* A burst at once, then as fast as it is set, and a whole block even at the least. */
static void
test_burst_then_rate (void)
{
  FrRate rate = { 0 };
  gint64 ready_us;

  fr_rate_set (&rate, FR_RATE_MIN_KIB, 0);
  g_assert_true (fr_rate_take (&rate, FR_BLOCK_SIZE, 0));
  g_assert_false (fr_rate_take (&rate, 1, 0));
  ready_us = fr_rate_ready_at (&rate, FR_BLOCK_SIZE, 0);
  g_assert_cmpint (ready_us, >=, FR_BLOCK_SIZE / (FR_RATE_MIN_KIB * KIB) * G_USEC_PER_SEC);
  g_assert_cmpint (ready_us, <, (FR_BLOCK_SIZE / (FR_RATE_MIN_KIB * KIB) + 1) * G_USEC_PER_SEC);
  g_assert_false (fr_rate_take (&rate, FR_BLOCK_SIZE, ready_us - 1000));
  g_assert_true (fr_rate_take (&rate, FR_BLOCK_SIZE, ready_us));
}

/* To set it anew gains nothing, and what was saved up is cut to what is less. */
static void
test_changes (void)
{
  FrRate rate = { 0 };

  fr_rate_set (&rate, 1000, 0);
  g_assert_true (fr_rate_take (&rate, FR_RATE_MIN_BURST, 0));
  for (guint i = 0; i < 10; i++)
    {
      fr_rate_set (&rate, 1000 + i, 0);
      g_assert_false (fr_rate_take (&rate, 1, 0));
    }
  fr_rate_set (&rate, 100 * KIB, 0);
  fr_rate_set (&rate, 1000, 60 * G_USEC_PER_SEC);
  g_assert_true (fr_rate_take (&rate, FR_RATE_MIN_BURST, 60 * G_USEC_PER_SEC));
  g_assert_false (fr_rate_take (&rate, 1, 60 * G_USEC_PER_SEC));
  fr_rate_set (&rate, 0, 60 * G_USEC_PER_SEC);
  g_assert_true (fr_rate_take (&rate, FR_RATE_MIN_BURST, 60 * G_USEC_PER_SEC));
}

#define N_TAKEN 400

/* Over any stretch of time no more than the rate, and one burst. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  guint kib = (guint) g_rand_int_range (rand, FR_RATE_MIN_KIB, 4000);
  double burst = MAX (kib * KIB / 4.0, FR_RATE_MIN_BURST);
  FrRate rate = { 0 };
  gint64 at_us[N_TAKEN], now_us = 0;
  gsize bytes[N_TAKEN];

  fr_rate_set (&rate, kib, 0);
  for (guint n = 0; n < N_TAKEN;)
    {
      gsize wanted = (gsize) g_rand_int_range (rand, 1, FR_BULK_DATA_MAX + 1);

      if (g_rand_int_range (rand, 0, 3) == 0)
        now_us += g_rand_int_range (rand, 0, 2 * G_USEC_PER_SEC);
      if (!fr_rate_take (&rate, wanted, now_us))
        {
          now_us = MAX (now_us, fr_rate_ready_at (&rate, wanted, now_us) - g_rand_int_range (rand, 0, 3));
          continue;
        }
      at_us[n] = now_us;
      bytes[n++] = wanted;
    }
  for (guint from = 0; from < N_TAKEN; from++)
    {
      double sum = 0;

      for (guint to = from; to < N_TAKEN; to++)
        {
          sum += (double) bytes[to];
          g_assert_cmpfloat (sum, <=, burst + (double) (at_us[to] - at_us[from]) / G_USEC_PER_SEC * kib * KIB + 1);
        }
    }
}

/* The ends that keep to it: as long as it has to take, and no longer than is bearable. */

#define LIMIT_KIB 2048
#define PICTURE (2 * 1024 * KIB)

static void
assert_time (gint64 began_us, gsize bytes)
{
  gint64 took_us = g_get_monotonic_time () - began_us;
  double burst = LIMIT_KIB * KIB / 4.0;

  g_test_message ("%" G_GSIZE_FORMAT " bytes took %.2f s", bytes, (double) took_us / G_USEC_PER_SEC);
  g_assert_cmpfloat ((double) bytes, <=, burst + (double) took_us / G_USEC_PER_SEC * LIMIT_KIB * KIB);
}

static void
test_up (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (PICTURE);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) download = NULL;
  gint64 began_us = g_get_monotonic_time ();

  fr_upload_queue_set_limit (holder->uploads, LIMIT_KIB);
  download = person_ask (asker, session->asker.port, &id);
  assert_has (download, bytes);
  assert_time (began_us, PICTURE);
}

/* A limit that is taken away lets go of what waits. */
static void
test_up_until_taken_away (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (PICTURE);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) download = NULL;
  gint64 began_us = g_get_monotonic_time ();

  fr_upload_queue_set_limit (holder->uploads, FR_RATE_MIN_KIB);
  download = person_ask (asker, session->asker.port, &id);
  wait_for_state (download, FR_DOWNLOAD_RUNNING);
  fr_upload_queue_set_limit (holder->uploads, 0);
  assert_has (download, bytes);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 30 * G_USEC_PER_SEC); /* 2 minutes with the limit */
}

/* Two who ask get the same. */
static void
test_up_is_fair (void)
{
  g_autoptr (Person) holder = person_new ('h'), first = person_new ('1'), second = person_new ('2');
  g_autoptr (Session) one = session_new (holder, first);
  g_autoptr (Session) other = session_new (holder, second);
  g_autoptr (GBytes) bytes = random_bytes (PICTURE / 2);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) early = NULL, late = NULL;

  fr_upload_queue_set_limit (holder->uploads, LIMIT_KIB);
  early = person_ask (first, one->asker.port, &id);
  late = person_ask (second, other->asker.port, &id);
  assert_has (early, bytes);
  g_assert_cmpuint (other->asker.piece_bytes, >, PICTURE / 4);
  assert_has (late, bytes);
}

static void
test_down (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) downloads = g_ptr_array_new_with_free_func (g_object_unref);
  FrRate *rate = g_rc_box_new0 (FrRate);
  gint64 began_us = g_get_monotonic_time ();

  fr_rate_set (rate, LIMIT_KIB, began_us);
  for (guint i = 0; i < 2; i++)
    {
      GBytes *bytes = random_bytes (PICTURE / 2);
      FrContentId id = person_add (holder, bytes);
      FrDownload *download = fr_download_new (session->asker.port, asker->store, &id, PICTURE / 2);

      g_ptr_array_add (pictures, bytes);
      g_ptr_array_add (downloads, download);
      fr_download_set_rate (download, rate);
      fr_download_start (download);
    }
  for (guint i = 0; i < 2; i++)
    assert_has (downloads->pdata[i], pictures->pdata[i]);
  assert_time (began_us, PICTURE);
  g_rc_box_release (rate);
}

/* Whoever waits for its turn can be given up. */
static void
test_down_is_cancelled (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GBytes) bytes = random_bytes (PICTURE);
  FrContentId id = person_add (holder, bytes);
  g_autoptr (FrDownload) download = fr_download_new (session->asker.port, asker->store, &id, PICTURE);
  FrRate *rate = g_rc_box_new0 (FrRate);

  fr_rate_set (rate, FR_RATE_MIN_KIB, g_get_monotonic_time ());
  fr_download_set_rate (download, rate);
  g_rc_box_release (rate);
  fr_download_start (download);
  wait_for_state (download, FR_DOWNLOAD_RUNNING);
  fr_download_cancel (download);
  assert_failed (download, FR_TRANSFER_ERROR_CANCELLED);
  g_assert_cmpuint (session->asker.piece_bytes, <=, 2 * FR_BLOCK_SIZE);
}

static void
note_news_cb (FrUploadQueue *uploads, const FrUploadNews *news, GArray *all)
{
  g_array_append_val (all, *news);
}

static gboolean
has_arrived (gpointer data)
{
  GArray *all = data;

  return all->len > 0 && g_array_index (all, FrUploadNews, all->len - 1).state == FR_UPLOAD_ARRIVED;
}

/* What is told of an upload: it waits, goes, and has arrived, or not. */
static void
test_news (void)
{
  g_autoptr (Person) holder = person_new ('h'), asker = person_new ('a');
  g_autoptr (Session) session = session_new (holder, asker);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (FrUploadNews));
  g_autoptr (GBytes) bytes = random_bytes (1000);
  FrContentId id = person_add (holder, bytes), other = id;
  g_autoptr (FrDownload) download = NULL;
  const FrUploadNews *last;

  other.bytes[0] ^= 1;
  g_signal_connect (holder->uploads, "news", G_CALLBACK (note_news_cb), all);
  download = person_ask (asker, session->asker.port, &id);
  assert_has (download, bytes);
  fr_test_wait_until (has_arrived, all, 10);
  last = &g_array_index (all, FrUploadNews, all->len - 1);
  g_assert_cmpint (g_array_index (all, FrUploadNews, 0).state, ==, FR_UPLOAD_WAITS);
  g_assert_cmpint (g_array_index (all, FrUploadNews, 1).state, ==, FR_UPLOAD_GOES);
  g_assert_cmpuint (last->done, ==, 1000);
  g_assert_cmpuint (last->total, ==, 1000);
  g_assert_true (fr_content_id_equal (&last->content, &id));
  g_assert_true (fr_peer_key_equal (&last->peer, &asker->key));

  g_array_set_size (all, 0);
  g_clear_object (&download);
  download = person_ask (asker, session->asker.port, &other);
  assert_failed (download, FR_TRANSFER_ERROR_REFUSED_GONE);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (g_array_index (all, FrUploadNews, 1).state, ==, FR_UPLOAD_BROKE_OFF);
  g_signal_handlers_disconnect_by_func (holder->uploads, note_news_cb, all);
}

void
test_rate_add (void)
{
  g_test_add_func ("/transfer/rate/clamps", test_clamps);
  g_test_add_func ("/transfer/rate/without-limit", test_without_limit);
  g_test_add_func ("/transfer/rate/burst-then-rate", test_burst_then_rate);
  g_test_add_func ("/transfer/rate/changes", test_changes);
  g_test_add_func ("/transfer/rate/random", test_random);
  g_test_add_func ("/transfer/rate/up", test_up);
  g_test_add_func ("/transfer/rate/up-until-taken-away", test_up_until_taken_away);
  g_test_add_func ("/transfer/rate/up-is-fair", test_up_is_fair);
  g_test_add_func ("/transfer/rate/down", test_down);
  g_test_add_func ("/transfer/rate/down-is-cancelled", test_down_is_cancelled);
  g_test_add_func ("/transfer/rate/news", test_news);
}
