/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-upload-plan.h"

#include "tests.h"

#define STALL (30 * (gint64) G_USEC_PER_SEC)
#define MIB (1024 * 1024)

static const FrBlockSet nothing;

static FrPeerKey
peer (guint8 number)
{
  return (FrPeerKey) { { number } };
}

static FrUploadId
add (FrUploadPlan *plan, guint8 number, gint64 now_us)
{
  FrPeerKey key = peer (number);

  return fr_upload_plan_add (plan, number, &key, now_us);
}

static void
assert_action (FrUploadPlan *plan, FrUploadActionType type, FrUploadId id, guint number)
{
  FrUploadAction action;

  g_assert_true (fr_upload_plan_next_action (plan, &action));
  g_assert_cmpint (action.type, ==, type);
  g_assert_cmpuint (action.id, ==, id);
  if (type == FR_UPLOAD_PLACE)
    g_assert_cmpuint (action.place, ==, number);
  if (type == FR_UPLOAD_READ)
    g_assert_cmpuint (action.block, ==, number);
}

static void
assert_no_action (FrUploadPlan *plan)
{
  FrUploadAction action;

  g_assert_false (fr_upload_plan_next_action (plan, &action));
}

static void
drop_actions (FrUploadPlan *plan)
{
  FrUploadAction action;

  while (fr_upload_plan_next_action (plan, &action))
    ;
}

/* As a store that answers at once. */
static void
answer_reads (FrUploadPlan *plan)
{
  FrUploadAction action;

  while (fr_upload_plan_next_action (plan, &action))
    if (action.type == FR_UPLOAD_READ)
      fr_upload_plan_read (plan, action.id, action.block, 0);
}

/* Sends until nothing is ready, and counts the bytes. */
static guint64
send_all (FrUploadPlan *plan, guint32 lane)
{
  FrUploadPiece piece;
  guint64 sent = 0;

  answer_reads (plan);
  while (fr_upload_plan_next_piece (plan, lane, 0, &piece))
    {
      g_assert_cmpuint (piece.length, >, 0);
      g_assert_cmpuint (piece.length, <=, FR_BULK_DATA_MAX);
      sent += piece.length;
      answer_reads (plan);
    }
  return sent;
}

static void
test_slots (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId a[3], b[2], c;

  a[0] = add (plan, 'a', 0);
  a[1] = add (plan, 'a', 0);
  a[2] = add (plan, 'a', 0); /* two a peer */
  b[0] = add (plan, 'b', 0); /* does not wait for the third of a */
  b[1] = add (plan, 'b', 0);
  c = add (plan, 'c', 0);    /* four in all */
  assert_action (plan, FR_UPLOAD_START, a[0], 0);
  assert_action (plan, FR_UPLOAD_START, a[1], 0);
  assert_action (plan, FR_UPLOAD_PLACE, a[2], 1);
  assert_action (plan, FR_UPLOAD_START, b[0], 0);
  assert_action (plan, FR_UPLOAD_START, b[1], 0);
  assert_action (plan, FR_UPLOAD_PLACE, c, 2);
  assert_no_action (plan);
  g_assert_cmpuint (fr_upload_plan_count_active (plan), ==, FR_UPLOAD_MAX_ACTIVE);

  fr_upload_plan_remove (plan, b[0], 0); /* a has two already: c is next */
  assert_action (plan, FR_UPLOAD_START, c, 0);
  assert_no_action (plan);
  fr_upload_plan_remove (plan, a[1], 0);
  assert_action (plan, FR_UPLOAD_START, a[2], 0);
  assert_no_action (plan);
  g_assert_cmpuint (fr_upload_plan_count_queued (plan), ==, 0);
}

static void
test_queue_is_full (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId first = 0;

  for (guint8 number = 1; number <= FR_UPLOAD_MAX_ACTIVE; number++)
    g_assert_cmpuint (add (plan, number, 0), !=, 0);
  for (guint i = 0; i < FR_UPLOAD_MAX_QUEUED; i++)
    {
      FrUploadId id = add (plan, (guint8) (10 + i), 0);

      g_assert_cmpuint (id, !=, 0);
      first = first == 0 ? id : first;
    }
  g_assert_cmpuint (fr_upload_plan_count_queued (plan), ==, 100);
  g_assert_cmpuint (add (plan, 200, 0), ==, 0);
  g_assert_cmpuint (fr_upload_plan_count_queued (plan), ==, 100);

  fr_upload_plan_remove (plan, first, 0);
  g_assert_cmpuint (add (plan, 200, 0), !=, 0);
  g_assert_cmpuint (add (plan, 201, 0), ==, 0);
}

