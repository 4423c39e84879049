/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fr-blob-dir.h"
#include "fr-file-removal.h"
#include "fr-store-private.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

#define SIZE (2 * FR_BLOCK_SIZE + 100)
#define N_BLOCKS 3

/* A picture that somebody else has. */
typedef struct
{
  guint8 *bytes;
  GBytes *hashes;
  FrContentId id;
} Theirs;

static void
theirs_init (Theirs *theirs)
{
  FrBlockHash hashes[N_BLOCKS];

  theirs->bytes = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    theirs->bytes[i] = (guint8) (i / 1000);
  for (guint i = 0; i < N_BLOCKS; i++)
    fr_content_hash_block (theirs->bytes + i * FR_BLOCK_SIZE, i < 2 ? FR_BLOCK_SIZE : 100, &hashes[i]);
  fr_content_id_from_blocks (SIZE, hashes, N_BLOCKS, &theirs->id);
  theirs->hashes = g_bytes_new (hashes, sizeof hashes);
}

static void
theirs_clear (Theirs *theirs)
{
  g_free (theirs->bytes);
  g_bytes_unref (theirs->hashes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Theirs, theirs_clear)

static FrIncoming *
begin_as (FrStore *store, const Theirs *theirs, guint64 size, GBytes *hashes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_begin_incoming_async (store, &theirs->id, size, hashes, NULL, answered_cb, &result);
  return fr_store_begin_incoming_finish (store, await (&result), error);
}

static FrIncoming *
begin (FrStore *store, const Theirs *theirs)
{
  g_autoptr (GError) error = NULL;
  FrIncoming *incoming = begin_as (store, theirs, SIZE, theirs->hashes, &error);

  g_assert_no_error (error);
  return incoming;
}

static gboolean
write_bytes (FrIncoming *incoming, guint block, gconstpointer data, gsize size, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  fr_incoming_write_block_async (incoming, block, bytes, NULL, answered_cb, &result);
  return fr_incoming_write_block_finish (incoming, await (&result), error);
}

static void
write_block (FrIncoming *incoming, const Theirs *theirs, guint block)
{
  g_autoptr (GError) error = NULL;

  write_bytes (incoming, block, theirs->bytes + block * FR_BLOCK_SIZE, block < 2 ? FR_BLOCK_SIZE : 100, &error);
  g_assert_no_error (error);
}

static FrStaged *
finish (FrIncoming *incoming, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_incoming_finish_async (incoming, NULL, answered_cb, &result);
  return fr_incoming_finish_finish (incoming, await (&result), error);
}

/* Keeps a reference of a task, which may outlive its answer by a moment, from disturbing what is tested. */
static gboolean
is_last_reference (gpointer incoming)
{
  return g_atomic_int_get (&G_OBJECT (incoming)->ref_count) == 1;
}

static void
drop (FrIncoming *incoming)
{
  fr_test_wait_until (is_last_reference, incoming, 5);
  g_object_unref (incoming);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  static const guint order[] = { 2, 0, 0, 1 };
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (FrStaged) staged = NULL;
  g_autoptr (FrPicture) description = fr_picture_new (), picture = NULL;
  g_autoptr (GBytes) block = NULL;
  g_autoptr (GError) error = NULL;
  FrIncoming *incoming;

  theirs_init (&theirs);
  incoming = begin (fixture->store, &theirs);
  g_assert_cmpuint (fr_incoming_get_n_blocks (incoming), ==, N_BLOCKS);
  g_assert_cmpuint (fr_incoming_get_size (incoming), ==, SIZE);
  g_assert_true (fr_content_id_equal (fr_incoming_get_id (incoming), &theirs.id));
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    write_block (incoming, &theirs, order[i]);
  g_assert_cmpuint (fr_incoming_get_n_missing (incoming), ==, 0);
  staged = finish (incoming, &error);
  g_assert_no_error (error);
  g_assert_null (finish (incoming, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  drop (incoming);

  picture = add_staged (fixture->store, staged, description, NULL, NULL);
  g_assert_true (fr_content_id_equal (&picture->id, &theirs.id));
  block = read_block (fixture->store, &theirs.id, 1, NULL);
  g_assert_cmpmem (g_bytes_get_data (block, NULL), g_bytes_get_size (block), theirs.bytes + FR_BLOCK_SIZE,
                   FR_BLOCK_SIZE);
  g_assert_cmpuint (count_files (fixture->folder, "incoming"), ==, 0);
}

static void
test_resumes_after_restart (Fixture *fixture, gconstpointer data)
{
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (GBytes) have = NULL;
  g_autoptr (FrStaged) staged = NULL;
  FrIncoming *incoming;

  theirs_init (&theirs);
  incoming = begin (fixture->store, &theirs);
  write_block (incoming, &theirs, 0);
  write_block (incoming, &theirs, 2);
  drop (incoming);
  fixture_reopen (fixture);

  incoming = begin (fixture->store, &theirs);
  g_assert_cmpuint (fr_incoming_get_n_missing (incoming), ==, 1);
  g_assert_true (fr_incoming_has_block (incoming, 0));
  g_assert_false (fr_incoming_has_block (incoming, 1));
  g_assert_true (fr_incoming_has_block (incoming, 2));
  g_assert_false (fr_incoming_has_block (incoming, N_BLOCKS));
  have = fr_incoming_dup_have (incoming);
  g_assert_cmpmem (g_bytes_get_data (have, NULL), g_bytes_get_size (have), "\5", 1);
  write_block (incoming, &theirs, 1);
  staged = finish (incoming, NULL);
  g_assert_nonnull (staged);
  drop (incoming);
}

/* What a crash left half written is not taken for a block. */
static void
test_resumes_after_crash (Fixture *fixture, gconstpointer data)
{
  g_auto (Theirs) theirs = { 0 };
  g_autofree char *name = NULL, *path = NULL;
  FrIncoming *incoming;

  theirs_init (&theirs);
  name = fr_content_id_to_string (&theirs.id);
  path = g_build_filename (fixture->folder, "incoming", name, NULL);
  g_assert_true (g_file_set_contents (path, (const char *) theirs.bytes, FR_BLOCK_SIZE + FR_BLOCK_SIZE / 2, NULL));
  incoming = begin (fixture->store, &theirs);
  g_assert_true (fr_incoming_has_block (incoming, 0));
  g_assert_cmpuint (fr_incoming_get_n_missing (incoming), ==, 2);
  drop (incoming);
}

static void
test_wrong_blocks (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint block;
    gsize from, size;
  } rows[] = {
    { 0, FR_BLOCK_SIZE, FR_BLOCK_SIZE }, /* another one */
    { 0, 0, FR_BLOCK_SIZE - 1 },         /* cut short */
    { 2, 2 * FR_BLOCK_SIZE, 99 },
    { 2, 2 * FR_BLOCK_SIZE - 1, 101 },   /* too long */
    { 3, 0, 0 },                         /* past the end */
    { G_MAXUINT, 0, 100 },
  };
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (GError) finish_error = NULL;
  FrIncoming *incoming;

  theirs_init (&theirs);
  incoming = begin (fixture->store, &theirs);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (write_bytes (incoming, rows[i].block, theirs.bytes + rows[i].from, rows[i].size, &error));
      g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK);
    }
  g_assert_cmpuint (fr_incoming_get_n_missing (incoming), ==, N_BLOCKS);
  write_block (incoming, &theirs, 0);
  g_assert_null (finish (incoming, &finish_error));
  g_assert_error (finish_error, FR_STORE_ERROR, FR_STORE_ERROR_WRONG_BLOCK);
  drop (incoming);
}

