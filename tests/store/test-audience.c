/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-audience.h"
#include "fr-people-table.h"
#include "fr-settings-table.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* Who may see which picture. */

static const FrPeerKey anna = { { 1 } };
static const FrPeerKey boris = { { 2 } };
static const FrPeerKey nobody = { { 0 } };

static void
test_texts (void)
{
  static const struct
  {
    const char *text;
    FrAudience audience;
  } rows[] = {
    { "everyone", FR_AUDIENCE_EVERYONE },
    { "contacts", FR_AUDIENCE_CONTACTS },
    { "me", FR_AUDIENCE_ONLY_ME },
    { "chosen:0100000000000000000000000000000000000000000000000000000000000000,"
      "0200000000000000000000000000000000000000000000000000000000000000",
      FR_AUDIENCE_CHOSEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) readers = NULL;
      g_autofree char *again = NULL;
      FrAudience audience;

      g_assert_true (fr_audience_parse (rows[i].text, &audience, &readers));
      g_assert_cmpint (audience, ==, rows[i].audience);
      g_assert_true (fr_audience_is_valid (audience, readers));
      again = fr_audience_to_text (audience, readers);
      g_assert_cmpstr (again, ==, rows[i].text);
    }
}

static void
test_bad_texts (void)
{
  static const char *const rows[] = {
    "", "Everyone", "everyone ", "chosen", "chosen:", "chosen:,", "chosen:01", "only-me",
    "chosen:0100000000000000000000000000000000000000000000000000000000000000,",
    "chosen:0000000000000000000000000000000000000000000000000000000000000000",
    "chosen:01000000000000000000000000000000000000000000000000000000000000zz",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrAudience audience = FR_AUDIENCE_ONLY_ME;
      GBytes *readers = NULL;

      if (fr_audience_parse (rows[i], &audience, &readers))
        g_error ("%s was taken", rows[i]);
      g_assert_cmpint (audience, ==, FR_AUDIENCE_ONLY_ME);
      g_assert_null (readers);
    }
}

static GBytes *
list_many (guint n)
{
  g_autofree FrPeerKey *keys = g_new0 (FrPeerKey, n);

  for (guint i = 0; i < n; i++)
    keys[i].bytes[0] = (guint8) (n - i);
  return fr_audience_list_readers (keys, n);
}

/* At the limit, and one past it; the list of the greatest length fits into a setting. */
static void
test_limit (void)
{
  g_autoptr (GBytes) most = list_many (FR_AUDIENCE_MAX_READERS);
  g_autoptr (GBytes) more = list_many (FR_AUDIENCE_MAX_READERS + 1);
  g_autofree char *most_text = fr_audience_to_text (FR_AUDIENCE_CHOSEN, most);
  g_autofree char *more_text = fr_audience_to_text (FR_AUDIENCE_CHOSEN, more);
  g_autoptr (GBytes) again = NULL;
  FrAudience audience;
  GBytes *none = NULL;

  g_assert_true (fr_audience_is_valid (FR_AUDIENCE_CHOSEN, most));
  g_assert_false (fr_audience_is_valid (FR_AUDIENCE_CHOSEN, more));
  g_assert_true (fr_audience_parse (most_text, &audience, &again));
  g_assert_true (g_bytes_equal (again, most));
  g_assert_cmpuint (strlen (most_text), <=, FR_SETTING_MAX_VALUE);
  g_assert_false (fr_audience_parse (more_text, &audience, &none));
}