static void
test_queue_of_one_peer (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);

  for (guint i = 0; i < FR_UPLOAD_MAX_ACTIVE_PEER + FR_UPLOAD_MAX_QUEUED_PEER; i++)
    g_assert_cmpuint (add (plan, 'a', 0), !=, 0);
  g_assert_cmpuint (add (plan, 'a', 0), ==, 0);
  g_assert_cmpuint (add (plan, 'b', 0), !=, 0);
}

static void
test_places (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId id[5];

  for (guint i = 0; i < 5; i++)
    id[i] = add (plan, 'a', 0);
  drop_actions (plan);
  g_assert_cmpint (fr_upload_plan_next_deadline (plan), ==, STALL);

  fr_upload_plan_remove (plan, id[3], 1);
  g_assert_cmpint (fr_upload_plan_next_deadline (plan), ==, 1);
  fr_upload_plan_tick (plan, 1);
  assert_action (plan, FR_UPLOAD_PLACE, id[4], 2); /* the one before it has its old place */
  assert_no_action (plan);

  /* However fast others come and go, there is one message a second for those who wait. */
  fr_upload_plan_remove (plan, id[0], 2);
  assert_action (plan, FR_UPLOAD_START, id[2], 0);
  fr_upload_plan_tick (plan, FR_UPLOAD_PLACES_INTERVAL_US);
  assert_no_action (plan);
  g_assert_cmpint (fr_upload_plan_next_deadline (plan), ==, FR_UPLOAD_PLACES_INTERVAL_US + 1);
  fr_upload_plan_tick (plan, FR_UPLOAD_PLACES_INTERVAL_US + 1);
  assert_action (plan, FR_UPLOAD_PLACE, id[4], 1);
  assert_no_action (plan);
}