static void
test_lying_manifests (Fixture *fixture, gconstpointer data)
{
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (GBytes) fewer = NULL, none = NULL, other = NULL;
  guint8 changed[N_BLOCKS * sizeof (FrBlockHash)];

  theirs_init (&theirs);
  memcpy (changed, g_bytes_get_data (theirs.hashes, NULL), sizeof changed);
  changed[0] ^= 1;
  other = g_bytes_new (changed, sizeof changed);
  fewer = g_bytes_new_from_bytes (theirs.hashes, 0, 2 * sizeof (FrBlockHash));
  none = g_bytes_new (NULL, 0);
  {
    const struct
    {
      guint64 size;
      GBytes *hashes;
      int code;
    } rows[] = {
      { SIZE + 1, theirs.hashes, FR_STORE_ERROR_WRONG_BLOCK },
      { SIZE, fewer, FR_STORE_ERROR_WRONG_BLOCK },
      { SIZE, none, FR_STORE_ERROR_WRONG_BLOCK },
      { SIZE, other, FR_STORE_ERROR_WRONG_BLOCK },
      { 0, none, FR_STORE_ERROR_EMPTY },
      { FR_PICTURE_MAX_BYTES, theirs.hashes, FR_STORE_ERROR_WRONG_BLOCK },
      { FR_PICTURE_MAX_BYTES + 1, theirs.hashes, FR_STORE_ERROR_TOO_LARGE },
      { G_MAXUINT64, theirs.hashes, FR_STORE_ERROR_TOO_LARGE },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_null (begin_as (fixture->store, &theirs, rows[i].size, rows[i].hashes, &error));
        g_assert_error (error, FR_STORE_ERROR, rows[i].code);
      }
  }
  g_assert_cmpuint (count_files (fixture->folder, "incoming"), ==, 0);
}

