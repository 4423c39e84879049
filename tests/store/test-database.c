/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-database.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fr-id-query.h"
#include "fr-test-support.h"
#include "store-fixture.h"
#include "tests.h"

static const char *const one[] = { "CREATE TABLE a (x TEXT);", NULL };
static const char *const two[] = { "CREATE TABLE a (x TEXT);", "ALTER TABLE a ADD COLUMN y TEXT DEFAULT 'new';", NULL };
static const char *const bad[]
  = { "CREATE TABLE a (x TEXT);", "CREATE TABLE b (x TEXT); SELECT nothing FROM nowhere;", NULL };

static void
execute (FrDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;

  fr_database_execute (database, sql, &error);
  g_assert_no_error (error);
}

static char *
query (FrDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, &error);
  char *text;

  g_assert_no_error (error);
  text = fr_statement_next (statement, &error) ? g_strdup (fr_statement_get_text (statement, 0)) : NULL;
  g_assert_no_error (error);
  return text;
}

static void
assert_query (FrDatabase *database, const char *sql, const char *expected)
{
  g_autofree char *text = query (database, sql);

  g_assert_cmpstr (text, ==, expected);
}

static FrDatabase *
open_file (const char *folder, const char *const *migrations, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);

  return fr_database_open (path, migrations, error);
}

static void
test_migrates_old_file (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  FrDatabase *database = open_file (folder, one, &error);

  g_assert_no_error (error);
  execute (database, "INSERT INTO a VALUES ('old')");
  fr_database_free (database);

  database = open_file (folder, two, &error);
  g_assert_no_error (error);
  assert_query (database, "PRAGMA user_version", "2");
  assert_query (database, "SELECT x || y FROM a", "oldnew");
  fr_database_free (database);
  fr_test_folder_free (folder);
}