static void
test_lists (void)
{
  const FrPeerKey twice[] = { boris, anna, boris };
  const FrPeerKey once[] = { anna, boris };
  const FrPeerKey bad[] = { anna, nobody };
  g_autoptr (GBytes) a = fr_audience_list_readers (twice, G_N_ELEMENTS (twice));
  g_autoptr (GBytes) b = fr_audience_list_readers (once, G_N_ELEMENTS (once));
  g_autoptr (GBytes) with_nobody = fr_audience_list_readers (bad, G_N_ELEMENTS (bad));
  g_autoptr (GBytes) broken = g_bytes_new (&anna, sizeof anna - 1);
  guint n;

  g_assert_true (g_bytes_equal (a, b));
  g_assert_true (fr_peer_key_equal (fr_audience_get_readers (a, &n), &anna));
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (fr_audience_list_readers (NULL, 0));
  g_assert_null (fr_audience_get_readers (NULL, &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (fr_audience_is_valid (FR_AUDIENCE_CHOSEN, NULL));
  g_assert_false (fr_audience_is_valid (FR_AUDIENCE_CHOSEN, with_nobody));
  g_assert_false (fr_audience_is_valid (FR_AUDIENCE_CHOSEN, broken));
  g_assert_false (fr_audience_is_valid (FR_AUDIENCE_EVERYONE, a));
  g_assert_false (fr_audience_is_valid ((FrAudience) (FR_AUDIENCE_LAST + 1), NULL));
}

/* A picture for each audience, and Anna and Boris among the person's people; Anna is chosen. */
static void
fill (FrStore *store)
{
  g_autoptr (GBytes) chosen = fr_audience_list_readers (&anna, 1);

  add_contact (store, &anna, "anna");
  add_contact (store, &boris, "boris");
  add_contact (store, NULL, "not-met");
  fr_picture_unref (add_for (store, "everyone", "Harbour for everyone", FR_AUDIENCE_EVERYONE, NULL));
  fr_picture_unref (add_for (store, "contacts", "Harbour for contacts", FR_AUDIENCE_CONTACTS, NULL));
  fr_picture_unref (add_for (store, "chosen", "Harbour for Anna", FR_AUDIENCE_CHOSEN, chosen));
  fr_picture_unref (add_for (store, "me", "Harbour for me", FR_AUDIENCE_ONLY_ME, NULL));
  fr_picture_unref (add_kept (store, "kept", "Harbour kept"));
}

static void
assert_sees (FrStore *store, const FrPeerKey *reader, const char *titles)
{
  g_autofree char *by_index = search_titles (store, "harbour", reader);
  g_autofree char *by_scan = search_titles (store, "ha", reader);
  g_autofree char *listed = list_titles (store, reader, 0, 100);
  g_auto (GStrv) parts = g_strsplit (titles, "|", -1);

  g_assert_cmpstr (by_index, ==, titles);
  g_assert_cmpstr (by_scan, ==, titles);
  g_assert_cmpstr (listed, ==, titles);
  g_assert_cmpuint (count_pictures (store, reader), ==, g_strv_length (parts));
}

#define FOR_EVERYONE "Harbour for everyone"
#define FOR_CONTACTS "Harbour for contacts|" FOR_EVERYONE
#define FOR_ANNA "Harbour for Anna|" FOR_CONTACTS
#define FOR_ME "Harbour kept|Harbour for me|" FOR_ANNA

static void
test_readers (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const FrPeerKey *reader;
    const char *titles;
  } rows[] = {
    { NULL, FOR_ME },
    { &anna, FOR_ANNA },
    { &boris, FOR_CONTACTS },
    { &stranger, FOR_EVERYONE },
    { &nobody, FOR_EVERYONE }, /* there is somebody without a key, who has not been met */
  };

  fill (fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_sees (fixture->store, rows[i].reader, rows[i].titles);
  fixture_reopen (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_sees (fixture->store, rows[i].reader, rows[i].titles);
}

/* Who is removed sees what strangers see, at once; who is added again was not chosen again. */
static void
test_removed_contact (Fixture *fixture, gconstpointer data)
{
  fill (fixture->store);
  remove_contact (fixture->store, &anna, "anna");
  assert_sees (fixture->store, &anna, FOR_EVERYONE);
  add_contact (fixture->store, &anna, "anna");
  assert_sees (fixture->store, &anna, FOR_CONTACTS);
}

/* Who is blocked sees what strangers see, also of what they were chosen for. */
static void
test_blocked_contact (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPersonRecord) record = fr_person_record_new (&anna, "Anna", "", "anna");
  g_autoptr (GAsyncResult) result = NULL;

  fill (fixture->store);
  record->blocked = TRUE;
  fr_store_put_person_async (fixture->store, record, NULL, answered_cb, &result);
  g_assert_true (fr_store_put_person_finish (fixture->store, await (&result), NULL));
  assert_sees (fixture->store, &anna, FOR_EVERYONE);
}

/* Chosen, but none of the person's people: not until they are. */
static void
test_chosen_stranger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) chosen = fr_audience_list_readers (&stranger, 1);

  fr_picture_unref (add_for (fixture->store, "chosen", "Harbour", FR_AUDIENCE_CHOSEN, chosen));
  assert_sees (fixture->store, &stranger, "");
  add_contact (fixture->store, &stranger, "stranger");
  assert_sees (fixture->store, &stranger, "Harbour");
}

