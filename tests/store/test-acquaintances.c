/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-acquaintance-table.h"
#include "fr-audience-table.h"
#include "fr-catalogue.h"
#include "fr-form-table.h"
#include "fr-origin-name.h"
#include "fr-originals.h"
#include "fr-people-table.h"
#include "fr-settings-table.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

/* Several computers of one person, and people who were introduced. */

static const FrPeerKey anna = { { 1 } }, laptop = { { 2 } }, boris = { { 3 } }, carol = { { 4 } };

static void
put (FrStore *store, const FrPersonRecord *person)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_put_person_async (store, person, NULL, answered_cb, &result);
  fr_store_put_person_finish (store, await (&result), &error);
  g_assert_no_error (error);
}

static void
put_computer (FrStore *store, const FrPeerKey *key, const FrPeerKey *owner)
{
  g_autoptr (FrPersonRecord) computer = fr_person_record_new (key, "Laptop", "s", "laptop");

  computer->owner = *owner;
  computer->auto_connect = TRUE;
  put (store, computer);
}

static GPtrArray *
list_people (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *people;

  fr_store_list_people_async (store, NULL, answered_cb, &result);
  people = fr_store_list_people_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return people;
}

static GPtrArray *
list_acquaintances (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *people;

  fr_store_list_acquaintances_async (store, NULL, answered_cb, &result);
  people = fr_store_list_acquaintances_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return people;
}

static gboolean
introduce (FrStore *store, const FrPeerKey *key, const FrPeerKey *introducer, const char *name, GError **error)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (key, name, "s", "carol");
  g_autoptr (GAsyncResult) result = NULL;

  person->introducer = *introducer;
  fr_store_put_acquaintance_async (store, person, NULL, answered_cb, &result);
  return fr_store_put_acquaintance_finish (store, await (&result), error);
}

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (&anna, "Anna", "s", "anna"), copy = NULL;
  g_autoptr (GPtrArray) people = NULL;
  const FrPersonRecord *read;

  person->mine = person->agrees = person->told = TRUE;
  memset (person->agreement, 7, sizeof person->agreement);
  copy = fr_person_record_copy (person);
  put (fixture->store, copy);
  put_computer (fixture->store, &laptop, &anna);
  fixture_reopen (fixture);
  people = list_people (fixture->store);
  g_assert_cmpuint (people->len, ==, 2);
  read = people->pdata[0];
  g_assert_true (read->mine && read->agrees && read->told);
  g_assert_cmpmem (read->agreement, sizeof read->agreement, person->agreement, sizeof person->agreement);
  g_assert_true (fr_peer_key_is_zero (&read->owner));
  read = people->pdata[1];
  g_assert_false (read->mine || read->agrees || read->told);
  g_assert_true (fr_peer_key_equal (&read->owner, &anna));
  /* and all of it is taken back */
  person->mine = person->agrees = FALSE;
  put (fixture->store, person);
  g_ptr_array_unref (people);
  people = list_people (fixture->store);
  read = people->pdata[0];
  g_assert_false (read->mine || read->agrees);
}

static GBytes *
list_readers (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  GBytes *readers = NULL;

  fr_store_list_readers_async (store, NULL, answered_cb, &result);
  g_assert_true (fr_store_list_readers_finish (store, await (&result), &readers, NULL));
  return readers;
}

