/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-token-bucket.h"

#include "tests.h"

static void
test_burst_then_rate (void)
{
  FrTokenBucket bucket;

  fr_token_bucket_init (&bucket, 20, 200, 0);
  for (int i = 0; i < 200; i++)
    g_assert_true (fr_token_bucket_take (&bucket, 1, 0));
  g_assert_false (fr_token_bucket_take (&bucket, 1, 0));
  g_assert_false (fr_token_bucket_take (&bucket, 1, 49000));
  g_assert_true (fr_token_bucket_take (&bucket, 1, 50000));
  g_assert_false (fr_token_bucket_take (&bucket, 1, 50000));
}

static void
test_never_over_burst (void)
{
  FrTokenBucket bucket;

  fr_token_bucket_init (&bucket, 1000, 10, 0);
  g_assert_true (fr_token_bucket_take (&bucket, 10, (gint64) 3600 * G_USEC_PER_SEC));
  g_assert_false (fr_token_bucket_take (&bucket, 1, (gint64) 3600 * G_USEC_PER_SEC));
}

static void
test_clock_runs_backwards (void)
{
  FrTokenBucket bucket;

  fr_token_bucket_init (&bucket, 1, 1, 10 * G_USEC_PER_SEC);
  g_assert_true (fr_token_bucket_take (&bucket, 1, 10 * G_USEC_PER_SEC));
  g_assert_false (fr_token_bucket_take (&bucket, 1, 0));
  g_assert_true (fr_token_bucket_take (&bucket, 1, G_USEC_PER_SEC));
}

static void
test_ready_at (void)
{
  FrTokenBucket bucket;
  gint64 ready;

  fr_token_bucket_init (&bucket, 10, 5, 0);
  g_assert_cmpint (fr_token_bucket_ready_at (&bucket, 5, 0), ==, 0);
  g_assert_cmpint (fr_token_bucket_ready_at (&bucket, 6, 0), ==, G_MAXINT64);
  g_assert_true (fr_token_bucket_take (&bucket, 5, 0));
  ready = fr_token_bucket_ready_at (&bucket, 1, 0);
  g_assert_false (fr_token_bucket_take (&bucket, 1, ready - 1000));
  g_assert_true (fr_token_bucket_take (&bucket, 1, ready));
}

void
test_token_bucket_add (void)
{
  g_test_add_func ("/base/token-bucket/burst-then-rate", test_burst_then_rate);
  g_test_add_func ("/base/token-bucket/never-over-burst", test_never_over_burst);
  g_test_add_func ("/base/token-bucket/clock-runs-backwards", test_clock_runs_backwards);
  g_test_add_func ("/base/token-bucket/ready-at", test_ready_at);
}
