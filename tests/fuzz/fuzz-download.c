/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-download-plan.h"
#include "fuzz-input.h"

/* The asker's side of a transfer, against a holder who says and sends anything. */

#define MOST_BLOCKS (FR_MANIFEST_PAGE_BLOCKS + 6) /* two pages */

const gsize fuzz_max_size = 512; /* pieces are large */

static const guint8 zeroes[FR_BULK_DATA_MAX];
static FrBlockHash hashes[MOST_BLOCKS];

typedef struct
{
  FrDownloadPlan *plan;
  FrContentId id;
  guint64 size;
  guint n_blocks;
  FrBlockSet have;
  FrDownloadFault fault;

  /* what an honest holder sends next */
  guint page;
  guint block;
  guint32 offset;

  /* what has come out */
  gboolean begun, finished;
  gint64 last_written;
  guint n_written, n_stored, n_told;
} Asker;

static void
note (Asker *self, FrDownloadFault fault)
{
  if (self->fault != FR_DOWNLOAD_OK) /* it is over with this holder */
    g_assert_cmpint (fault, ==, self->fault);
  g_assert_nonnull (fr_download_fault_to_string (fault));
  self->fault = fault;
}

static void
say_page (Asker *self, guint page)
{
  guint first = MIN (page * FR_MANIFEST_PAGE_BLOCKS, self->n_blocks);

  note (self, fr_download_plan_manifest (self->plan, self->size, page, (const guint8 *) (hashes + first),
                                         MIN (self->n_blocks - first, FR_MANIFEST_PAGE_BLOCKS) * sizeof *hashes));
}

static void
lie (Asker *self, FuzzInput *input)
{
  gboolean odd_size = fuzz_take_below (input, 4) == 0;
  guint64 size = odd_size ? fuzz_take_number (input) : self->size;
  guint page = fuzz_take_below (input, 4);
  gsize hashes_size;
  const guint8 *bytes = fuzz_take_bytes (input, 200, &hashes_size);

  note (self, fr_download_plan_manifest (self->plan, odd_size ? size << page * 6 : size, page, bytes, hashes_size));
}

static void
send_piece (Asker *self, const FrBulkHeader *header)
{
  g_autoptr (GBytes) message = fr_bulk_pack (header, zeroes);
  FrBulkHeader parsed;
  const guint8 *data;

  g_assert_cmpint (fr_bulk_parse (message, &parsed, &data), ==, FR_WIRE_OK);
  note (self, fr_download_plan_piece (self->plan, &parsed, data));
}

static void
send_next (Asker *self, guint n_pieces)
{
  for (; n_pieces > 0 && self->block < self->n_blocks; n_pieces--)
    {
      guint32 length = (guint32) fr_block_length (self->size, self->block);
      FrBulkHeader header = { 1, self->block, self->offset, MIN (length - self->offset, FR_BULK_DATA_MAX) };

      send_piece (self, &header);
      self->offset += header.length;
      if (self->offset < length)
        continue;
      self->offset = 0;
      self->block = fr_block_set_next_missing (&self->have, self->block + 1, self->n_blocks);
    }
}

static void
send_any (Asker *self, FuzzInput *input)
{
  FrBulkHeader header = { 1, fuzz_take_below (input, FR_BULK_MAX_BLOCKS), 0, 0 };

  header.length = 1 + fuzz_take_below (input, FR_BULK_DATA_MAX);
  header.offset = fuzz_take_below (input, FR_BLOCK_SIZE - header.length + 1);
  send_piece (self, &header);
}

static void
check_action (Asker *self, const FrDownloadAction *action)
{
  switch (action->type)
    {
    case FR_DOWNLOAD_BEGIN:
      {
        g_autoptr (GBytes) got = fr_download_plan_get_hashes (self->plan);

        g_assert_false (self->begun);
        self->begun = TRUE;
        g_assert_cmpuint (fr_download_plan_get_size (self->plan), ==, self->size);
        g_assert_cmpmem (g_bytes_get_data (got, NULL), g_bytes_get_size (got), hashes, self->n_blocks * sizeof *hashes);
        break;
      }
    case FR_DOWNLOAD_WRITE:
      g_assert_true (self->begun && !self->finished);
      g_assert_cmpint (action->block, >, self->last_written);
      g_assert_cmpuint (action->block, <, self->n_blocks);
      g_assert_false (fr_block_set_contains (&self->have, action->block));
      g_assert_cmpuint (g_bytes_get_size (action->data), ==, fr_block_length (self->size, action->block));
      self->last_written = action->block;
      self->n_written++;
      g_assert_cmpuint (self->n_written - self->n_told, <=, FR_TRANSFER_WINDOW);
      break;
    case FR_DOWNLOAD_MORE:
      g_assert_cmpuint (action->n_stored, >, self->n_told);
      g_assert_cmpuint (action->n_stored, <=, self->n_stored);
      self->n_told = action->n_stored;
      break;
    case FR_DOWNLOAD_FINISH:
    default:
      g_assert_true (self->begun && !self->finished);
      g_assert_cmpuint (self->n_stored + fr_block_set_count (&self->have), ==, self->n_blocks);
      self->finished = TRUE;
    }
}

static void
step (Asker *self, FuzzInput *input)
{
  FrDownloadAction action = { 0 };

  switch (fuzz_take_below (input, 8))
    {
    case 0:
      say_page (self, self->page++);
      break;
    case 1:
      say_page (self, fuzz_take_below (input, 4));
      break;
    case 2:
      lie (self, input);
      break;
    case 3:
      send_any (self, input);
      break;
    case 4:
    case 5:
      if (self->n_stored < self->n_written)
        {
          self->n_stored++;
          fr_download_plan_stored (self->plan);
        }
      break;
    default:
      send_next (self, 1 + fuzz_take_below (input, 8));
    }
  while (fr_download_plan_next_action (self->plan, &action))
    {
      check_action (self, &action);
      fr_download_action_clear (&action);
    }
}

static void
begin (Asker *self, FuzzInput *input)
{
  static const guint64 sizes[] = { 1, FR_BLOCK_SIZE, FR_BLOCK_SIZE + 1, 5 * FR_BLOCK_SIZE - 3, 60 * FR_BLOCK_SIZE,
                                   (guint64) MOST_BLOCKS * FR_BLOCK_SIZE };
  guint n_have;

  self->size = sizes[fuzz_take_below (input, G_N_ELEMENTS (sizes))];
  self->n_blocks = fr_content_n_blocks (self->size);
  self->last_written = -1;
  n_have = fuzz_take_below (input, 4) == 0 ? fuzz_take_below (input, self->n_blocks + 1) : 0;
  for (guint i = 0; i < n_have; i++)
    fr_block_set_add (&self->have, fuzz_take_below (input, 2) == 0 ? i : fuzz_take_below (input, self->n_blocks));
  self->block = fr_block_set_next_missing (&self->have, 0, self->n_blocks);
  for (guint i = 0; i < MOST_BLOCKS; i++)
    hashes[i].bytes[i % 32] = (guint8) (i / 32 + 1);
  fr_content_id_from_blocks (self->size, hashes, self->n_blocks, &self->id);
  self->plan = fr_download_plan_new (&self->id, fuzz_take_below (input, 2) == 0 ? 0 : self->size, &self->have);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  Asker self = { 0 };

  begin (&self, &input);
  while (input.left > 0)
    step (&self, &input);
  fr_download_plan_free (self.plan);
  return 0;
}