static GError *
get_blocks (FrStore *store, const FrContentId *id, const FrPeerKey *reader)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) hashes = NULL;
  GError *error = NULL;
  guint64 size = 0;

  fr_store_get_blocks_async (store, id, reader, NULL, answered_cb, &result);
  hashes = fr_store_get_blocks_finish (store, await (&result), &size, &error);
  g_assert_cmpuint (size, ==, hashes != NULL ? strlen ("contacts") : 0);
  return error;
}

static GError *
get_preview (FrStore *store, const FrContentId *id, const FrPeerKey *reader)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) preview = NULL;
  GError *error = NULL;

  fr_store_get_preview_async (store, id, reader, NULL, answered_cb, &result);
  preview = fr_store_get_preview_finish (store, await (&result), &error);
  return error;
}

/* Not there and not allowed give the same answer. */
static void
test_not_allowed_is_not_there (Fixture *fixture, gconstpointer data)
{
  const FrContentId none = { { 9 } };
  g_autoptr (FrPicture) picture
    = add_for (fixture->store, "contacts", "Harbour", FR_AUDIENCE_CONTACTS, NULL);
  g_autoptr (GError) absent = get_blocks (fixture->store, &none, &stranger);
  g_autoptr (GError) refused = get_blocks (fixture->store, &picture->id, &stranger);
  g_autoptr (GError) absent_preview = get_preview (fixture->store, &none, &stranger);
  g_autoptr (GError) refused_preview = get_preview (fixture->store, &picture->id, &stranger);

  g_assert_error (refused, absent->domain, absent->code);
  g_assert_cmpstr (refused->message, ==, absent->message);
  g_assert_error (refused_preview, absent_preview->domain, absent_preview->code);
  g_assert_cmpstr (refused_preview->message, ==, absent_preview->message);
  g_assert_error (refused, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);

  add_contact (fixture->store, &stranger, "stranger");
  g_assert_null (get_blocks (fixture->store, &picture->id, &stranger));
  g_assert_null (get_preview (fixture->store, &picture->id, &stranger));
  g_assert_null (get_blocks (fixture->store, &picture->id, NULL));
}

/* Several at once, there and back. */
static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) first = add_picture (fixture->store, "first", "First", NULL);
  g_autoptr (FrPicture) second = add_kept (fixture->store, "second", "Second");
  const FrContentId ids[] = { first->id, second->id };
  const FrPeerKey keys[] = { boris, anna };
  g_autoptr (GBytes) chosen = fr_audience_list_readers (keys, 2);
  g_autoptr (GPtrArray) changed = NULL, changed_back = NULL;
  g_autoptr (FrPicture) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (first->readers);
  changed = set_audience (fixture->store, ids, 2, FR_AUDIENCE_CHOSEN, chosen, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const FrPicture *picture = changed->pdata[i];

      g_assert_true (fr_content_id_equal (&picture->id, &ids[i]));
      g_assert_cmpint (picture->audience, ==, FR_AUDIENCE_CHOSEN);
      g_assert_true (g_bytes_equal (picture->readers, chosen));
    }
  g_assert_false (fr_picture_is_mine (changed->pdata[1])); /* whom it came from is remembered */
  fixture_reopen (fixture);
  again = get_picture (fixture->store, &ids[0], NULL);
  g_assert_true (g_bytes_equal (again->readers, chosen));

  changed_back = set_audience (fixture->store, ids, 2, FR_AUDIENCE_EVERYONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (((FrPicture *) changed_back->pdata[0])->readers);
  g_assert_cmpuint (count_pictures (fixture->store, &stranger), ==, 2);
}

/* All of them or none. */
static void
test_change_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "first", "First", NULL);
  const FrContentId ids[] = { picture->id, { { 9 } } };
  g_autoptr (GBytes) too_many = list_many (FR_AUDIENCE_MAX_READERS + 1);
  g_autoptr (GBytes) most = list_many (FR_AUDIENCE_MAX_READERS);
  g_autoptr (GPtrArray) changed = NULL;
  const struct
  {
    guint n;
    FrAudience audience;
    GBytes *readers;
    FrStoreError code;
  } rows[] = {
    { 2, FR_AUDIENCE_ONLY_ME, NULL, FR_STORE_ERROR_NOT_FOUND },
    { 1, FR_AUDIENCE_CHOSEN, NULL, FR_STORE_ERROR_EMPTY },
    { 1, FR_AUDIENCE_CHOSEN, too_many, FR_STORE_ERROR_TOO_LARGE },
    { 1, (FrAudience) (FR_AUDIENCE_LAST + 1), NULL, FR_STORE_ERROR_EMPTY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (set_audience (fixture->store, ids, rows[i].n, rows[i].audience, rows[i].readers, &error));
      g_assert_error (error, FR_STORE_ERROR, (int) rows[i].code);
      g_assert_cmpuint (count_pictures (fixture->store, &stranger), ==, 1);
    }
  changed = set_audience (fixture->store, ids, 1, FR_AUDIENCE_CHOSEN, most, NULL);
  g_assert_cmpuint (changed->len, ==, 1);
}

