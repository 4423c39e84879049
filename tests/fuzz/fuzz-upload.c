/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-upload-plan.h"
#include "fuzz-input.h"

/* The holder's side of all transfers, with askers who come, go, and say what they like. */

#define N_LANES 4
#define N_PEERS 6
#define MOST_BLOCKS 40 /* more than the window */

const gsize fuzz_max_size = 2048;

typedef enum
{
  WAITING,
  STARTED,
  BEGUN,
} Stage;

typedef struct
{
  FrUploadId id;
  guint32 lane;
  guint peer;
  Stage stage;
  guint64 size;
  guint n_blocks;
  FrBlockSet have;
  gint64 last_read;      /* block that was to be read */
  guint block;           /* to be sent next */
  guint32 offset;
  guint n_ready, n_read; /* blocks: in memory, asked for */
  guint n_sent, n_stored;
} Upload;

typedef struct
{
  FrUploadPlan *plan;
  GHashTable *uploads; /* FrUploadId -> Upload, owned */
  GArray *ids;         /* of FrUploadId: all that ever were */
  gint64 now_us;
} Holder;

static Upload *
find (Holder *self, FrUploadId id)
{
  return g_hash_table_lookup (self->uploads, GUINT_TO_POINTER (id));
}

static Upload *
any_upload (Holder *self, FuzzInput *input)
{
  guint which = fuzz_take_byte (input);

  return self->ids->len > 0
             ? find (self, g_array_index (self->ids, FrUploadId, self->ids->len - 1 - which % self->ids->len))
             : NULL;
}

static void
check_read (Upload *upload, guint block)
{
  g_assert_cmpint (upload->stage, ==, BEGUN);
  g_assert_cmpint (block, >, upload->last_read);
  g_assert_cmpuint (block, <, upload->n_blocks);
  g_assert_false (fr_block_set_contains (&upload->have, block));
  upload->last_read = block;
  upload->n_read++;
  g_assert_cmpuint (upload->n_read - upload->n_sent, <=, FR_UPLOAD_READ_AHEAD);
  g_assert_cmpuint (upload->n_read - upload->n_stored, <=, FR_TRANSFER_WINDOW);
}

static void
drain (Holder *self)
{
  FrUploadAction action;

  while (fr_upload_plan_next_action (self->plan, &action))
    {
      Upload *upload = find (self, action.id);

      g_assert_nonnull (upload);
      if (action.type == FR_UPLOAD_START)
        {
          g_assert_cmpint (upload->stage, ==, WAITING);
          upload->stage = STARTED;
        }
      else if (action.type == FR_UPLOAD_PLACE)
        {
          g_assert_cmpint (upload->stage, ==, WAITING);
          g_assert_cmpuint (action.place, >=, 1);
          g_assert_cmpuint (action.place, <=, FR_UPLOAD_MAX_QUEUED);
        }
      else if (action.type == FR_UPLOAD_READ)
        check_read (upload, action.block);
      else
        g_hash_table_remove (self->uploads, GUINT_TO_POINTER (action.id));
    }
}

static void
add (Holder *self, FuzzInput *input)
{
  guint32 lane = fuzz_take_below (input, N_LANES);
  guint peer = fuzz_take_below (input, N_PEERS);
  guint n = fuzz_take_below (input, 4) == 0 ? fuzz_take_below (input, FR_UPLOAD_MAX_QUEUED_PEER + 10) : 1;
  const FrPeerKey key = { { 1, (guint8) peer } };

  for (; n > 0; n--)
    {
      FrUploadId id = fr_upload_plan_add (self->plan, lane, &key, self->now_us);
      Upload *upload;

      if (id == 0)
        break;
      upload = g_new0 (Upload, 1);
      *upload = (Upload) { .id = id, .lane = lane, .peer = peer, .last_read = -1 };
      g_assert_true (g_hash_table_insert (self->uploads, GUINT_TO_POINTER (id), upload));
      g_array_append_val (self->ids, id);
      drain (self);
    }
}

static void
begin (Holder *self, Upload *upload, FuzzInput *input)
{
  guint n_have;

  if (upload == NULL || upload->stage != STARTED)
    return;
  upload->size = 1 + (guint64) fuzz_take_below (input, MOST_BLOCKS) * FR_BLOCK_SIZE;
  upload->size += fuzz_take_below (input, 256) * 1000;
  upload->n_blocks = fr_content_n_blocks (upload->size);
  n_have = fuzz_take_below (input, 8);
  for (guint i = 0; i < n_have; i++)
    fr_block_set_add (&upload->have, fuzz_take_below (input, upload->n_blocks));
  upload->block = fr_block_set_next_missing (&upload->have, 0, upload->n_blocks);
  upload->stage = BEGUN;
  fr_upload_plan_begin (self->plan, upload->id, upload->size, &upload->have, self->now_us);
}

