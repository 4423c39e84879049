/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-people-table.h"
#include "fr-settings-table.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

static gboolean
put (FrStore *store, const FrPersonRecord *person, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_person_async (store, person, NULL, answered_cb, &result);
  return fr_store_put_person_finish (store, await (&result), error);
}

static void
put_new (FrStore *store, guint8 key, const char *name, const char *server, const char *address)
{
  FrPeerKey full;
  g_autoptr (FrPersonRecord) person = NULL;
  g_autoptr (GError) error = NULL;

  memset (&full, key, sizeof full);
  person = fr_person_record_new (&full, name, server, address);
  put (store, person, &error);
  g_assert_no_error (error);
}

static char *
list (FrStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;
  GString *text = g_string_new (NULL);

  fr_store_list_people_async (store, NULL, answered_cb, &result);
  people = fr_store_list_people_finish (store, await (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const FrPersonRecord *person = g_ptr_array_index (people, i);

      g_string_append_printf (text, "%s%s %d %s/%s", i > 0 ? ", " : "", person->name, person->key.bytes[0],
                              person->server, person->address);
    }
  return g_string_free (text, FALSE);
}

static void
assert_people (FrStore *store, const char *expected)
{
  g_autofree char *people = list (store);

  g_assert_cmpstr (people, ==, expected);
}

/* Of the only one. */
static void
assert_checked (FrStore *store, gboolean checked)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) people = NULL;

  fr_store_list_people_async (store, NULL, answered_cb, &result);
  people = fr_store_list_people_finish (store, await (&result), NULL);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpint (((FrPersonRecord *) g_ptr_array_index (people, 0))->checked, ==, checked);
}

static void
test_who_is_who (Fixture *fixture, gconstpointer data)
{
  FrStore *store = fixture->store;

  put_new (store, 0, "zoe", "s", "zoe");
  assert_people (store, "zoe 0 s/zoe");
  put_new (store, 0, "Zoe", "s", "zoe"); /* the same address */
  assert_people (store, "Zoe 0 s/zoe");
  put_new (store, 1, "Zoe", "s", "zoe"); /* met */
  assert_people (store, "Zoe 1 s/zoe");
  put_new (store, 0, "Zoe B", "s", "zoe"); /* added again by address: the key stays */
  assert_people (store, "Zoe B 1 s/zoe");
  put_new (store, 1, "Zoe", "t", "zoe-2"); /* moved */
  assert_people (store, "Zoe 1 t/zoe-2");
  put_new (store, 2, "Other", "t", "zoe-2"); /* somebody else has the address now */
  assert_people (store, "Zoe 1 t/zoe-2, Other 2 t/zoe-2");
  put_new (store, 3, "No address", "", "");
  put_new (store, 4, "Nor here", "", "");
  assert_people (store, "Zoe 1 t/zoe-2, Other 2 t/zoe-2, No address 3 /, Nor here 4 /");
}

static void
test_same_under_two_addresses (Fixture *fixture, gconstpointer data)
{
  put_new (fixture->store, 1, "Zoe", "s", "zoe");
  put_new (fixture->store, 0, "zoe-2", "s", "zoe-2");
  put_new (fixture->store, 1, "Zoe", "s", "zoe-2");
  assert_people (fixture->store, "Zoe 1 s/zoe-2");
}

static void
test_fields_and_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (NULL, "Zo\303\253", "s", "zoe");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) people = NULL;
  const FrPersonRecord *read;

  person->seen_us = 12345;
  person->auto_connect = TRUE;
  g_assert_true (put (fixture->store, person, NULL));
  person->blocked = TRUE;
  person->seen_us = 0;
  g_assert_true (put (fixture->store, person, NULL));
  fixture_reopen (fixture);
  fr_store_list_people_async (fixture->store, NULL, answered_cb, &result);
  people = fr_store_list_people_finish (fixture->store, await (&result), NULL);
  read = g_ptr_array_index (people, 0);
  g_assert_cmpstr (read->name, ==, "Zo\303\253");
  g_assert_cmpint (read->seen_us, ==, 12345);
  g_assert_true (read->auto_connect);
  g_assert_true (read->blocked);
  g_assert_true (fr_peer_key_is_zero (&read->key));
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FrPersonRecord) person = fr_person_record_new (NULL, "whatever", "s", "zoe");
  g_autoptr (GAsyncResult) result = NULL, again_result = NULL;
  g_autoptr (GError) error = NULL;

  put_new (fixture->store, 1, "Zoe", "s", "zoe");
  fr_store_remove_person_async (fixture->store, person, NULL, answered_cb, &result);
  g_assert_true (fr_store_remove_person_finish (fixture->store, await (&result), NULL));
  assert_people (fixture->store, "");
  fr_store_remove_person_async (fixture->store, person, NULL, answered_cb, &again_result);
  g_assert_false (fr_store_remove_person_finish (fixture->store, await (&again_result), &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND);
}

