/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-download-plan.h"

#include "tests.h"

/* A picture of `size` bytes that need not exist: the plan never looks into a block. */
typedef struct
{
  guint64 size;
  guint n_blocks;
  FrBlockHash *hashes;
  FrContentId id;
  FrDownloadPlan *plan;
} Picture;

static const guint8 zeroes[FR_BULK_DATA_MAX];

static Picture *
picture_new (guint64 size, const FrBlockSet *have)
{
  Picture *self = g_new0 (Picture, 1);

  self->size = size;
  self->n_blocks = fr_content_n_blocks (size);
  self->hashes = g_new0 (FrBlockHash, self->n_blocks);
  for (guint i = 0; i < self->n_blocks; i++)
    self->hashes[i].bytes[i % 32] = (guint8) (i / 32 + 1);
  fr_content_id_from_blocks (size, self->hashes, self->n_blocks, &self->id);
  self->plan = fr_download_plan_new (&self->id, size, have);
  return self;
}

static void
picture_free (Picture *self)
{
  fr_download_plan_free (self->plan);
  g_free (self->hashes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

static FrDownloadFault
page (Picture *self, guint number)
{
  guint first = number * FR_MANIFEST_PAGE_BLOCKS;

  return fr_download_plan_manifest (self->plan, self->size, number, self->hashes[first].bytes,
                                    MIN (self->n_blocks - first, FR_MANIFEST_PAGE_BLOCKS) * sizeof (FrBlockHash));
}

static FrDownloadFault
piece (Picture *self, guint32 block, guint32 offset, guint32 length)
{
  FrBulkHeader header = { .transfer = 1, .block = block, .offset = offset, .length = length };

  return fr_download_plan_piece (self->plan, &header, zeroes);
}

/* A whole block, as a holder sends it. */
static FrDownloadFault
block (Picture *self, guint32 number)
{
  guint32 length = (guint32) fr_block_length (self->size, number);
  FrDownloadFault fault = FR_DOWNLOAD_OK;

  for (guint32 at = 0; at < length && fault == FR_DOWNLOAD_OK; at += FR_BULK_DATA_MAX)
    fault = piece (self, number, at, MIN (length - at, FR_BULK_DATA_MAX));
  return fault;
}

static void
assert_action (Picture *self, FrDownloadActionType type, guint number)
{
  g_auto (FrDownloadAction) action = { 0 };

  g_assert_true (fr_download_plan_next_action (self->plan, &action));
  g_assert_cmpint (action.type, ==, type);
  if (type == FR_DOWNLOAD_WRITE)
    {
      g_assert_cmpuint (action.block, ==, number);
      g_assert_cmpuint (g_bytes_get_size (action.data), ==, fr_block_length (self->size, number));
    }
  if (type == FR_DOWNLOAD_MORE)
    g_assert_cmpuint (action.n_stored, ==, number);
}

static void
assert_no_action (Picture *self)
{
  g_auto (FrDownloadAction) action = { 0 };

  g_assert_false (fr_download_plan_next_action (self->plan, &action));
}

static void
test_whole (void)
{
  static const guint64 sizes[] = { 1, FR_BLOCK_SIZE, FR_BLOCK_SIZE + 1, 5000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Picture) picture = picture_new (sizes[i], NULL);
      g_autoptr (GBytes) hashes = NULL;

      assert_no_action (picture);
      g_assert_cmpint (page (picture, 0), ==, FR_DOWNLOAD_OK);
      assert_action (picture, FR_DOWNLOAD_BEGIN, 0);
      hashes = fr_download_plan_get_hashes (picture->plan);
      g_assert_cmpmem (g_bytes_get_data (hashes, NULL), g_bytes_get_size (hashes),
                       picture->hashes, picture->n_blocks * sizeof (FrBlockHash));
      for (guint b = 0; b < picture->n_blocks; b++)
        {
          assert_no_action (picture);
          g_assert_cmpint (block (picture, b), ==, FR_DOWNLOAD_OK);
          assert_action (picture, FR_DOWNLOAD_WRITE, b);
          fr_download_plan_stored (picture->plan);
          if ((b + 1) % FR_DOWNLOAD_MORE_BLOCKS == 0)
            assert_action (picture, FR_DOWNLOAD_MORE, b + 1);
        }
      assert_action (picture, FR_DOWNLOAD_FINISH, 0);
      assert_no_action (picture);
    }
}

static void
test_manifest_of_two_pages (void)
{
  g_autoptr (Picture) picture = picture_new (FR_PICTURE_MAX_SIZE, NULL);

  g_assert_cmpint (page (picture, 0), ==, FR_DOWNLOAD_OK);
  assert_no_action (picture);
  g_assert_cmpint (page (picture, 1), ==, FR_DOWNLOAD_OK);
  assert_action (picture, FR_DOWNLOAD_BEGIN, 0);
  g_assert_cmpint (page (picture, 1), ==, FR_DOWNLOAD_FAULT_PAGE);
}

typedef enum
{
  TWICE,
  SECOND_FIRST,
  SHORT,
  LONG,
  WRONG_HASH,
  OTHER_SIZE,
  SIZE_CHANGES,
  NO_SIZE,
  TOO_LARGE,
} Lie;

/* Asks anew, without having been told a size before. */
static void
forget_size (Picture *self)
{
  fr_download_plan_free (self->plan);
  self->plan = fr_download_plan_new (&self->id, 0, NULL);
}

static FrDownloadFault
tell (Picture *self, Lie lie)
{
  const guint8 *bytes = self->hashes->bytes;

  switch (lie)
    {
    case TWICE:
      page (self, 0);
      return page (self, 0);
    case SECOND_FIRST:
      return page (self, 1);
    case SHORT:
      return fr_download_plan_manifest (self->plan, self->size, 0, bytes, 1023 * 32);
    case LONG:
      page (self, 0);
      return fr_download_plan_manifest (self->plan, self->size, 1, bytes, 1024 * 32);
    case WRONG_HASH:
      self->hashes[156].bytes[8] ^= 1;
      page (self, 0);
      return page (self, 1);
    case OTHER_SIZE:
      return fr_download_plan_manifest (self->plan, self->size - 1, 0, bytes, 1024 * 32);
    case SIZE_CHANGES:
      forget_size (self);
      page (self, 0);
      return fr_download_plan_manifest (self->plan, self->size + 1, 1, bytes + 1024 * 32, 1019 * 32);
    case NO_SIZE:
      forget_size (self);
      return fr_download_plan_manifest (self->plan, 0, 0, bytes, 0);
    case TOO_LARGE:
      forget_size (self);
      return fr_download_plan_manifest (self->plan, FR_PICTURE_MAX_SIZE + 1, 0, bytes, 1024 * 32);
    }
  g_assert_not_reached ();
}

static void
test_wrong_manifests (void)
{
  static const struct
  {
    Lie lie;
    FrDownloadFault fault;
  } rows[] = {
    { TWICE, FR_DOWNLOAD_FAULT_PAGE },
    { SECOND_FIRST, FR_DOWNLOAD_FAULT_PAGE },
    { SHORT, FR_DOWNLOAD_FAULT_PAGE },
    { LONG, FR_DOWNLOAD_FAULT_PAGE },
    { WRONG_HASH, FR_DOWNLOAD_FAULT_WRONG_HASHES },
    { OTHER_SIZE, FR_DOWNLOAD_FAULT_SIZE },
    { SIZE_CHANGES, FR_DOWNLOAD_FAULT_SIZE },
    { NO_SIZE, FR_DOWNLOAD_FAULT_SIZE },
    { TOO_LARGE, FR_DOWNLOAD_FAULT_SIZE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Picture) picture = picture_new (FR_PICTURE_MAX_SIZE - 5 * FR_BLOCK_SIZE, NULL);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (tell (picture, rows[i].lie), ==, rows[i].fault);
      assert_no_action (picture);
      g_assert_cmpint (page (picture, 0), ==, rows[i].fault); /* and so it stays */
      g_assert_cmpint (block (picture, 0), ==, rows[i].fault);
    }
}

/* A lying size: the hashes are right, but the content id is made with the size, too. */
static void
test_size_is_in_the_id (void)
{
  g_autoptr (Picture) picture = picture_new (FR_BLOCK_SIZE, NULL);
  g_autoptr (FrDownloadPlan) plan = fr_download_plan_new (&picture->id, 0, NULL);

  g_assert_cmpint (fr_download_plan_manifest (plan, FR_BLOCK_SIZE - 1, 0, picture->hashes->bytes, 32), ==,
                   FR_DOWNLOAD_FAULT_WRONG_HASHES);
}

/* Of a picture of two blocks, the second one of 100 bytes; 1,000 bytes of the first have come. */
static void
test_wrong_pieces (void)
{
  static const struct
  {
    guint32 block, offset, length;
    FrDownloadFault fault;
  } rows[] = {
    { 0, 1000, 1, FR_DOWNLOAD_OK },
    { 0, 1000, FR_BULK_DATA_MAX, FR_DOWNLOAD_OK },
    { 0, 0, 1000, FR_DOWNLOAD_FAULT_ORDER },    /* twice */
    { 0, 999, 100, FR_DOWNLOAD_FAULT_ORDER },   /* overlaps */
    { 0, 1001, 100, FR_DOWNLOAD_FAULT_ORDER },  /* a hole */
    { 1, 0, 100, FR_DOWNLOAD_FAULT_ORDER },     /* the first is short */
    { 2, 0, 100, FR_DOWNLOAD_FAULT_RANGE },     /* no such block */
    { 2047, 1000, 1, FR_DOWNLOAD_FAULT_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Picture) picture = picture_new (FR_BLOCK_SIZE + 100, NULL);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      page (picture, 0);
      g_assert_cmpint (piece (picture, 0, 0, 1000), ==, FR_DOWNLOAD_OK);
      g_assert_cmpint (piece (picture, rows[i].block, rows[i].offset, rows[i].length), ==, rows[i].fault);
    }
}

static void
test_past_the_end (void)
{
  g_autoptr (Picture) exact = picture_new (FR_BLOCK_SIZE + 100, NULL);
  g_autoptr (Picture) over = picture_new (FR_BLOCK_SIZE + 100, NULL);

  page (exact, 0);
  page (over, 0);
  block (exact, 0);
  block (over, 0);
  g_assert_cmpint (piece (over, 1, 0, 101), ==, FR_DOWNLOAD_FAULT_RANGE);
  g_assert_cmpint (piece (exact, 1, 0, 100), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (piece (exact, 1, 100, 1), ==, FR_DOWNLOAD_FAULT_ORDER); /* after all of it */
}

static void
test_have_map (void)
{
  FrBlockSet have = { { 0 } };
  g_autoptr (Picture) resumed = NULL, unwanted = NULL, whole = NULL;

  fr_block_set_add (&have, 0);
  fr_block_set_add (&have, 2);
  resumed = picture_new (4 * FR_BLOCK_SIZE, &have);
  page (resumed, 0);
  assert_action (resumed, FR_DOWNLOAD_BEGIN, 0);
  g_assert_cmpint (block (resumed, 1), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (block (resumed, 3), ==, FR_DOWNLOAD_OK);
  assert_action (resumed, FR_DOWNLOAD_WRITE, 1);
  assert_action (resumed, FR_DOWNLOAD_WRITE, 3);
  fr_download_plan_stored (resumed->plan);
  fr_download_plan_stored (resumed->plan);
  assert_action (resumed, FR_DOWNLOAD_FINISH, 0);

  unwanted = picture_new (4 * FR_BLOCK_SIZE, &have);
  page (unwanted, 0);
  g_assert_cmpint (block (unwanted, 0), ==, FR_DOWNLOAD_FAULT_ORDER);

  whole = picture_new (1, &have);
  page (whole, 0);
  assert_action (whole, FR_DOWNLOAD_BEGIN, 0);
  assert_action (whole, FR_DOWNLOAD_FINISH, 0);
}

static void
test_window (void)
{
  g_autoptr (Picture) picture = picture_new (100 * FR_BLOCK_SIZE, NULL);

  page (picture, 0);
  assert_action (picture, FR_DOWNLOAD_BEGIN, 0);
  for (guint i = 0; i < FR_TRANSFER_WINDOW; i++)
    g_assert_cmpint (block (picture, i), ==, FR_DOWNLOAD_OK);
  for (guint i = 0; i < FR_DOWNLOAD_MORE_BLOCKS; i++)
    {
      assert_action (picture, FR_DOWNLOAD_WRITE, i);
      fr_download_plan_stored (picture->plan);
    }
  for (guint i = 0; i < FR_DOWNLOAD_MORE_BLOCKS; i++)
    g_assert_cmpint (block (picture, FR_TRANSFER_WINDOW + i), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (piece (picture, FR_TRANSFER_WINDOW + FR_DOWNLOAD_MORE_BLOCKS, 0, 1), ==, FR_DOWNLOAD_FAULT_WINDOW);
}

/* Pieces and manifest come over two channels: either may be first. */
static void
test_pieces_before_manifest (void)
{
  g_autoptr (Picture) picture = picture_new (2 * FR_BLOCK_SIZE, NULL), wrong = picture_new (1, NULL);

  g_assert_cmpint (block (picture, 0), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (piece (picture, 1, 0, 1000), ==, FR_DOWNLOAD_OK);
  assert_no_action (picture);
  g_assert_cmpint (page (picture, 0), ==, FR_DOWNLOAD_OK);
  assert_action (picture, FR_DOWNLOAD_BEGIN, 0);
  assert_action (picture, FR_DOWNLOAD_WRITE, 0);
  assert_no_action (picture);
  g_assert_cmpint (piece (picture, 1, 1000, 1000), ==, FR_DOWNLOAD_OK);

  g_assert_cmpint (piece (wrong, 0, 0, 1), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (piece (wrong, 0, 0, 1), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (page (wrong, 0), ==, FR_DOWNLOAD_FAULT_ORDER);
}

static void
test_early_pieces_are_bounded (void)
{
  g_autoptr (Picture) many = picture_new (FR_PICTURE_MAX_SIZE, NULL), large = picture_new (FR_PICTURE_MAX_SIZE, NULL);

  for (guint32 i = 0; i < FR_DOWNLOAD_EARLY_PIECES; i++)
    g_assert_cmpint (piece (many, 0, i, 1), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (piece (many, 0, FR_DOWNLOAD_EARLY_PIECES, 1), ==, FR_DOWNLOAD_FAULT_WINDOW);

  for (guint i = 0; i < FR_TRANSFER_WINDOW; i++)
    g_assert_cmpint (block (large, i), ==, FR_DOWNLOAD_OK);
  g_assert_cmpint (piece (large, FR_TRANSFER_WINDOW, 0, 1), ==, FR_DOWNLOAD_FAULT_WINDOW);
}

static void
test_faults_have_words (void)
{
  for (int fault = FR_DOWNLOAD_OK; fault <= FR_DOWNLOAD_FAULT_WINDOW; fault++)
    g_assert_cmpstr (fr_download_fault_to_string (fault), !=, "");
}

void
test_download_plan_add (void)
{
  g_test_add_func ("/transfer/download-plan/whole", test_whole);
  g_test_add_func ("/transfer/download-plan/manifest-of-two-pages", test_manifest_of_two_pages);
  g_test_add_func ("/transfer/download-plan/wrong-manifests", test_wrong_manifests);
  g_test_add_func ("/transfer/download-plan/size-is-in-the-id", test_size_is_in_the_id);
  g_test_add_func ("/transfer/download-plan/wrong-pieces", test_wrong_pieces);
  g_test_add_func ("/transfer/download-plan/past-the-end", test_past_the_end);
  g_test_add_func ("/transfer/download-plan/have-map", test_have_map);
  g_test_add_func ("/transfer/download-plan/window", test_window);
  g_test_add_func ("/transfer/download-plan/pieces-before-manifest", test_pieces_before_manifest);
  g_test_add_func ("/transfer/download-plan/early-pieces-are-bounded", test_early_pieces_are_bounded);
  g_test_add_func ("/transfer/download-plan/faults-have-words", test_faults_have_words);
}