/* A picture that goes takes its list along, so that nobody is chosen for the next one by accident. */
static void
test_removed_picture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) chosen = fr_audience_list_readers (&anna, 1);
  g_autoptr (FrPicture) picture = add_for (fixture->store, "one", "One", FR_AUDIENCE_CHOSEN, chosen);
  g_autoptr (FrPicture) again = NULL;

  g_assert_true (remove_picture (fixture->store, &picture->id, NULL));
  again = add_for (fixture->store, "one", "One", FR_AUDIENCE_ONLY_ME, NULL);
  g_assert_null (again->readers);
  g_assert_cmpint (again->audience, ==, FR_AUDIENCE_ONLY_ME);
}

/* What was kept and is added by the person after all is for whom she adds it, and not for more. */
static void
test_kept_and_added (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) kept = add_kept (fixture->store, "same", "Kept");
  g_autoptr (FrPicture) added = add_for (fixture->store, "same", "Mine", FR_AUDIENCE_CONTACTS, NULL);
  g_autoptr (FrPicture) again = add_for (fixture->store, "same", "Mine", FR_AUDIENCE_EVERYONE, NULL);

  g_assert_cmpint (kept->audience, ==, FR_AUDIENCE_ONLY_ME);
  g_assert_cmpint (added->audience, ==, FR_AUDIENCE_CONTACTS);
  g_assert_cmpint (again->audience, ==, FR_AUDIENCE_CONTACTS);
  g_assert_false (fr_picture_is_mine (again));
}

/* A total is a number of what the reader may see. */
static void
test_total (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  guint total = 9;

  fill (fixture->store);
  fr_store_search_async (fixture->store, "harbour", &stranger, 0, NULL, answered_cb, &result);
  found = fr_store_search_finish (fixture->store, await (&result), &total, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (total, ==, 1);
}

/* What is for few can be asked for by itself, so that it travels by itself. */
static void
test_restricted (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const FrPeerKey *reader;
    guint n;
  } rows[] = { { &anna, 2 }, { &boris, 1 }, { &stranger, 0 }, { &nobody, 0 } };

  fill (fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint short_word = 0; short_word < 2; short_word++)
      {
        g_autoptr (GAsyncResult) result = NULL;
        g_autoptr (GPtrArray) found = NULL;
        guint total = 9;

        fr_store_search_restricted_async (fixture->store, short_word ? "ha" : "harbour", rows[i].reader, 10, NULL,
                                          answered_cb, &result);
        found = fr_store_search_finish (fixture->store, await (&result), &total, NULL);
        g_assert_cmpuint (found->len, ==, rows[i].n);
        g_assert_cmpuint (total, ==, rows[i].n);
      }
}

void
test_audience_add (void)
{
#define ADD(name, function)                                                                                            \
  g_test_add ("/store/audience/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  g_test_add_func ("/store/audience/texts", test_texts);
  g_test_add_func ("/store/audience/bad-texts", test_bad_texts);
  g_test_add_func ("/store/audience/limit", test_limit);
  g_test_add_func ("/store/audience/lists", test_lists);
  ADD ("readers", test_readers);
  ADD ("removed-contact", test_removed_contact);
  ADD ("blocked-contact", test_blocked_contact);
  ADD ("chosen-stranger", test_chosen_stranger);
  ADD ("not-allowed-is-not-there", test_not_allowed_is_not_there);
  ADD ("change", test_change);
  ADD ("change-fails", test_change_fails);
  ADD ("removed-picture", test_removed_picture);
  ADD ("kept-and-added", test_kept_and_added);
  ADD ("total", test_total);
  ADD ("restricted", test_restricted);
#undef ADD
}