/* What was chosen for Anna is found by her other computer, and by nobody's else; searches of both are led here. */
static void
test_audiences (Fixture *fixture, gconstpointer data)
{
  const FrPeerKey both[] = { anna, laptop };
  g_autoptr (GBytes) for_anna = fr_audience_list_readers (&anna, 1), expected = fr_audience_list_readers (both, 2);
  g_autoptr (GBytes) for_laptop = fr_audience_list_readers (&laptop, 1), readers = NULL;

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  put_computer (fixture->store, &laptop, &anna);
  fr_picture_unref (add_for (fixture->store, "a", "For Anna", FR_AUDIENCE_CHOSEN, for_anna));
  readers = list_readers (fixture->store);
  g_assert_true (g_bytes_equal (readers, expected));
  fr_picture_unref (add_for (fixture->store, "b", "For contacts", FR_AUDIENCE_CONTACTS, NULL));
  fr_picture_unref (add_for (fixture->store, "c", "For the laptop alone", FR_AUDIENCE_CHOSEN, for_laptop));
  g_assert_cmpuint (count_pictures (fixture->store, &anna), ==, 2);
  g_assert_cmpuint (count_pictures (fixture->store, &laptop), ==, 3);
  g_assert_cmpuint (count_pictures (fixture->store, &boris), ==, 1);
  g_assert_cmpuint (count_pictures (fixture->store, &stranger), ==, 0);
  /* she goes, and so does it */
  remove_contact (fixture->store, &anna, "anna");
  g_assert_cmpuint (count_pictures (fixture->store, &laptop), ==, 0);
}

static void
test_removed_together (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL, acquaintances = NULL;

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  put_computer (fixture->store, &laptop, &anna);
  g_assert_true (introduce (fixture->store, &carol, &anna, "Carol", NULL));
  g_assert_true (introduce (fixture->store, &stranger, &boris, "Dora", NULL));
  remove_contact (fixture->store, &anna, "anna");
  people = list_people (fixture->store);
  acquaintances = list_acquaintances (fixture->store);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpuint (acquaintances->len, ==, 1);
  g_assert_cmpstr (((FrPersonRecord *) acquaintances->pdata[0])->name, ==, "Dora");
}

/* A new computer in the place of the old one: what the old one said of other computers counts no more. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (&boris, "Anna", "s", "anna");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) people = NULL, acquaintances = NULL;

  add_contact (fixture->store, &anna, "anna");
  put_computer (fixture->store, &laptop, &anna);
  g_assert_true (introduce (fixture->store, &carol, &anna, "Carol", NULL));
  fr_store_replace_key_async (fixture->store, &anna, person, NULL, answered_cb, &result);
  g_assert_true (fr_store_replace_key_finish (fixture->store, await (&result), NULL));
  people = list_people (fixture->store);
  acquaintances = list_acquaintances (fixture->store);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpuint (acquaintances->len, ==, 1);
  g_assert_true (fr_peer_key_equal (&((FrPersonRecord *) acquaintances->pdata[0])->introducer, &boris));
}

/* Whoever was introduced is no contact. */
static void
test_introduced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL, acquaintances = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  const FrPersonRecord *record;

  add_contact (fixture->store, &anna, "anna");
  add_contact (fixture->store, &boris, "boris");
  fr_picture_unref (add_for (fixture->store, "b", "For contacts", FR_AUDIENCE_CONTACTS, NULL));
  g_assert_true (introduce (fixture->store, &carol, &anna, "Carol", NULL));
  g_assert_true (introduce (fixture->store, &carol, &boris, "Caroline", NULL));
  fixture_reopen (fixture);
  acquaintances = list_acquaintances (fixture->store);
  g_assert_cmpuint (acquaintances->len, ==, 1);
  record = acquaintances->pdata[0];
  g_assert_true (fr_peer_key_equal (&record->key, &carol));
  g_assert_true (fr_peer_key_equal (&record->introducer, &anna)); /* the first */
  g_assert_cmpstr (record->name, ==, "Caroline");
  g_assert_cmpstr (record->address, ==, "carol");
  people = list_people (fixture->store);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpuint (count_pictures (fixture->store, &carol), ==, 0);
  fr_store_remove_acquaintance_async (fixture->store, &carol, NULL, answered_cb, &result);
  g_assert_true (fr_store_remove_acquaintance_finish (fixture->store, await (&result), NULL));
  g_ptr_array_unref (acquaintances);
  acquaintances = list_acquaintances (fixture->store);
  g_assert_cmpuint (acquaintances->len, ==, 0);
}