static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (GError) error = NULL;
  FrIncoming *first, *second;

  theirs_init (&theirs);
  first = begin (fixture->store, &theirs);
  g_assert_null (begin_as (fixture->store, &theirs, SIZE, theirs.hashes, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  drop (first);
  second = begin (fixture->store, &theirs);
  drop (second);
  g_assert_cmpuint (count_files (fixture->folder, "incoming"), ==, 0); /* nothing had come */
}

static void
test_abandon (Fixture *fixture, gconstpointer data)
{
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  FrIncoming *incoming;

  theirs_init (&theirs);
  incoming = begin (fixture->store, &theirs);
  path = fr_blob_dir_get_incoming_path (fixture->store->blobs, fr_incoming_get_id (incoming));
  write_block (incoming, &theirs, 0);
  _fr_file_removal_hold (TRUE); /* not by the thread that gives it up */
  fr_incoming_abandon (incoming);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  _fr_file_removal_hold (FALSE);
  g_assert_cmpuint (count_files (fixture->folder, "incoming"), ==, 0);
  g_assert_false (write_bytes (incoming, 1, theirs.bytes + FR_BLOCK_SIZE, FR_BLOCK_SIZE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  drop (incoming);
}

static void
test_not_added_goes_away (Fixture *fixture, gconstpointer data)
{
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (FrStaged) staged = NULL;
  FrIncoming *incoming;

  theirs_init (&theirs);
  incoming = begin (fixture->store, &theirs);
  for (guint i = 0; i < N_BLOCKS; i++)
    write_block (incoming, &theirs, i);
  staged = finish (incoming, NULL);
  drop (incoming);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 1);
  g_clear_pointer (&staged, fr_staged_unref);
  g_assert_cmpuint (count_files (fixture->folder, "pictures/tmp"), ==, 0);
}

static void
make_aged (const char *folder, const char *name, int days)
{
  g_autofree char *path = g_build_filename (folder, "incoming", name, NULL);
  struct timespec times[2] = { { 0 } };

  g_assert_true (g_file_set_contents (path, "half", -1, NULL));
  times[0].tv_sec = times[1].tv_sec = g_get_real_time () / G_USEC_PER_SEC - days * 24 * 60 * 60;
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_old_ones_are_cleaned (Fixture *fixture, gconstpointer data)
{
  fr_store_close (fixture->store);
  make_aged (fixture->folder, "young", FR_INCOMING_MAX_AGE_DAYS - 1);
  make_aged (fixture->folder, "old", FR_INCOMING_MAX_AGE_DAYS);
  fixture_reopen (fixture);
  g_assert_cmpuint (count_files (fixture->folder, "incoming"), ==, 1);
}

static void
test_closed_store (Fixture *fixture, gconstpointer data)
{
  g_auto (Theirs) theirs = { 0 };
  g_autoptr (GError) error = NULL;
  FrIncoming *incoming;

  theirs_init (&theirs);
  incoming = begin (fixture->store, &theirs);
  fr_store_close (fixture->store);
  g_assert_false (write_bytes (incoming, 0, theirs.bytes, FR_BLOCK_SIZE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  drop (incoming);
}

#define ADD(name, function) \
  g_test_add ("/store/incoming/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void
test_incoming_add (void)
{
  ADD ("whole", test_whole);
  ADD ("resumes-after-restart", test_resumes_after_restart);
  ADD ("resumes-after-crash", test_resumes_after_crash);
  ADD ("wrong-blocks", test_wrong_blocks);
  ADD ("lying-manifests", test_lying_manifests);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("abandon", test_abandon);
  ADD ("not-added-goes-away", test_not_added_goes_away);
  ADD ("old-ones-are-cleaned", test_old_ones_are_cleaned);
  ADD ("closed-store", test_closed_store);
}
