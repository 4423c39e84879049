/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fr-block-list.h"
#include "store-fixture.h"
#include "tests.h"

/* A picture that somebody else has, of two blocks. */

#define SIZE (FR_BLOCK_SIZE + 100)

static guint8 bytes[SIZE];

static GBytes *
hash_them (FrContentId *out_id)
{
  FrBlockHash hashes[2];

  fr_content_hash_block (bytes, FR_BLOCK_SIZE, &hashes[0]);
  fr_content_hash_block (bytes + FR_BLOCK_SIZE, 100, &hashes[1]);
  fr_content_id_from_blocks (SIZE, hashes, 2, out_id);
  return g_bytes_new (hashes, sizeof hashes);
}

static FrIncoming *
begin (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrContentId id;
  g_autoptr (GBytes) hashes = hash_them (&id);
  FrIncoming *incoming;

  fr_store_begin_incoming_async (store, &id, SIZE, hashes, NULL, answered_cb, &result);
  incoming = fr_store_begin_incoming_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return incoming;
}

static FrIncoming *
find (FrStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  FrContentId id;

  g_bytes_unref (hash_them (&id));
  fr_store_find_incoming_async (store, &id, NULL, answered_cb, &result);
  return fr_store_find_incoming_finish (store, await (&result), error);
}

static gboolean
write_first (FrIncoming *incoming, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) block = g_bytes_new_static (bytes, FR_BLOCK_SIZE);

  fr_incoming_write_block_async (incoming, 0, block, NULL, answered_cb, &result);
  return fr_incoming_write_block_finish (incoming, await (&result), error);
}

static void
test_finds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrIncoming) begun = NULL, found = NULL;
  g_autoptr (GError) none = NULL, busy = NULL, error = NULL;

  g_assert_null (find (fixture->store, &none));
  g_assert_error (none, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  begun = begin (fixture->store);
  write_first (begun, &error);
  g_assert_no_error (error);
  g_assert_null (find (fixture->store, &busy));
  g_assert_error (busy, G_IO_ERROR, G_IO_ERROR_BUSY);
  fr_incoming_leave (begun);
  g_clear_object (&begun);
  fixture_reopen (fixture);

  found = find (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fr_incoming_get_size (found), ==, SIZE);
  g_assert_cmpuint (fr_incoming_get_n_blocks (found), ==, 2);
  g_assert_true (fr_incoming_has_block (found, 0));
  g_assert_false (fr_incoming_has_block (found, 1));
}

/* Whoever still holds one that was left does not stand in the way, and writes no more. */
static void
test_leave (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrIncoming) left = begin (fixture->store), found = NULL;
  g_autoptr (GError) error = NULL, closed = NULL, none = NULL;

  write_first (left, &error);
  g_assert_no_error (error);
  fr_incoming_leave (left);
  fr_incoming_leave (left);
  fr_incoming_abandon (left); /* too late */
  found = find (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_false (write_first (left, &closed));
  g_assert_error (closed, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_object (&left);

  fr_incoming_abandon (found);
  g_assert_null (find (fixture->store, &none)); /* at once, too */
  g_assert_error (none, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (fixture->folder, "incoming"), ==, 0);
}

static void
test_nothing_has_come (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrIncoming) incoming = begin (fixture->store);

  fr_incoming_leave (incoming);
  g_assert_cmpuint (count_files (fixture->folder, "incoming"), ==, 0);
}

/* A list that a crash cut off, or that somebody has changed, is none. */
static void
test_block_list (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("freshet-test-XXXXXX", &path, NULL);
  FrContentId id, other = { { 1 } };
  g_autoptr (GBytes) hashes = hash_them (&id), again = NULL;
  g_autoptr (GError) error = NULL;
  const off_t length = SIZE + 2 * sizeof (FrBlockHash) + 8;
  guint64 size = 7;

  g_assert_null (fr_block_list_read (fd, &id, &size, NULL)); /* empty */
  g_assert_null (fr_block_list_read (-1, &id, &size, NULL));
  g_assert_true (fr_block_list_write (fd, SIZE, hashes, &error));
  g_assert_null (fr_block_list_read (fd, &other, &size, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  for (off_t cut = 0; cut < length; cut += cut < SIZE - 1 ? SIZE - 1 : 1)
    {
      g_assert_cmpint (ftruncate (fd, cut), ==, 0);
      g_assert_null (fr_block_list_read (fd, &id, &size, NULL));
    }
  g_assert_cmpuint (size, ==, 7);

  g_assert_true (fr_block_list_write (fd, SIZE, hashes, NULL));
  g_assert_cmpint (ftruncate (fd, length + 1), ==, 0);
  g_assert_null (fr_block_list_read (fd, &id, &size, NULL));
  g_assert_cmpint (ftruncate (fd, length), ==, 0);
  again = fr_block_list_read (fd, &id, &size, NULL);
  g_assert_true (g_bytes_equal (again, hashes));
  g_assert_cmpuint (size, ==, SIZE);
  g_assert_cmpint (pwrite (fd, "x", 1, SIZE + 40), ==, 1);
  g_assert_null (fr_block_list_read (fd, &id, &size, NULL));
  close (fd);
  g_unlink (path);
}

void
test_find_incoming_add (void)
{
  memset (bytes, 'b', sizeof bytes);
  g_test_add ("/store/find-incoming/finds", Fixture, NULL, fixture_set_up, test_finds, fixture_tear_down);
  g_test_add ("/store/find-incoming/leave", Fixture, NULL, fixture_set_up, test_leave, fixture_tear_down);
  g_test_add ("/store/find-incoming/nothing-has-come", Fixture, NULL, fixture_set_up, test_nothing_has_come,
              fixture_tear_down);
  g_test_add_func ("/store/find-incoming/block-list", test_block_list);
}
