/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>

#include "store-fixture.h"
#include "tests.h"

/* Much is asked of a store at a time, by several threads, and it is closed meanwhile. */

#define N_AT_ONCE 40

typedef struct
{
  GAsyncResult *searches[N_AT_ONCE];
  GAsyncResult *stagings[N_AT_ONCE];
} AtOnce;

static void
ask_at_once (FrStore *store, AtOnce *asked)
{
  g_autofree char *large = g_strnfill (3 * FR_BLOCK_SIZE, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (large, 3 * FR_BLOCK_SIZE);

  for (gsize i = 0; i < N_AT_ONCE; i++)
    {
      fr_store_stage_bytes_async (store, bytes, NULL, answered_cb, &asked->stagings[i]);
      fr_store_search_async (store, i % 2 ? "harbour" : "ha", &stranger, 10, NULL, answered_cb,
                             &asked->searches[i]);
    }
}

static void
test_searches_at_once (Fixture *fixture, gconstpointer data)
{
  AtOnce asked = { 0 };

  fr_picture_unref (add_picture (fixture->store, "bytes", "Harbour", NULL));
  ask_at_once (fixture->store, &asked);
  for (gsize i = 0; i < N_AT_ONCE; i++)
    {
      g_autoptr (GAsyncResult) search = await (&asked.searches[i]);
      g_autoptr (GAsyncResult) staging = await (&asked.stagings[i]);
      g_autoptr (GPtrArray) found = fr_store_search_finish (fixture->store, search, NULL, NULL);
      g_autoptr (FrStaged) staged = fr_store_stage_bytes_finish (fixture->store, staging, NULL);

      g_assert_cmpuint (found->len, ==, 1);
      g_assert_cmpuint (fr_staged_get_size (staged), ==, 3 * FR_BLOCK_SIZE);
    }
}

/* Everything is answered: done, or told that the store is closed. */
static void
test_close_in_the_middle (Fixture *fixture, gconstpointer data)
{
  AtOnce asked = { 0 };
  GAsyncResult *late = NULL;
  g_autoptr (GError) late_error = NULL;
  g_autofree char *late_value = NULL;

  ask_at_once (fixture->store, &asked);
  fr_store_close (fixture->store);
  for (gsize i = 0; i < N_AT_ONCE; i++)
    {
      g_autoptr (GAsyncResult) search = await (&asked.searches[i]);
      g_autoptr (GAsyncResult) staging = await (&asked.stagings[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = fr_store_search_finish (fixture->store, search, NULL, NULL);
      g_autoptr (FrStaged) staged = fr_store_stage_bytes_finish (fixture->store, staging, &error);

      g_assert_nonnull (found);
      if (staged == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
    }
  fr_store_get_setting_async (fixture->store, "name", NULL, answered_cb, &late);
  late_value = fr_store_get_setting_finish (fixture->store, await (&late), &late_error);
  g_assert_error (late_error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_object_unref (late);
}

/* The last reference may well be dropped by one of the store's own threads. */
static void
test_forgotten_in_the_middle (Fixture *fixture, gconstpointer data)
{
  AtOnce asked = { 0 };

  ask_at_once (fixture->store, &asked);
  g_clear_object (&fixture->store);
  for (gsize i = 0; i < N_AT_ONCE; i++)
    {
      g_object_unref (await (&asked.searches[i]));
      g_object_unref (await (&asked.stagings[i]));
    }
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_cancellable_cancel (cancellable);
  fr_store_search_async (fixture->store, "harbour", NULL, 1, cancellable, answered_cb, &result);
  found = fr_store_search_finish (fixture->store, await (&result), NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Somebody else writes to the catalogue, and what is to be added has to wait; what is searched for does not. */
static void
test_searching_while_writing_waits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "freshet.db", NULL);
  g_autoptr (FrStaged) staged = NULL;
  g_autoptr (FrPicture) description = fr_picture_new (), added = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  sqlite3 *other = NULL;

  fr_picture_unref (add_picture (fixture->store, "bytes", "Harbour", NULL));
  staged = stage_text (fixture->store, "more bytes", NULL);
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  fr_store_add_async (fixture->store, staged, description, NULL, NULL, NULL, answered_cb, &result);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *found = search_titles (fixture->store, "harbour", &stranger);

      g_assert_cmpstr (found, ==, "Harbour");
    }
  g_assert_null (result);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  added = fr_store_add_finish (fixture->store, await (&result), NULL, NULL);
  g_assert_nonnull (added);
}

static gpointer
search_in_thread (gpointer store)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  char *found;

  g_main_context_push_thread_default (context);
  found = search_titles (store, "harbour", NULL);
  g_main_context_pop_thread_default (context);
  return found;
}

static void
test_from_any_thread (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];

  fr_picture_unref (add_picture (fixture->store, "bytes", "Harbour", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asks", search_in_thread, fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *found = g_thread_join (threads[i]);

      g_assert_cmpstr (found, ==, "Harbour");
    }
}

#define ADD(name, function) \
  g_test_add ("/store/at-once/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void
test_at_once_add (void)
{
  ADD ("searches", test_searches_at_once);
  ADD ("close-in-the-middle", test_close_in_the_middle);
  ADD ("forgotten-in-the-middle", test_forgotten_in_the_middle);
  ADD ("searching-while-writing-waits", test_searching_while_writing_waits);
  ADD ("cancelled", test_cancelled);
  ADD ("from-any-thread", test_from_any_thread);
}