static void
test_pieces (void)
{
  static const struct
  {
    guint64 size;
    guint n_pieces;
    guint32 last_length;
  } rows[] = {
    { 1, 1, 1 },
    { FR_BULK_DATA_MAX, 1, FR_BULK_DATA_MAX },
    { FR_BULK_DATA_MAX + 1, 2, 1 },
    { FR_BLOCK_SIZE, 5, 16 * 1024 },
    { FR_BLOCK_SIZE + 1, 6, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
      FrUploadId id = add (plan, 'a', 0);
      FrUploadPiece piece = { 0 };
      guint64 at = 0;

      fr_upload_plan_begin (plan, id, rows[i].size, &nothing, 0);
      g_assert_false (fr_upload_plan_next_piece (plan, 'a', 0, &piece)); /* nothing is read yet */
      answer_reads (plan);
      g_assert_false (fr_upload_plan_next_piece (plan, 'b', 0, &piece)); /* another lane */
      for (guint n = 0; n < rows[i].n_pieces; n++)
        {
          g_assert_true (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
          g_assert_cmpuint ((guint64) piece.block * FR_BLOCK_SIZE + piece.offset, ==, at);
          at += piece.length;
          g_assert_cmpint (piece.ends_block, ==, at % FR_BLOCK_SIZE == 0 || at == rows[i].size);
        }
      g_assert_false (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
      g_assert_cmpuint (piece.length, ==, rows[i].last_length);
      g_assert_cmpuint (at, ==, rows[i].size);
    }
}

static void
test_reads_two_blocks_ahead (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId id = add (plan, 'a', 0);
  FrUploadPiece piece;

  assert_action (plan, FR_UPLOAD_START, id, 0);
  fr_upload_plan_begin (plan, id, 3 * FR_BLOCK_SIZE, &nothing, 0);
  assert_action (plan, FR_UPLOAD_READ, id, 0);
  assert_action (plan, FR_UPLOAD_READ, id, 1);
  assert_no_action (plan);
  fr_upload_plan_read (plan, id, 0, 0);
  for (guint i = 0; i < 5; i++)
    {
      assert_no_action (plan);
      g_assert_true (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
    }
  assert_action (plan, FR_UPLOAD_READ, id, 2);
  g_assert_false (fr_upload_plan_next_piece (plan, 'a', 0, &piece)); /* the second is not there yet */
}

static void
test_reads_out_of_order (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId id = add (plan, 'a', 0);
  FrUploadPiece piece;

  fr_upload_plan_begin (plan, id, FR_BLOCK_SIZE + 1, &nothing, 0);
  drop_actions (plan);
  fr_upload_plan_read (plan, id, 1, 0);
  g_assert_false (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
  fr_upload_plan_read (plan, id, 0, 0);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_true (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
      g_assert_cmpuint (piece.block, ==, i < 5 ? 0 : 1);
    }
}

static void
test_have_map (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId id = add (plan, 'a', 0), whole = add (plan, 'a', 0);
  FrBlockSet have = { { 0 } };

  drop_actions (plan);
  fr_block_set_add (&have, 0);
  fr_block_set_add (&have, 2);
  fr_upload_plan_begin (plan, id, 4 * FR_BLOCK_SIZE, &have, 0);
  assert_action (plan, FR_UPLOAD_READ, id, 1);
  assert_action (plan, FR_UPLOAD_READ, id, 3);
  fr_upload_plan_read (plan, id, 1, 0);
  fr_upload_plan_read (plan, id, 3, 0);
  g_assert_cmpuint (send_all (plan, 'a'), ==, 2 * FR_BLOCK_SIZE);

  fr_upload_plan_begin (plan, whole, 1, &have, 0);
  assert_no_action (plan);
  g_assert_cmpuint (send_all (plan, 'a'), ==, 0);
}

/* A small picture that is asked for after a large one is through when as much of the large one has gone, not all. */
static void
test_takes_turns (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId large = add (plan, 'a', 0), small = add (plan, 'a', 0);
  FrUploadPiece piece;
  guint n_large = 0, n_small = 0;

  fr_upload_plan_begin (plan, large, 5 * MIB, &nothing, 0);
  answer_reads (plan);
  g_assert_true (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
  fr_upload_plan_begin (plan, small, FR_BLOCK_SIZE, &nothing, 0);
  answer_reads (plan);
  while (n_small < 5)
    {
      g_assert_true (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
      *(piece.id == small ? &n_small : &n_large) += 1;
      answer_reads (plan);
    }
  g_assert_cmpuint (n_large, <=, 5);
}

static void
test_window (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId id = add (plan, 'a', 0);

  fr_upload_plan_begin (plan, id, 20 * MIB, &nothing, 0);
  g_assert_cmpuint (send_all (plan, 'a'), ==, (guint64) FR_TRANSFER_WINDOW * FR_BLOCK_SIZE);
  g_assert_true (fr_upload_plan_more (plan, id, 1, 0));
  g_assert_cmpuint (send_all (plan, 'a'), ==, FR_BLOCK_SIZE);
  g_assert_true (fr_upload_plan_more (plan, id, FR_TRANSFER_WINDOW, 0));
  g_assert_cmpuint (send_all (plan, 'a'), ==, (guint64) (FR_TRANSFER_WINDOW - 1) * FR_BLOCK_SIZE);
  g_assert_true (fr_upload_plan_more (plan, id, 2 * FR_TRANSFER_WINDOW, 0));
  g_assert_cmpuint (send_all (plan, 'a'), ==, (guint64) (80 - 2 * FR_TRANSFER_WINDOW) * FR_BLOCK_SIZE);
}

static void
test_more_that_cannot_be (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId id = add (plan, 'a', 0);

  g_assert_false (fr_upload_plan_more (plan, id, 1, 0)); /* before anything is sent */
  fr_upload_plan_begin (plan, id, 20 * MIB, &nothing, 0);
  send_all (plan, 'a');
  g_assert_true (fr_upload_plan_more (plan, id, 8, 0));
  g_assert_false (fr_upload_plan_more (plan, id, 8, 0)); /* again */
  g_assert_false (fr_upload_plan_more (plan, id, 7, 0)); /* fewer */
  g_assert_false (fr_upload_plan_more (plan, id, FR_TRANSFER_WINDOW + 1, 0)); /* not sent */
  g_assert_true (fr_upload_plan_more (plan, id, FR_TRANSFER_WINDOW, 0));
}

static void
test_stall (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId a = add (plan, 'a', 0), b = add (plan, 'b', 5), waiting[3];

  g_assert_cmpuint (add (plan, 'c', 5), !=, 0);
  g_assert_cmpuint (add (plan, 'd', 5), !=, 0);
  for (guint i = 0; i < 3; i++)
    waiting[i] = add (plan, 'e', 5); /* who waits does not stall */
  drop_actions (plan);
  fr_upload_plan_begin (plan, a, 1, &nothing, 3);
  drop_actions (plan);

  g_assert_cmpint (fr_upload_plan_next_deadline (plan), ==, STALL + 3);
  fr_upload_plan_tick (plan, STALL + 2);
  assert_no_action (plan);
  fr_upload_plan_tick (plan, STALL + 3);
  assert_action (plan, FR_UPLOAD_START, waiting[0], 0);
  assert_action (plan, FR_UPLOAD_STALL, a, 0);
  assert_action (plan, FR_UPLOAD_PLACE, waiting[1], 1);
  drop_actions (plan);

  fr_upload_plan_remove (plan, a, STALL + 4); /* gone already */
  fr_upload_plan_remove (plan, b, STALL + 4);
  fr_upload_plan_tick (plan, 2 * STALL);
  drop_actions (plan);
  g_assert_cmpuint (fr_upload_plan_count_active (plan), ==, FR_UPLOAD_MAX_ACTIVE_PEER);
  g_assert_cmpuint (fr_upload_plan_count_queued (plan), ==, 1);
  fr_upload_plan_tick (plan, 2 * STALL + 4); /* both of e: the third has its turn */
  g_assert_cmpuint (fr_upload_plan_count_active (plan), ==, 1);
  g_assert_cmpuint (fr_upload_plan_count_queued (plan), ==, 0);
}

static void
test_removed_has_no_actions (void)
{
  g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
  FrUploadId a = add (plan, 'a', 0), b = add (plan, 'a', 0);
  FrUploadPiece piece;

  assert_action (plan, FR_UPLOAD_START, a, 0);
  fr_upload_plan_begin (plan, a, MIB, &nothing, 0);
  fr_upload_plan_remove (plan, a, 0);
  assert_action (plan, FR_UPLOAD_START, b, 0);
  assert_no_action (plan);
  g_assert_false (fr_upload_plan_next_piece (plan, 'a', 0, &piece));
}

/* Who wants it slowly says so; more than what is usual nobody gets. */
static void
test_asked_window (void)
{
  static const struct
  {
    guint wanted, got;
  } rows[] = {
    { 0, FR_TRANSFER_WINDOW }, { 1, 1 }, { 5, 5 }, { FR_TRANSFER_WINDOW, FR_TRANSFER_WINDOW },
    { FR_TRANSFER_WINDOW + 1, FR_TRANSFER_WINDOW }, { G_MAXUINT, FR_TRANSFER_WINDOW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrUploadPlan) plan = fr_upload_plan_new (STALL);
      FrUploadId id = add (plan, 'a', 0);
      FrBlockSet have = { { 0 } };

      assert_action (plan, FR_UPLOAD_START, id, 0);
      fr_upload_plan_set_window (plan, id, rows[i].wanted);
      fr_upload_plan_begin (plan, id, (FR_TRANSFER_WINDOW + 10) * (guint64) FR_BLOCK_SIZE, &have, 0);
      g_assert_cmpuint (send_all (plan, 'a'), ==, rows[i].got * (guint64) FR_BLOCK_SIZE);
      g_assert_true (fr_upload_plan_more (plan, id, 1, 0));
      g_assert_cmpuint (send_all (plan, 'a'), ==, FR_BLOCK_SIZE);
    }
}

void
test_upload_plan_add (void)
{
  g_test_add_func ("/transfer/upload-plan/slots", test_slots);
  g_test_add_func ("/transfer/upload-plan/queue-is-full", test_queue_is_full);
  g_test_add_func ("/transfer/upload-plan/queue-of-one-peer", test_queue_of_one_peer);
  g_test_add_func ("/transfer/upload-plan/places", test_places);
  g_test_add_func ("/transfer/upload-plan/pieces", test_pieces);
  g_test_add_func ("/transfer/upload-plan/reads-two-blocks-ahead", test_reads_two_blocks_ahead);
  g_test_add_func ("/transfer/upload-plan/reads-out-of-order", test_reads_out_of_order);
  g_test_add_func ("/transfer/upload-plan/have-map", test_have_map);
  g_test_add_func ("/transfer/upload-plan/takes-turns", test_takes_turns);
  g_test_add_func ("/transfer/upload-plan/window", test_window);
  g_test_add_func ("/transfer/upload-plan/more-that-cannot-be", test_more_that_cannot_be);
  g_test_add_func ("/transfer/upload-plan/stall", test_stall);
  g_test_add_func ("/transfer/upload-plan/removed-has-no-actions", test_removed_has_no_actions);
  g_test_add_func ("/transfer/upload-plan/asked-window", test_asked_window);
}
