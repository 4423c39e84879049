/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-origin-name.h"

#include "fr-database.h"
#include "fr-peer-name.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* Whom a picture was kept from called themselves something, and may have been up to something. */

static const FrPeerKey bob = { { 0xb0, 0xb } };

/* Without small forms, as a rescue leaves it where nothing else is known. */
static FrPicture *
add (Fixture *fixture, const FrPicture *description)
{
  g_autoptr (FrStaged) staged = stage_text (fixture->store, "a picture", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FrPicture *picture;

  fr_store_add_async (fixture->store, staged, description, NULL, NULL, NULL, answered_cb, &result);
  picture = fr_store_add_finish (fixture->store, await (&result), NULL, &error);
  g_assert_no_error (error);
  return picture;
}

static FrPicture *
keep (Fixture *fixture, const FrPeerKey *origin, const char *name)
{
  g_autoptr (FrPicture) description = fr_picture_new ();

  fr_picture_set_text (description, "Harbour", NULL, NULL);
  fr_picture_set_origin (description, origin, name);
  return add (fixture, description);
}

static void
test_clean (void)
{
  static const struct
  {
    const char *text, *name;
  } rows[] = {
    { NULL, "" },
    { "", "" },
    { "  ", "" },
    { "Bob", "Bob" },
    { "  Bob\n the  builder ", "Bob the builder" },
    { "Zoë", "Zoë" },
    { "Zoe\u0308", "Zoë" },
    { "\u202eboB", "" },
    { "Bob\u2066", "" },
    { "B\x1b[2Job", "" },
    { "B\xffob", "" },
    { "\u200d", "" },
  };
  g_autofree char *longest = g_strnfill (FR_PEER_NAME_MAX_CHARS, 'x');
  g_autofree char *longer = g_strnfill (FR_PEER_NAME_MAX_CHARS + 1, 'x');
  g_autofree char *kept = fr_origin_name_clean (longest), *dropped = fr_origin_name_clean (longer);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = fr_origin_name_clean (rows[i].text);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (name, ==, rows[i].name);
    }
  g_assert_cmpstr (kept, ==, longest);
  g_assert_cmpstr (dropped, ==, "");
}

static void
test_remembered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = keep (fixture, &bob, " Bob "), after = NULL, copy = NULL;

  g_assert_cmpstr (picture->origin_name, ==, "Bob");
  fixture_reopen (fixture);
  after = get_picture (fixture->store, &picture->id, NULL);
  g_assert_cmpstr (after->origin_name, ==, "Bob");
  g_assert_true (fr_peer_key_equal (&after->origin, &bob));
  copy = fr_picture_copy (after);
  g_assert_cmpstr (copy->origin_name, ==, "Bob");
}

/* One's own has none, whatever is said. */
static void
test_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = keep (fixture, &(FrPeerKey){ 0 }, "Bob");

  g_assert_true (fr_picture_is_mine (picture));
  g_assert_cmpstr (picture->origin_name, ==, "");
}

static void
write_name (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "freshet.db", NULL);
  g_autoptr (FrDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_close (fixture->store);
  database = fr_database_open_to_read (path, &error);
  g_assert_no_error (error);
  g_assert_true (fr_database_execute (database, "PRAGMA query_only = OFF", NULL));
  g_assert_true (fr_database_execute (database, sql, NULL));
  g_clear_pointer (&database, fr_database_free);
  fixture_reopen (fixture);
}

/* A catalogue that somebody has written into shows no more than one that is received. */
static void
test_altered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = keep (fixture, &bob, "Bob"), after = NULL;

  write_name (fixture, "UPDATE pictures SET origin_name = char (8238) || 'boB'");
  after = get_picture (fixture->store, &picture->id, NULL);
  g_assert_cmpstr (after->origin_name, ==, "");
}

/* Where the catalogue has lost it, it comes back with whoever says what bytes are that nobody knew. */
static void
test_rescued (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPicture) picture = keep (fixture, &bob, "Bob"), bare = NULL, after = NULL;
  g_autoptr (FrPicture) told = NULL;

  write_name (fixture, "DELETE FROM forms; DELETE FROM pictures");
  bare = keep (fixture, &(FrPeerKey){ 0 }, NULL);
  g_assert_cmpstr (bare->origin_name, ==, "");
  told = fr_picture_copy (picture);
  g_free (told->mime);
  told->mime = g_strdup ("image/jpeg");
  after = add (fixture, told);
  g_assert_cmpstr (after->origin_name, ==, "Bob");
  g_assert_true (fr_peer_key_equal (&after->origin, &bob));
  g_assert_cmpint (after->audience, ==, FR_AUDIENCE_ONLY_ME);
}

void
test_origin_name_add (void)
{
  g_test_add_func ("/store/origin-name/clean", test_clean);
  g_test_add ("/store/origin-name/remembered", Fixture, NULL, fixture_set_up, test_remembered, fixture_tear_down);
  g_test_add ("/store/origin-name/own", Fixture, NULL, fixture_set_up, test_own, fixture_tear_down);
  g_test_add ("/store/origin-name/altered", Fixture, NULL, fixture_set_up, test_altered, fixture_tear_down);
  g_test_add ("/store/origin-name/rescued", Fixture, NULL, fixture_set_up, test_rescued, fixture_tear_down);
}