/* Blocks come from the disk in any order; here, in theirs. */
static void
read_block (Holder *self, Upload *upload)
{
  guint block;

  if (upload == NULL || upload->n_ready >= upload->n_read)
    return;
  block = upload->block;
  for (guint i = upload->n_sent; i < upload->n_ready; i++)
    block = fr_block_set_next_missing (&upload->have, block + 1, upload->n_blocks);
  upload->n_ready++;
  fr_upload_plan_read (self->plan, upload->id, block, self->now_us);
}

static void
send_pieces (Holder *self, FuzzInput *input)
{
  guint32 lane = fuzz_take_below (input, N_LANES);
  FrUploadPiece piece;

  for (guint n = 1 + fuzz_take_below (input, 12); n > 0; n--)
    {
      Upload *upload;

      if (!fr_upload_plan_next_piece (self->plan, lane, self->now_us, &piece))
        return;
      upload = find (self, piece.id);
      g_assert_nonnull (upload);
      g_assert_cmpuint (upload->lane, ==, lane);
      g_assert_cmpuint (piece.block, ==, upload->block);
      g_assert_cmpuint (piece.offset, ==, upload->offset);
      g_assert_true (piece.length > 0 && piece.length <= FR_BULK_DATA_MAX);
      g_assert_cmpuint (upload->n_sent, <, upload->n_ready);
      upload->offset += piece.length;
      g_assert_true (piece.ends_block == (upload->offset == fr_block_length (upload->size, piece.block)));
      if (piece.ends_block)
        {
          upload->offset = 0;
          upload->n_sent++;
          upload->block = fr_block_set_next_missing (&upload->have, upload->block + 1, upload->n_blocks);
        }
      drain (self);
    }
}

static void
say_more (Holder *self, Upload *upload, FuzzInput *input)
{
  gboolean odd = fuzz_take_below (input, 4) == 0;
  guint n_stored = odd ? fuzz_take_number (input) : fuzz_take_below (input, MOST_BLOCKS + 2);
  gboolean possible;

  if (upload == NULL || upload->stage != BEGUN)
    return;
  possible = n_stored > upload->n_stored && n_stored <= upload->n_sent;
  if (possible)
    upload->n_stored = n_stored;
  g_assert_true (fr_upload_plan_more (self->plan, upload->id, n_stored, self->now_us) == possible);
}

static void
take_away (Holder *self, Upload *upload)
{
  FrUploadId id = upload != NULL ? upload->id : 0;

  g_hash_table_remove (self->uploads, GUINT_TO_POINTER (id));
  fr_upload_plan_remove (self->plan, id, self->now_us);
}

static void
step (Holder *self, FuzzInput *input)
{
  switch (fuzz_take_below (input, 10))
    {
    case 0:
      add (self, input);
      break;
    case 1:
      begin (self, any_upload (self, input), input);
      break;
    case 2:
    case 3:
    case 4:
      read_block (self, any_upload (self, input));
      break;
    case 5:
      say_more (self, any_upload (self, input), input);
      break;
    case 6:
      take_away (self, any_upload (self, input));
      break;
    case 7:
      self->now_us += (gint64) fuzz_take_below (input, 256) * 200000;
      fr_upload_plan_tick (self->plan, self->now_us);
      g_assert_cmpint (fr_upload_plan_next_deadline (self->plan), >, self->now_us);
      break;
    default:
      send_pieces (self, input);
    }
  drain (self);
}

static void
check_bounds (Holder *self)
{
  guint active[N_PEERS] = { 0 }, queued[N_PEERS] = { 0 };
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->uploads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Upload *upload = value;

      if (upload->stage == WAITING)
        g_assert_cmpuint (++queued[upload->peer], <=, FR_UPLOAD_MAX_QUEUED_PEER);
      else
        g_assert_cmpuint (++active[upload->peer], <=, FR_UPLOAD_MAX_ACTIVE_PEER);
    }
  g_assert_cmpuint (fr_upload_plan_count_active (self->plan), <=, FR_UPLOAD_MAX_ACTIVE);
  g_assert_cmpuint (fr_upload_plan_count_queued (self->plan), <=, FR_UPLOAD_MAX_QUEUED);
  g_assert_cmpuint (fr_upload_plan_count_active (self->plan) + fr_upload_plan_count_queued (self->plan), ==,
                    g_hash_table_size (self->uploads));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  Holder self = { .now_us = 1 };

  self.plan = fr_upload_plan_new (FR_TRANSFER_STALL_US);
  self.uploads = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self.ids = g_array_new (FALSE, FALSE, sizeof (FrUploadId));
  while (input.left > 0)
    {
      step (&self, &input);
      check_bounds (&self);
    }
  fr_upload_plan_free (self.plan);
  g_hash_table_unref (self.uploads);
  g_array_unref (self.ids);
  return 0;
}
