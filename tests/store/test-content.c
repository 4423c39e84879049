/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "fr-text-fold.h"

#include "tests.h"

/* What others may find, as a digest needs it. */

static FrNgramSet *
get_ngrams (FrStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_get_ngrams_async (store, cancellable, answered_cb, &result);
  return fr_store_get_ngrams_finish (store, await (&result), error);
}

/* Whether the content is that of these texts and of nothing else. */
static void
assert_content (Fixture *fixture, const char *const *texts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrNgramSet) content = get_ngrams (fixture->store, NULL, &error);
  g_autoptr (FrNgramSet) expected = fr_ngram_set_new ();
  const guint32 *found, *wanted;
  guint n_found, n_wanted, n_same = 0;

  g_assert_no_error (error);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *folded = fr_text_fold (texts[i], -1);

      fr_ngram_set_add_text (expected, folded);
    }
  found = fr_ngram_set_get_hashes (content, &n_found);
  wanted = fr_ngram_set_get_hashes (expected, &n_wanted);
  g_assert_cmpuint (n_found, ==, n_wanted);
  for (guint i = 0; i < n_wanted; i++)
    for (guint k = 0; k < n_found; k++)
      if (found[k] == wanted[i])
        {
          n_same++;
          break;
        }
  g_assert_cmpuint (n_same, ==, n_wanted);
}

/* What was answered is seen by the next call: a title is there at once, and gone with its picture. */
static void
test_added_and_removed (Fixture *fixture, gconstpointer data)
{
  const char *const tags[] = { "Küste", NULL };
  const char *const nothing[] = { NULL };
  const char *const both[] = { "Lighthouse", "Küste", "Harbour", NULL };
  const char *const one[] = { "Harbour", NULL };
  g_autoptr (FrPicture) first = NULL, second = NULL;

  assert_content (fixture, nothing);
  first = add_picture (fixture->store, "first", "Lighthouse", tags);
  second = add_picture (fixture->store, "second", "Harbour", NULL);
  assert_content (fixture, both);
  g_assert_true (remove_picture (fixture->store, &first->id, NULL));
  assert_content (fixture, one);
  fixture_reopen (fixture);
  assert_content (fixture, one);
}

/* Nobody is told, not even by a digest, of what they may not have. */
static void
test_restricted (Fixture *fixture, gconstpointer data)
{
  const char *const everyone[] = { "Lighthouse", NULL };
  g_autoptr (FrPicture) picture = add_for (fixture->store, "everyone", "Lighthouse", FR_AUDIENCE_EVERYONE, NULL);

  g_autoptr (GBytes) readers = fr_audience_list_readers (&stranger, 1);

  for (FrAudience audience = FR_AUDIENCE_CONTACTS; audience <= FR_AUDIENCE_ONLY_ME; audience++)
    {
      g_autofree char *bytes = g_strdup_printf ("for %d", (int) audience);
      g_autoptr (FrPicture) restricted = add_for (fixture->store, bytes, "Secret garden", audience, audience == FR_AUDIENCE_CHOSEN ? readers : NULL);

      g_assert_cmpint (restricted->audience, ==, audience);
      assert_content (fixture, everyone);
    }
}

/* What was kept from somebody counts while its person shares it with everyone. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  const char *const nothing[] = { NULL };
  const char *const kept_one[] = { "Lighthouse", NULL };
  g_autoptr (FrPicture) kept = add_kept (fixture->store, "kept", "Lighthouse");

  for (guint i = 0; i < 3; i++)
    {
      FrAudience audience = i % 2 == 0 ? FR_AUDIENCE_EVERYONE : FR_AUDIENCE_CONTACTS;
      g_autoptr (GPtrArray) changed = NULL;

      assert_content (fixture, i % 2 == 1 ? kept_one : nothing);
      changed = set_audience (fixture->store, &kept->id, 1, audience, NULL, NULL);
      g_assert_nonnull (changed);
    }
  assert_content (fixture, kept_one);
}

static GBytes *
list_readers (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *readers = NULL;

  fr_store_list_readers_async (store, NULL, answered_cb, &result);
  fr_store_list_readers_finish (store, await (&result), &readers, &error);
  g_assert_no_error (error);
  return readers;
}

/* Whose searches are to be led here: contacts, where there is something for them. */
static void
test_readers (Fixture *fixture, gconstpointer data)
{
  const FrPeerKey keys[] = { { { 1 } }, { { 2 } } };
  g_autoptr (GBytes) first = fr_audience_list_readers (keys, 1), both = fr_audience_list_readers (keys, 2);
  g_autoptr (GBytes) unknown = fr_audience_list_readers (&stranger, 1);
  g_autoptr (FrPicture) picture = NULL;
  const struct
  {
    FrAudience audience;
    GBytes *chosen, *expected;
  } rows[] = {
    { FR_AUDIENCE_EVERYONE, NULL, NULL }, { FR_AUDIENCE_CONTACTS, NULL, both },   { FR_AUDIENCE_CHOSEN, first, first },
    { FR_AUDIENCE_ONLY_ME, NULL, NULL },  { FR_AUDIENCE_CHOSEN, unknown, NULL },
  };

  add_contact (fixture->store, &keys[0], "anna");
  add_contact (fixture->store, &keys[1], "boris");
  add_contact (fixture->store, NULL, "not-met");
  picture = add_picture (fixture->store, "one", "Lighthouse", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) changed
        = set_audience (fixture->store, &picture->id, 1, rows[i].audience, rows[i].chosen, NULL);
      g_autoptr (GBytes) readers = list_readers (fixture->store);

      g_assert_nonnull (changed);
      g_assert_true ((readers != NULL) == (rows[i].expected != NULL));
      g_assert_true (readers == NULL || g_bytes_equal (readers, rows[i].expected));
    }
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = add_picture (fixture->store, "first", "Lighthouse", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (get_ngrams (fixture->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

void
test_content_add (void)
{
  g_test_add ("/store/content/added-and-removed", Fixture, NULL, fixture_set_up, test_added_and_removed,
              fixture_tear_down);
  g_test_add ("/store/content/restricted", Fixture, NULL, fixture_set_up, test_restricted, fixture_tear_down);
  g_test_add ("/store/content/kept", Fixture, NULL, fixture_set_up, test_kept, fixture_tear_down);
  g_test_add ("/store/content/readers", Fixture, NULL, fixture_set_up, test_readers, fixture_tear_down);
  g_test_add ("/store/content/cancelled", Fixture, NULL, fixture_set_up, test_cancelled, fixture_tear_down);
}