static void
test_newer_is_left_alone (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  FrDatabase *database = open_file (folder, two, NULL);

  fr_database_free (database);
  g_assert_null (open_file (folder, one, &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NEWER);
  database = open_file (folder, two, NULL);
  assert_query (database, "PRAGMA user_version", "2");
  fr_database_free (database);
  fr_test_folder_free (folder);
}

static void
test_failed_migration_leaves_nothing (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  FrDatabase *database;

  g_assert_null (open_file (folder, bad, &error));
  g_assert_nonnull (error);
  database = open_file (folder, one, NULL);
  assert_query (database, "PRAGMA user_version", "1");
  assert_query (database, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'", "0");
  fr_database_free (database);
  fr_test_folder_free (folder);
}

static void
test_settings_of_a_file (void)
{
  char *folder = fr_test_folder_new ();
  FrDatabase *database = open_file (folder, one, NULL);

  assert_query (database, "PRAGMA journal_mode", "wal");
  assert_query (database, "PRAGMA synchronous", "2");
  fr_database_free (database);
  fr_test_folder_free (folder);
}

/* The second connection sees what is committed, waits for nobody, and writes nothing. */
static void
test_reader (void)
{
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  FrDatabase *database = open_file (folder, one, NULL);
  g_autoptr (GError) error = NULL;
  FrDatabase *reader = fr_database_open_to_read (path, &error);

  g_assert_no_error (error);
  execute (database, "INSERT INTO a VALUES ('seen')");
  assert_query (reader, "SELECT x FROM a", "seen");
  g_assert_true (fr_database_begin (database, NULL));
  execute (database, "DELETE FROM a");
  assert_query (reader, "SELECT x FROM a", "seen");
  g_assert_true (fr_database_commit (database, NULL));
  assert_query (reader, "SELECT x FROM a", NULL);
  g_assert_false (fr_database_execute (reader, "INSERT INTO a VALUES ('not')", &error));
  g_assert_nonnull (error);
  fr_database_free (reader);
  fr_database_free (database);
  fr_test_folder_free (folder);
}

static void
test_transactions (void)
{
  FrDatabase *database = fr_database_open (NULL, one, NULL);

  g_assert_true (fr_database_begin (database, NULL));
  execute (database, "INSERT INTO a VALUES ('gone')");
  fr_database_rollback (database);
  fr_database_rollback (database);
  assert_query (database, "SELECT count(*) FROM a", "0");
  g_assert_true (fr_database_begin (database, NULL));
  execute (database, "INSERT INTO a VALUES ('stays')");
  g_assert_true (fr_database_commit (database, NULL));
  fr_database_rollback (database);
  assert_query (database, "SELECT x FROM a", "stays");
  fr_database_free (database);
}

static void
test_statements (void)
{
  static const char sql[] = "SELECT ?1, ?2, ?3, ?4, typeof (?5)";
  FrDatabase *database = fr_database_open (NULL, one, NULL);
  FrStatement *statement = fr_database_use (database, sql, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1", 2);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;

  fr_statement_bind_int64 (statement, 1, G_MININT64);
  fr_statement_bind_text (statement, 2, "it's \"text\"");
  fr_statement_bind_bytes (statement, 3, bytes);
  fr_statement_bind_bytes (statement, 4, NULL);
  g_assert_true (fr_statement_next (statement, &error));
  g_assert_cmpint (fr_statement_get_int64 (statement, 0), ==, G_MININT64);
  g_assert_cmpstr (fr_statement_get_text (statement, 1), ==, "it's \"text\"");
  read = fr_statement_dup_bytes (statement, 2);
  g_assert_true (g_bytes_equal (read, bytes));
  g_assert_null (fr_statement_dup_bytes (statement, 3));
  g_assert_cmpstr (fr_statement_get_text (statement, 4), ==, "null");
  g_assert_false (fr_statement_next (statement, &error));
  g_assert_no_error (error);
  fr_statement_release (statement);

  g_assert_true (fr_database_use (database, sql, NULL) == statement);
  g_assert_true (fr_statement_next (statement, NULL));
  g_assert_cmpstr (fr_statement_get_text (statement, 1), ==, "");
  fr_statement_release (statement);
  fr_database_free (database);
}

/* What is no id, as in a file that somebody else has written to, is none. */
static void
test_ids (void)
{
  static const char *const tables[] = { "CREATE TABLE ids (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;", NULL };
  const FrContentId first = { { 1 } }, second = { { 2 } };
  g_autoptr (GError) error = NULL;
  FrDatabase *database = fr_database_open (NULL, tables, &error);
  g_autoptr (GArray) ids = NULL, none = NULL;

  g_assert_no_error (error);
  execute (database, "INSERT INTO ids VALUES (x'0102')");
  g_assert_true (fr_id_query_run (database, "INSERT INTO ids VALUES (?1)", &second, &error));
  g_assert_true (fr_id_query_run (database, "INSERT INTO ids VALUES (?1)", &first, &error));
  g_assert_no_error (error);
  ids = fr_id_query_list (database, "SELECT id FROM ids ORDER BY id", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_true (fr_content_id_equal (&g_array_index (ids, FrContentId, 0), &first));
  g_assert_true (fr_content_id_equal (&g_array_index (ids, FrContentId, 1), &second));

  g_assert_false (fr_id_query_run (database, "INSERT INTO ids VALUES (?1)", &first, &error)); /* it is there */
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_IO);
  g_clear_error (&error);
  none = fr_id_query_list (database, "SELECT id FROM nowhere", &error);
  g_assert_null (none);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED);
  fr_database_free (database);
}

static void
test_wrong_statements (void)
{
  FrDatabase *database = fr_database_open (NULL, one, NULL);
  g_autoptr (GError) error = NULL, bind_error = NULL;
  FrStatement *statement;

  g_assert_null (fr_database_use (database, "SELECT nonsense FROM a", &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED);
  statement = fr_database_use (database, "SELECT ?1", NULL);
  fr_statement_bind_int64 (statement, 2, 1);
  g_assert_false (fr_statement_run (statement, &bind_error));
  g_assert_error (bind_error, FR_STORE_ERROR, FR_STORE_ERROR_IO);
  fr_statement_release (statement);
  fr_database_free (database);
}

static void
test_no_room (void)
{
  FrDatabase *database = fr_database_open (NULL, one, NULL);
  g_autoptr (GError) error = NULL;

  execute (database, "PRAGMA max_page_count = 3");
  g_assert_false (fr_database_execute (database, "INSERT INTO a VALUES (zeroblob (100000))", &error));
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_FULL);
  fr_database_free (database);
}

/* What a Freshet of version 1 left behind: only pictures, no people, no settings. Written out here, since what once was
 * on people's disks never changes. */
static const char version_1[]
  = "CREATE TABLE pictures (number INTEGER PRIMARY KEY AUTOINCREMENT, shared_id BLOB NOT NULL UNIQUE,"
    "  original_id BLOB NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, tags TEXT NOT NULL,"
    "  folded TEXT NOT NULL, type INTEGER NOT NULL, mime TEXT NOT NULL, size INTEGER NOT NULL,"
    "  width INTEGER NOT NULL, height INTEGER NOT NULL, added_us INTEGER NOT NULL, audience INTEGER NOT NULL,"
    "  origin BLOB, offered INTEGER NOT NULL, has_thumbnail INTEGER NOT NULL, preview_hash BLOB) STRICT;"
    "CREATE TABLE forms (number INTEGER PRIMARY KEY, preview BLOB, hashes BLOB NOT NULL, thumbnail BLOB) STRICT;"
    "CREATE TABLE unfinished (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE words USING fts5 (folded, content = 'pictures', content_rowid = 'number',"
    "  columnsize = 0, tokenize = 'trigram case_sensitive 1');"
    "CREATE TRIGGER pictures_inserted AFTER INSERT ON pictures BEGIN"
    "  INSERT INTO words (rowid, folded) VALUES (new.number, new.folded); END;"
    "INSERT INTO pictures VALUES (1, zeroblob (32), zeroblob (32), 'Harbour', 'at night', 'sea' || char (10) || 'boat',"
    "  'harbour' || char (10) || 'sea', 1, 'image/jpeg', 5, 640, 480, 1000, 0, NULL, 0, 0, NULL);"
    "INSERT INTO pictures VALUES (2, randomblob (32), zeroblob (32), 'Kept', '', '',"
    "  'kept', 1, 'image/jpeg', 5, 640, 480, 1001, 0, randomblob (32), 0, 0, NULL);"
    "INSERT INTO pictures VALUES (3, randomblob (32), zeroblob (32), 'Passed on', '', '',"
    "  'passed on', 1, 'image/jpeg', 5, 640, 480, 1002, 0, randomblob (32), 1, 0, NULL);"
    "INSERT INTO forms VALUES (1, NULL, zeroblob (32), NULL);"
    "PRAGMA user_version = 1;";

static void
write_catalogue (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (connection), ==, SQLITE_OK);
}

static void
test_store_of_version_1 (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) store = NULL;
  g_autoptr (FrPicture) picture = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *found = NULL, *all = NULL, *shared = NULL;
  FrContentId id = { { 0 } };

  write_catalogue (folder, version_1);
  store = open_store (folder, &error);
  g_assert_no_error (error);
  picture = get_picture (store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (picture->tags[1], ==, "boat");
  g_assert_cmpstr (picture->mime, ==, "image/jpeg");
  found = search_titles (store, "arbo", &stranger);
  g_assert_cmpstr (found, ==, "Harbour");
  all = list_titles (store, NULL, 0, 10);
  g_assert_cmpstr (all, ==, "Passed on|Kept|Harbour");
  shared = list_titles (store, &stranger, 0, 10);
  g_assert_cmpstr (shared, ==, "Passed on|Harbour");
  fr_store_put_setting_async (store, "name", "Zo\303\253", NULL, answered_cb, &result);
  g_assert_true (fr_store_put_setting_finish (store, await (&result), NULL));
  fr_store_close (store);
  fr_test_folder_free (folder);
}

/* What a Freshet of version 5 made of that: people, settings, and who may see what. */
static const char to_version_5[]
  = "CREATE TRIGGER pictures_deleted AFTER DELETE ON pictures BEGIN"
    "  INSERT INTO words (words, rowid, folded) VALUES ('delete', old.number, old.folded);"
    "  DELETE FROM forms WHERE number = old.number; END;"
    "CREATE TRIGGER pictures_updated AFTER UPDATE OF folded ON pictures BEGIN"
    "  INSERT INTO words (words, rowid, folded) VALUES ('delete', old.number, old.folded);"
    "  INSERT INTO words (rowid, folded) VALUES (new.number, new.folded); END;"
    "CREATE TABLE people (number INTEGER PRIMARY KEY, key BLOB UNIQUE, name TEXT NOT NULL, server TEXT NOT NULL,"
    "  address TEXT NOT NULL, seen_us INTEGER NOT NULL, auto_connect INTEGER NOT NULL,"
    "  blocked INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE readers (number INTEGER NOT NULL, key BLOB NOT NULL, PRIMARY KEY (number, key)) STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER pictures_deleted_readers AFTER DELETE ON pictures BEGIN"
    "  DELETE FROM readers WHERE number = old.number; END;"
    "CREATE TRIGGER people_deleted_readers AFTER DELETE ON people WHEN old.key IS NOT NULL BEGIN"
    "  DELETE FROM readers WHERE key = old.key; END;"
    "UPDATE pictures SET audience = 3 WHERE origin IS NOT NULL AND NOT offered;"
    "ALTER TABLE pictures DROP COLUMN offered;"
    "UPDATE pictures SET original_id = shared_id;"
    "INSERT INTO people VALUES (1, x'c800000000000000000000000000000000000000000000000000000000000000', 'Zoe', 's', 'zoe',"
    "  0, 1, 0);"
    "INSERT INTO readers SELECT 2, key FROM people;"
    "UPDATE pictures SET audience = 2 WHERE number = 2;"
    "PRAGMA user_version = 5;";

/* Nobody has looked into what was there before cleaning was; it is shared as it was. */
static void
test_store_of_version_5 (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) store = NULL;
  g_autoptr (FrPicture) picture = NULL;
  g_autofree char *seen = NULL, *found = NULL;
  FrContentId id = { { 0 } };

  write_catalogue (folder, version_1);
  write_catalogue (folder, to_version_5);
  store = open_store (folder, &error);
  g_assert_no_error (error);
  picture = get_picture (store, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->metadata, ==, FR_METADATA_UNTOUCHED);
  g_assert_cmpuint (picture->removed, ==, 0);
  g_assert_cmpuint (picture->strip_version, ==, 0);
  g_assert_cmpint (picture->shared_us, ==, picture->added_us);
  g_assert_cmpstr (picture->origin_name, ==, "");
  g_assert_false (fr_picture_has_original (picture));
  seen = list_titles (store, &stranger, 0, 10);
  g_assert_cmpstr (seen, ==, "Passed on|Kept|Harbour");
  found = search_titles (store, "arbo", &stranger);
  g_assert_cmpstr (found, ==, "Harbour");
  g_assert_true (remove_picture (store, &id, &error));
  g_assert_cmpuint (count_files (folder, "originals"), ==, 0);
  fr_store_close (store);
  fr_test_folder_free (folder);
}

