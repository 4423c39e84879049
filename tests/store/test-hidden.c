/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* Removing that can be undone. */

#define BYTES "harbour"

static const FrPeerKey anna = { { 1 } };
static const FrPeerKey boris = { { 2 } };

static void
assert_restores (FrStore *store, const FrContentId *id, guint n_expected)
{
  g_autoptr (GPtrArray) pictures = restore_pictures (store, id, 1);

  g_assert_cmpuint (pictures->len, ==, n_expected);
}

/* No question is answered with it, and its file waits. */
static void
test_gone_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, BYTES, "Harbour", NULL);
  g_autoptr (FrPicture) gone = NULL;
  g_autoptr (GAsyncResult) asking = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  guint sharing = fr_store_get_sharing (fixture->store);

  g_assert_cmpint (hide_pictures (fixture->store, &picture->id, 1), ==, 1);
  gone = get_picture (fixture->store, &picture->id, &error);
  g_assert_null (gone);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
  found = search_titles (fixture->store, "harbour", NULL);
  g_assert_cmpstr (found, ==, "");
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 0);
  fr_store_get_blocks_async (fixture->store, &picture->id, NULL, NULL, answered_cb, &asking);
  g_assert_null (fr_store_get_blocks_finish (fixture->store, await (&asking), NULL, NULL)); /* what a transfer asks first */
  g_assert_cmpuint (fr_store_get_sharing (fixture->store), !=, sharing); /* so those that go on ask again */
  g_assert_cmpuint (count_stored (fixture->folder, "pictures"), ==, 1);
  g_assert_cmpint (hide_pictures (fixture->store, &picture->id, 1), ==, 0); /* which changes nothing */
  assert_restores (fixture->store, &picture->id, 1);
}

/* All that was known of it: words, who can see it, its place in the order, its small pictures. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  static const char *const tags[] = { "sea", NULL };
  g_autoptr (FrPicture) first = add_picture (fixture->store, BYTES, "Harbour", tags);
  g_autoptr (FrPicture) second = add_picture (fixture->store, "dune", "Dune", NULL);
  g_autoptr (GBytes) readers = NULL;
  g_autoptr (GPtrArray) changed = NULL, back = NULL;
  g_autoptr (GBytes) block = NULL;
  g_autofree char *titles = NULL, *found = NULL, *for_anna = NULL, *for_boris = NULL;
  const FrContentId ids[] = { first->id, second->id };
  const FrPicture *again;

  add_contact (fixture->store, &anna, "Anna");
  readers = fr_audience_list_readers (&anna, 1);
  changed = set_audience (fixture->store, ids, 1, FR_AUDIENCE_CHOSEN, readers, NULL);
  g_assert_cmpint (hide_pictures (fixture->store, ids, 2), ==, 2);
  back = restore_pictures (fixture->store, ids, 2);
  g_assert_cmpuint (back->len, ==, 2);

  again = back->pdata[0];
  g_assert_cmpstr (again->title, ==, "Harbour");
  g_assert_cmpstr (again->tags[0], ==, "sea");
  g_assert_cmpint (again->added_us, ==, first->added_us);
  g_assert_cmpint (again->audience, ==, FR_AUDIENCE_CHOSEN);
  g_assert_cmpint (again->has_thumbnail, ==, first->has_thumbnail);
  g_assert_true (g_bytes_equal (again->readers, readers));
  titles = list_titles (fixture->store, NULL, 0, 10);
  g_assert_cmpstr (titles, ==, "Dune|Harbour");
  found = search_titles (fixture->store, "sea", NULL);
  g_assert_cmpstr (found, ==, "Harbour");
  for_anna = search_titles (fixture->store, "sea", &anna);
  g_assert_cmpstr (for_anna, ==, "Harbour");
  for_boris = search_titles (fixture->store, "sea", &boris);
  g_assert_cmpstr (for_boris, ==, "");
  block = read_block (fixture->store, &first->id, 0, NULL);
  g_assert_cmpmem (g_bytes_get_data (block, NULL), g_bytes_get_size (block), BYTES, strlen (BYTES));

  /* and it stays */
  fixture_reopen (fixture);
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 2);
  g_assert_cmpuint (count_stored (fixture->folder, "pictures"), ==, 2);
}

/* Somebody who is removed meanwhile is not chosen any more. */
static void
test_reader_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) readers = NULL;
  g_autoptr (FrPicture) picture = NULL;
  g_autofree char *for_anna = NULL;

  add_contact (fixture->store, &anna, "Anna");
  readers = fr_audience_list_readers (&anna, 1);
  picture = add_for (fixture->store, BYTES, "Harbour", FR_AUDIENCE_CHOSEN, readers);
  hide_pictures (fixture->store, &picture->id, 1);
  remove_contact (fixture->store, &anna, "Anna");
  assert_restores (fixture->store, &picture->id, 1);
  for_anna = search_titles (fixture->store, "harbour", &anna);
  g_assert_cmpstr (for_anna, ==, "");
}