static void
test_people_limits (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gsize name, server, address;
    gboolean good;
  } rows[] = { { FR_PERSON_MAX_NAME, FR_PERSON_MAX_SERVER, FR_PERSON_MAX_ADDRESS, TRUE },
               { FR_PERSON_MAX_NAME + 1, 1, 1, FALSE },
               { 1, FR_PERSON_MAX_SERVER + 1, 1, FALSE },
               { 1, 1, FR_PERSON_MAX_ADDRESS + 1, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strnfill (rows[i].name, 'n');
      g_autofree char *server = g_strnfill (rows[i].server, 's');
      g_autofree char *address = g_strnfill (rows[i].address, 'a');
      g_autoptr (FrPersonRecord) person = fr_person_record_new (NULL, name, server, address);
      g_autoptr (GError) error = NULL;

      g_assert_true (put (fixture->store, person, &error) == rows[i].good);
      if (!rows[i].good)
        g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
    }
}

/* What was checked was a key: an address says nothing about it. */
static void
test_checked (Fixture *fixture, gconstpointer data)
{
  const FrPeerKey key = { { 1 } };
  g_autoptr (FrPersonRecord) person = fr_person_record_new (&key, "Zoe", "s", "zoe");
  g_autoptr (FrPersonRecord) by_address = fr_person_record_new (NULL, "Zoe", "s", "zoe");

  g_assert_true (put (fixture->store, person, NULL));
  assert_checked (fixture->store, FALSE);
  person->checked = TRUE;
  g_assert_true (put (fixture->store, person, NULL));
  g_assert_true (put (fixture->store, by_address, NULL));
  fixture_reopen (fixture);
  assert_checked (fixture->store, TRUE);
  person->checked = FALSE;
  g_assert_true (put (fixture->store, person, NULL));
  assert_checked (fixture->store, FALSE);
}

/* A catalogue of a Freshet that knew no checks. */
static void
test_from_version_5 (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "old.db", NULL);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  FrDatabase *database = open_version (path, 5);

  g_assert_no_error (error);
  g_assert_true (fr_database_execute (
    database, "INSERT INTO people (name, server, address, seen_us, auto_connect) VALUES ('Zoe', 's', 'zoe', 1, 1)", NULL));
  fr_database_free (database);
  database = fr_database_open (path, fr_store_migrations, &error);
  g_assert_no_error (error);
  people = fr_people_table_list (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_false (((FrPersonRecord *) g_ptr_array_index (people, 0))->checked);
  fr_database_free (database);
  fr_test_folder_free (folder);
}

/* A catalogue of a Freshet that did not know since when somebody is wanted: whoever is, is from now on. */
static void
test_from_version_14 (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "old.db", NULL);
  gint64 before_us = (g_get_real_time () / G_USEC_PER_SEC - 1) * G_USEC_PER_SEC;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  FrDatabase *database = open_version (path, 14);
  FrPersonRecord *zoe, *anna;

  g_assert_no_error (error);
  g_assert_true (fr_database_execute (
    database, "INSERT INTO people (name, server, address, seen_us, auto_connect) VALUES ('Zoe', 's', 'zoe', 0, 1), "
              "('Anna', 's', 'anna', 0, 0)", NULL));
  fr_database_free (database);
  database = fr_database_open (path, fr_store_migrations, &error);
  g_assert_no_error (error);
  people = fr_people_table_list (database, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 2);
  zoe = g_ptr_array_index (people, 0);
  anna = g_ptr_array_index (people, 1);
  g_assert_cmpint (zoe->wanted_us, >=, before_us);
  g_assert_cmpint (zoe->wanted_us, <=, g_get_real_time ());
  g_assert_cmpint (anna->wanted_us, ==, 0);
  zoe->wanted_us = 77;
  g_assert_true (fr_people_table_put (database, zoe, &error));
  g_clear_pointer (&people, g_ptr_array_unref);
  people = fr_people_table_list (database, &error);
  g_assert_cmpint (((FrPersonRecord *) g_ptr_array_index (people, 0))->wanted_us, ==, 77);
  fr_database_free (database);
  fr_test_folder_free (folder);
}

static void
replace (FrStore *store, const FrPeerKey *old, const FrPersonRecord *person)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fr_store_replace_key_async (store, old, person, NULL, answered_cb, &result);
  g_assert_true (fr_store_replace_key_finish (store, await (&result), &error));
  g_assert_no_error (error);
}