static void
test_newer_store (void)
{
  char *folder = fr_test_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FrStore) store = NULL;

  write_catalogue (folder, "CREATE TABLE future (x); PRAGMA user_version = 1000;");
  store = open_store (folder, &error);
  g_assert_null (store);
  g_assert_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NEWER);
  fr_test_folder_free (folder);
}

static char *
make_good_catalogue (const char *folder, gsize *out_size)
{
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  g_autoptr (FrStore) store = open_store (folder, NULL);
  char *contents;

  fr_picture_unref (add_picture (store, "bytes", "Harbour", NULL));
  fr_store_close (store);
  g_assert_true (g_file_get_contents (path, &contents, out_size, NULL));
  return contents;
}

/* Whatever bytes are turned over: an error with a name or an answer, never a crash. */
static void
test_bytes_turned_over (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();
  char *folder = fr_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "freshet.db", NULL);
  g_autofree char *good = NULL;
  gsize size;

  good = make_good_catalogue (folder, &size);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *bad_copy = g_memdup2 (good, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (FrStore) store = NULL;

      for (guint j = 0; j < 20; j++)
        bad_copy[g_rand_int_range (rand, 0, (gint32) size)] = (char) g_rand_int_range (rand, 0, 256);
      g_assert_true (g_file_set_contents (path, bad_copy, (gssize) size, NULL));
      store = open_store (folder, &error);
      if (store != NULL)
        {
          g_free (search_titles (store, "harbour", NULL));
          fr_store_close (store);
        }
      else
        g_assert_true (error->domain == FR_STORE_ERROR);
    }
  fr_test_folder_free (folder);
}

void
test_database_add (void)
{
  g_test_add_func ("/store/database/migrates-old-file", test_migrates_old_file);
  g_test_add_func ("/store/database/newer-is-left-alone", test_newer_is_left_alone);
  g_test_add_func ("/store/database/failed-migration-leaves-nothing", test_failed_migration_leaves_nothing);
  g_test_add_func ("/store/database/settings-of-a-file", test_settings_of_a_file);
  g_test_add_func ("/store/database/reader", test_reader);
  g_test_add_func ("/store/database/transactions", test_transactions);
  g_test_add_func ("/store/database/no-room", test_no_room);
  g_test_add_func ("/store/statement/values", test_statements);
  g_test_add_func ("/store/statement/ids", test_ids);
  g_test_add_func ("/store/statement/wrong", test_wrong_statements);
  g_test_add_func ("/store/store/version-1", test_store_of_version_1);
  g_test_add_func ("/store/store/version-5", test_store_of_version_5);
  g_test_add_func ("/store/store/newer", test_newer_store);
  g_test_add_func ("/store/store/bytes-turned-over", test_bytes_turned_over);
}