static void
test_bad (Fixture *fixture, gconstpointer data)
{
  const FrPeerKey nobody = { { 0 } };
  g_autofree char *name = g_strnfill (FR_PERSON_MAX_NAME + 1, 'n');
  const struct
  {
    const FrPeerKey *key, *introducer;
    const char *name;
    gboolean good;
  } rows[] = { { &carol, &anna, name + 1, TRUE },
               { &carol, &anna, name, FALSE },
               { &carol, &anna, "\377", FALSE },
               { &nobody, &anna, "Carol", FALSE },
               { &carol, &nobody, "Carol", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (introduce (fixture->store, rows[i].key, rows[i].introducer, rows[i].name, &error), ==,
                       rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
    }
}

static const char *const migrations[]
  = { fr_catalogue_version_1, fr_people_version_2, fr_settings_version_3,  fr_people_version_4, fr_audience_version_5,
      fr_people_version_6,    fr_originals_version_7, fr_origin_name_version_8,
      fr_form_table_version_9, fr_people_version_10,  fr_audience_version_11,   NULL };

static gboolean
put_number (FrDatabase *database, guint number, guint8 introducer, GError **error)
{
  FrPeerKey key = { { 200, (guint8) (number >> 8), (guint8) number } };
  g_autoptr (FrPersonRecord) person = fr_person_record_new (&key, "Somebody", "", "");

  person->introducer.bytes[0] = introducer;
  return fr_acquaintance_table_put (database, person, error);
}

static void
test_limits (void)
{
  FrDatabase *database = fr_database_open (NULL, migrations, NULL);
  g_autoptr (GError) each = NULL, all = NULL;
  guint n = 0;

  for (; n < FR_ACQUAINTANCES_MAX_EACH; n++)
    g_assert_true (put_number (database, n, 1, NULL));
  g_assert_false (put_number (database, n, 1, &each));
  g_assert_error (each, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
  g_assert_true (put_number (database, 0, 1, NULL)); /* once more */
  for (; n < FR_ACQUAINTANCES_MAX; n++)
    g_assert_true (put_number (database, n, (guint8) (1 + n / FR_ACQUAINTANCES_MAX_EACH), NULL));
  g_assert_false (put_number (database, n, 99, &all));
  g_assert_error (all, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
  fr_database_free (database);
}

/* A catalogue of a Freshet that knew one computer a person. */
static void
test_from_version_7 (void)
{
  const char *const old[] = { migrations[0], migrations[1], migrations[2], migrations[3],
                              migrations[4], migrations[5], migrations[6], NULL };
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "old.db", NULL);
  g_autoptr (GPtrArray) people = NULL, acquaintances = NULL;
  g_autoptr (GError) error = NULL;
  FrDatabase *database = fr_database_open (path, old, &error);
  const FrPersonRecord *zoe;

  g_assert_no_error (error);
  g_assert_true (fr_database_execute (database,
                                      "INSERT INTO people (key, name, server, address, seen_us, auto_connect, checked) "
                                      "VALUES (zeroblob (32), 'Zoe', 's', 'zoe', 1, 1, 1)",
                                      NULL));
  fr_database_free (database);
  database = fr_database_open (path, migrations, &error);
  g_assert_no_error (error);
  people = fr_people_table_list (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 1);
  zoe = people->pdata[0];
  g_assert_true (zoe->checked && zoe->auto_connect);
  g_assert_false (zoe->mine || zoe->agrees || zoe->told || !fr_peer_key_is_zero (&zoe->owner));
  acquaintances = fr_acquaintance_table_list (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acquaintances->len, ==, 0);
  fr_database_free (database);
  fr_test_folder_free (folder);
}

#define ADD(name, function) g_test_add ("/store/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void
test_acquaintances_add (void)
{
  ADD ("acquaintances/fields", test_fields);
  ADD ("acquaintances/audiences", test_audiences);
  ADD ("acquaintances/removed-together", test_removed_together);
  ADD ("acquaintances/replaced", test_replaced);
  ADD ("acquaintances/introduced", test_introduced);
  ADD ("acquaintances/bad", test_bad);
  g_test_add_func ("/store/acquaintances/limits", test_limits);
  g_test_add_func ("/store/acquaintances/from-version-7", test_from_version_7);
}