static void
test_purged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, BYTES, "Harbour", NULL);
  g_autoptr (FrPicture) other = add_picture (fixture->store, "dune", "Dune", NULL);

  hide_pictures (fixture->store, &picture->id, 1);
  purge_pictures (fixture->store, &other->id, 1); /* is not hidden, so it stays */
  purge_pictures (fixture->store, &picture->id, 1);
  purge_pictures (fixture->store, &picture->id, 1);
  assert_restores (fixture->store, &picture->id, 0);
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 1);
  fixture_reopen (fixture);
  g_assert_cmpuint (count_stored (fixture->folder, "pictures"), ==, 1);
}

/* Nothing is left of it on the disk once Freshet has ended. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, BYTES, "Harbour", NULL);

  hide_pictures (fixture->store, &picture->id, 1);
  fr_store_close (fixture->store);
  g_assert_cmpuint (count_stored (fixture->folder, "pictures"), ==, 0);
  fixture_reopen (fixture);
  assert_restores (fixture->store, &picture->id, 0);
  g_assert_cmpuint (count_pictures (fixture->store, NULL), ==, 0);
}

/* What was added again is one's own new picture: neither undoing nor purging touches it. */
static void
test_added_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_for (fixture->store, BYTES, "Harbour", FR_AUDIENCE_EVERYONE, NULL);
  g_autoptr (FrPicture) again = NULL, third = NULL, now = NULL;
  g_autoptr (GBytes) block = NULL;

  hide_pictures (fixture->store, &picture->id, 1);
  again = add_for (fixture->store, BYTES, "Quay", FR_AUDIENCE_ONLY_ME, NULL);
  g_assert_cmpstr (again->title, ==, "Quay");
  assert_restores (fixture->store, &picture->id, 1);
  now = get_picture (fixture->store, &picture->id, NULL);
  g_assert_cmpstr (now->title, ==, "Quay");
  g_assert_cmpint (now->audience, ==, FR_AUDIENCE_ONLY_ME);

  hide_pictures (fixture->store, &picture->id, 1);
  third = add_for (fixture->store, BYTES, "Pier", FR_AUDIENCE_ONLY_ME, NULL);
  purge_pictures (fixture->store, &picture->id, 1);
  fixture_reopen (fixture);
  block = read_block (fixture->store, &third->id, 0, NULL);
  g_assert_nonnull (block);
}

/* At the limit all can come back; one more, and the first is gone for good. */
static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  g_autoptr (GPtrArray) back = NULL, rest = NULL;
  const FrContentId *all;

  for (guint i = 0; i < FR_STORE_MAX_HIDDEN + 1; i++)
    {
      g_autofree char *bytes = g_strdup_printf ("picture %u", i);
      g_autoptr (FrPicture) picture = add_picture (fixture->store, bytes, bytes, NULL);

      g_array_append_val (ids, picture->id);
    }
  all = &g_array_index (ids, FrContentId, 0);
  g_assert_cmpint (hide_pictures (fixture->store, all, FR_STORE_MAX_HIDDEN), ==, FR_STORE_MAX_HIDDEN);
  back = restore_pictures (fixture->store, all, FR_STORE_MAX_HIDDEN);
  g_assert_cmpuint (back->len, ==, FR_STORE_MAX_HIDDEN);

  g_assert_cmpint (hide_pictures (fixture->store, all, FR_STORE_MAX_HIDDEN + 1), ==, FR_STORE_MAX_HIDDEN + 1);
  assert_restores (fixture->store, &all[0], 0);
  rest = restore_pictures (fixture->store, all, FR_STORE_MAX_HIDDEN + 1);
  g_assert_cmpuint (rest->len, ==, FR_STORE_MAX_HIDDEN);
}

/* A check of everything has nothing to say of it. */
static void
test_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, BYTES, "Harbour", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FrStoreReport) report = NULL;

  hide_pictures (fixture->store, &picture->id, 1);
  fr_store_check_async (fixture->store, NULL, NULL, NULL, answered_cb, &result);
  report = fr_store_check_finish (fixture->store, await (&result), NULL);
  g_assert_nonnull (report);
  g_assert_cmpuint (report->problems->len, ==, 0);
  assert_restores (fixture->store, &picture->id, 1);
}

void
test_hidden_add (void)
{
#define ADD(path, function) g_test_add ("/store/hidden/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("gone-at-once", test_gone_at_once);
  ADD ("comes-back", test_comes_back);
  ADD ("reader-removed", test_reader_removed);
  ADD ("purged", test_purged);
  ADD ("closed", test_closed);
  ADD ("added-again", test_added_again);
  ADD ("too-many", test_too_many);
  ADD ("checked", test_checked);
#undef ADD
}