/* Somebody with a new computer: what was for them is for them still, and not for whoever has the old one. */
static void
test_replace_key (Fixture *fixture, gconstpointer data)
{
  gboolean is_known = GPOINTER_TO_INT (data); /* under the new key too, by then */
  FrStore *store = fixture->store;
  const FrPeerKey keys[2] = { { { 1 } }, { { 9 } } };
  g_autoptr (GBytes) old_reader = g_bytes_new (&keys[0], sizeof keys[0]);
  g_autoptr (GBytes) new_reader = g_bytes_new (&keys[1], sizeof keys[1]);
  g_autoptr (GBytes) both = g_bytes_new (keys, sizeof keys);
  g_autoptr (FrPersonRecord) person = fr_person_record_new (&keys[1], "Zoe", "s", "zoe");

  put_new (store, 2, "Mia", "s", "mia");
  add_contact (store, &keys[0], "Zoe");
  if (is_known)
    add_contact (store, &keys[1], "Zoe too");
  fr_picture_unref (add_for (store, "a", "For Zoe", FR_AUDIENCE_CHOSEN, old_reader));
  if (is_known)
    {
      fr_picture_unref (add_for (store, "b", "For the new one", FR_AUDIENCE_CHOSEN, new_reader));
      fr_picture_unref (add_for (store, "c", "For both", FR_AUDIENCE_CHOSEN, both));
    }
  person->checked = person->auto_connect = TRUE;
  replace (store, &keys[0], person);
  assert_people (store, "Mia 2 s/mia, Zoe 9 s/zoe");
  g_assert_cmpuint (count_pictures (store, &keys[1]), ==, is_known ? 3 : 1);
  g_assert_cmpuint (count_pictures (store, &keys[0]), ==, 0);
  replace (store, &keys[1], person); /* by itself: nothing changes */
  g_assert_cmpuint (count_pictures (store, &keys[1]), ==, is_known ? 3 : 1);
}

static void
test_too_many_people (void)
{
  FrDatabase *database = fr_database_open (NULL, fr_store_migrations, NULL);
  g_autoptr (FrPersonRecord) person = fr_person_record_new (NULL, "One more", "", "");
  g_autoptr (GError) error = NULL;
  g_autofree char *fill = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
    "INSERT INTO people (name, server, address, seen_us, auto_connect) SELECT 'x', '', '', 0, 0 FROM n",
    FR_PEOPLE_MAX - 1);

  g_assert_true (fr_database_execute (database, fill, NULL));
  g_assert_true (fr_people_table_put (database, person, NULL));
  g_assert_false (fr_people_table_put (database, person, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE);
  fr_database_free (database);
}

static gboolean
put_setting (FrStore *store, const char *name, const char *value, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fr_store_put_setting_async (store, name, value, NULL, answered_cb, &result);
  return fr_store_put_setting_finish (store, await (&result), error);
}

static char *
get_setting (FrStore *store, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *value;

  fr_store_get_setting_async (store, name, NULL, answered_cb, &result);
  value = fr_store_get_setting_finish (store, await (&result), &error);
  g_assert_no_error (error);
  return value;
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  static const char *const values[] = { "Zo\303\253", "", "two", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *value = NULL;

      g_assert_true (put_setting (fixture->store, "name", values[i], NULL));
      fixture_reopen (fixture);
      value = get_setting (fixture->store, "name");
      g_assert_cmpstr (value, ==, values[i]);
    }
}

static void
test_setting_limits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (FR_SETTING_MAX_NAME + 1, 'n');
  g_autofree char *value = g_strnfill (FR_SETTING_MAX_VALUE + 1, 'v');
  g_autoptr (GError) error = NULL;

  g_assert_true (put_setting (fixture->store, name + 1, value + 1, NULL));
  g_assert_false (put_setting (fixture->store, name, "", &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT);
  g_assert_false (put_setting (fixture->store, "n", value, NULL));
  g_assert_false (put_setting (fixture->store, "", "v", NULL));
  g_assert_false (put_setting (fixture->store, "n", "\377", NULL));
}

#define ADD(name, function) g_test_add ("/store/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

void
test_people_add (void)
{
  ADD ("people/who-is-who", test_who_is_who);
  ADD ("people/same-under-two-addresses", test_same_under_two_addresses);
  ADD ("people/fields-and-restart", test_fields_and_restart);
  ADD ("people/remove", test_remove);
  ADD ("people/limits", test_people_limits);
  ADD ("people/checked", test_checked);
  g_test_add_func ("/store/people/from-version-5", test_from_version_5);
  g_test_add_func ("/store/people/from-version-14", test_from_version_14);
  g_test_add ("/store/people/replace-key/stranger", Fixture, GINT_TO_POINTER (FALSE), fixture_set_up, test_replace_key,
              fixture_tear_down);
  g_test_add ("/store/people/replace-key/known", Fixture, GINT_TO_POINTER (TRUE), fixture_set_up, test_replace_key,
              fixture_tear_down);
  g_test_add_func ("/store/people/too-many", test_too_many_people);
  ADD ("settings/values", test_settings);
  ADD ("settings/limits", test_setting_limits);
}
