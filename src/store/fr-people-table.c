/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-people-table.h"

#include <string.h>

#include "fr-store-error.h"

const char fr_people_version_2[] = "CREATE TABLE people ("
                                   "  number INTEGER PRIMARY KEY,"
                                   "  key BLOB UNIQUE," /* NULL until they have been met */
                                   "  name TEXT NOT NULL,"
                                   "  server TEXT NOT NULL,"
                                   "  address TEXT NOT NULL,"
                                   "  seen_us INTEGER NOT NULL,"
                                   "  auto_connect INTEGER NOT NULL"
                                   ") STRICT;";

const char fr_people_version_4[] = "ALTER TABLE people ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;";

const char fr_people_version_6[] = "ALTER TABLE people ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;"
                                   "ALTER TABLE people ADD COLUMN doorbell TEXT NOT NULL DEFAULT '';";

/* A computer goes with its person. Who was introduced is no contact, and so has a table of their own. */
const char fr_people_version_10[] = "ALTER TABLE people ADD COLUMN owner BLOB;" /* NULL: a person by themselves */
                                   "ALTER TABLE people ADD COLUMN mine INTEGER NOT NULL DEFAULT 0;"
                                   "ALTER TABLE people ADD COLUMN agreement BLOB;"
                                   "ALTER TABLE people ADD COLUMN told INTEGER NOT NULL DEFAULT 0;"
                                   "CREATE INDEX people_by_owner ON people (owner) WHERE owner IS NOT NULL;"
                                   "CREATE TABLE acquaintances ("
                                   "  number INTEGER PRIMARY KEY,"
                                   "  key BLOB NOT NULL UNIQUE,"
                                   "  introducer BLOB NOT NULL," /* the key of one of the people */
                                   "  name TEXT NOT NULL,"
                                   "  server TEXT NOT NULL,"
                                   "  address TEXT NOT NULL"
                                   ") STRICT;"
                                   "CREATE TRIGGER people_deleted_others AFTER DELETE ON people"
                                   "  WHEN old.key IS NOT NULL BEGIN"
                                   "  DELETE FROM people WHERE owner = old.key;"
                                   "  DELETE FROM acquaintances WHERE introducer = old.key;"
                                   "END;";

/* Of those who were told of before it is not known any more whether they were met there. */
const char fr_people_version_11[]
  = "ALTER TABLE people ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;"
    "UPDATE people SET claimed = 1 WHERE owner IS NOT NULL"
    "  OR (seen_us = 0 AND key IN (SELECT key FROM acquaintances));";

/* Since when somebody is wanted, for it to be told that the two never meet. Of whom that is not known it begins now. */
const char fr_people_version_15[]
  = "ALTER TABLE people ADD COLUMN wanted_us INTEGER NOT NULL DEFAULT 0;"
    "UPDATE people SET wanted_us = CAST (strftime ('%s', 'now') AS INTEGER) * 1000000 WHERE auto_connect;";

static gboolean
is_text (const char *text, gsize max)
{
  return strlen (text) <= max && g_utf8_validate (text, -1, NULL);
}

static void
bind_key (FrStatement *statement, int parameter, const FrPeerKey *key)
{
  fr_statement_bind_data (statement, parameter, fr_peer_key_is_zero (key) ? NULL : key, sizeof *key);
}

static void
bind_person (FrStatement *statement, const FrPersonRecord *person)
{
  bind_key (statement, 1, &person->key);
  fr_statement_bind_text (statement, 2, person->name);
  fr_statement_bind_text (statement, 3, person->server);
  fr_statement_bind_text (statement, 4, person->address);
  fr_statement_bind_int64 (statement, 5, person->seen_us);
  fr_statement_bind_int64 (statement, 6, person->auto_connect != FALSE);
  fr_statement_bind_int64 (statement, 7, person->blocked != FALSE);
  fr_statement_bind_int64 (statement, 8, person->checked != FALSE);
  fr_statement_bind_text (statement, 9, person->doorbell);
  bind_key (statement, 10, &person->owner);
  fr_statement_bind_int64 (statement, 11, person->mine != FALSE);
  fr_statement_bind_data (statement, 12, person->agrees ? person->agreement : NULL, sizeof person->agreement);
  fr_statement_bind_int64 (statement, 13, person->told != FALSE);
  fr_statement_bind_int64 (statement, 14, person->claimed != FALSE);
  fr_statement_bind_int64 (statement, 15, person->wanted_us);
}

static void
read_computers (FrStatement *row, FrPersonRecord *person)
{
  gsize size;
  gconstpointer owner = fr_statement_get_data (row, 9, &size), agreement;

  fr_peer_key_from_bytes (&person->owner, owner, size);
  person->mine = fr_statement_get_int64 (row, 10) != 0;
  agreement = fr_statement_get_data (row, 11, &size);
  person->agrees = agreement != NULL && size == sizeof person->agreement;
  if (person->agrees)
    memcpy (person->agreement, agreement, sizeof person->agreement);
  person->told = fr_statement_get_int64 (row, 12) != 0;
  person->claimed = fr_statement_get_int64 (row, 13) != 0;
}

static FrPersonRecord *
read_person (FrStatement *row)
{
  g_autofree char *name = g_utf8_make_valid (fr_statement_get_text (row, 1), -1);
  g_autofree char *server = g_utf8_make_valid (fr_statement_get_text (row, 2), -1);
  g_autofree char *address = g_utf8_make_valid (fr_statement_get_text (row, 3), -1);
  g_autofree char *doorbell = g_utf8_make_valid (fr_statement_get_text (row, 8), -1);
  FrPersonRecord *person = fr_person_record_new (NULL, name, server, address);
  gsize size;
  gconstpointer key = fr_statement_get_data (row, 0, &size);

  fr_peer_key_from_bytes (&person->key, key, size);
  person->seen_us = fr_statement_get_int64 (row, 4);
  person->auto_connect = fr_statement_get_int64 (row, 5) != 0;
  person->blocked = fr_statement_get_int64 (row, 6) != 0;
  person->checked = fr_statement_get_int64 (row, 7) != 0;
  fr_person_record_set_doorbell (person, doorbell);
  read_computers (row, person);
  person->wanted_us = fr_statement_get_int64 (row, 14);
  return person;
}

/* The row of a person: theirs by key; else, while either side does not know the key, by the address. A key that is not
 * the one known under an address is another person who has it now. 0: none. */
static gboolean
find_number (FrDatabase *database, const FrPersonRecord *person, gint64 *out_number, GError **error)
{
  static const char sql[] = "SELECT number FROM people WHERE key = ?1 "
                            "OR ((key IS NULL OR ?1 IS NULL) AND address <> '' AND server = ?2 AND address = ?3) "
                            "ORDER BY key IS NULL, number LIMIT 1";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  bind_key (statement, 1, &person->key);
  fr_statement_bind_text (statement, 2, person->server);
  fr_statement_bind_text (statement, 3, person->address);
  *out_number = fr_statement_next (statement, &local_error) ? fr_statement_get_int64 (statement, 0) : 0;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
insert (FrDatabase *database, const FrPersonRecord *person, GError **error)
{
  static const char sql[] = "INSERT INTO people (key, name, server, address, seen_us, auto_connect, blocked, checked, "
                            "doorbell, owner, mine, agreement, told, claimed, wanted_us) "
                            "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15 "
                            "WHERE (SELECT count(*) FROM people) < ?16";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_person (statement, person);
  fr_statement_bind_int64 (statement, 16, FR_PEOPLE_MAX);
  if (!fr_statement_run (statement, error))
    return FALSE;
  if (fr_database_get_n_changed (database) > 0)
    return TRUE;
  g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE, "There can be at most %d people", FR_PEOPLE_MAX);
  return FALSE;
}

static gboolean
update (FrDatabase *database, const FrPersonRecord *person, gint64 number, GError **error)
{
  static const char sql[] = "UPDATE people SET key = coalesce (?1, key), name = ?2, server = ?3, address = ?4, "
                            "seen_us = max (seen_us, ?5), auto_connect = ?6, blocked = ?7, "
                            "checked = CASE WHEN ?1 IS NULL THEN checked ELSE ?8 END, doorbell = ?9, "
                            "owner = ?10, mine = ?11, agreement = ?12, told = ?13, claimed = ?14, wanted_us = ?15 WHERE number = ?16";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_person (statement, person);
  fr_statement_bind_int64 (statement, 16, number);
  return fr_statement_run (statement, error);
}

/* Somebody added by an address turns out to be somebody who is there already. */
static gboolean
remove_same_address (FrDatabase *database, const FrPersonRecord *person, gint64 number, GError **error)
{
  static const char sql[] = "DELETE FROM people WHERE number <> ?1 AND key IS NULL "
                            "AND address <> '' AND server = ?2 AND address = ?3";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, number);
  fr_statement_bind_text (statement, 2, person->server);
  fr_statement_bind_text (statement, 3, person->address);
  return fr_statement_run (statement, error);
}

static gboolean
check (const FrPersonRecord *person, GError **error)
{
  if (is_text (person->name, FR_PERSON_MAX_NAME) && is_text (person->server, FR_PERSON_MAX_SERVER)
      && is_text (person->address, FR_PERSON_MAX_ADDRESS) && is_text (person->doorbell, FR_PERSON_MAX_SERVER))
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT,
                       "The name, the server or the address is too long or not text");
  return FALSE;
}

static gboolean
put (FrDatabase *database, const FrPersonRecord *person, GError **error)
{
  gint64 number;

  if (!find_number (database, person, &number, error))
    return FALSE;
  if (number == 0)
    return insert (database, person, error);
  return update (database, person, number, error) && remove_same_address (database, person, number, error);
}

/**
 * fr_people_table_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPersonRecord): all people, in the order in which they were added
 */
GPtrArray *
fr_people_table_list (FrDatabase *database, GError **error)
{
  static const char sql[]
    = "SELECT key, name, server, address, seen_us, auto_connect, blocked, checked, doorbell, owner, mine, agreement, "
      "told, claimed, wanted_us FROM people ORDER BY number";
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_person_record_free);
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (fr_statement_next (statement, &local_error))
    g_ptr_array_add (people, read_person (statement));
  if (local_error == NULL)
    return g_steal_pointer (&people);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * fr_people_table_put:
 * @database: the database
 * @person: somebody, with a key, an address or both
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT, %FR_STORE_ERROR_TOO_LARGE above %FR_PEOPLE_MAX, or others
 *
 * Adds a person, or changes the one who is meant: the one with that key, or the one at that address as long as only one
 * of the two is known to have a key. A key that is known stays known.
 *
 * Returns: whether they are in the table
 */
gboolean
fr_people_table_put (FrDatabase *database, const FrPersonRecord *person, GError **error)
{
  if (!check (person, error) || !fr_database_begin (database, error))
    return FALSE;
  if (put (database, person, error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

static gboolean
run_with_keys (FrDatabase *database, const char *sql, const FrPeerKey *old, const FrPeerKey *key, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_key (statement, 1, old);
  bind_key (statement, 2, key);
  return fr_statement_run (statement, error);
}

/* What was chosen for the old key goes with the person; whoever was known under the new one is the same. Readers go
 * where their person goes, so those of the new key are the old one's for a moment. */
static gboolean
replace_key (FrDatabase *database, const FrPeerKey *old, const FrPersonRecord *person, GError **error)
{
  static const char *const steps[] = {
    "UPDATE OR IGNORE readers SET key = ?1 WHERE key = ?2",
    "DELETE FROM people WHERE key = ?2 AND key <> ?1",
    "UPDATE OR IGNORE readers SET key = ?2 WHERE key = ?1",
    "DELETE FROM readers WHERE key = ?1 AND ?1 <> ?2",
    "UPDATE people SET key = ?2 WHERE key = ?1",
    "DELETE FROM people WHERE owner = ?1 AND ?1 <> ?2", /* these were the old one's word */
    "UPDATE acquaintances SET introducer = ?2 WHERE introducer = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!run_with_keys (database, steps[i], old, &person->key, error))
      return FALSE;
  return put (database, person, error);
}

/**
 * fr_people_table_replace_key:
 * @database: the database
 * @old: the key that somebody had
 * @person: the same person with another key
 * @error: (out) (optional): as fr_people_table_put()
 *
 * Gives a person another key in place of the old one. Pictures that were for the old one are for the new one.
 *
 * Returns: whether they have it
 */
gboolean
fr_people_table_replace_key (FrDatabase *database,
                             const FrPeerKey *old,
                             const FrPersonRecord *person,
                             GError **error)
{
  if (!check (person, error) || !fr_database_begin (database, error))
    return FALSE;
  if (replace_key (database, old, person, error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

/**
 * fr_people_table_remove:
 * @database: the database
 * @person: somebody, as fr_people_table_put() knows them
 * @error: (out) (optional): %FR_STORE_ERROR_NOT_FOUND or others
 *
 * Removes a person.
 *
 * Returns: whether they were there and are gone
 */
gboolean
fr_people_table_remove (FrDatabase *database, const FrPersonRecord *person, GError **error)
{
  g_autoptr (FrStatement) statement = NULL;
  gint64 number;

  if (!find_number (database, person, &number, error))
    return FALSE;
  if (number == 0)
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_NOT_FOUND, "There is no such person");
      return FALSE;
    }
  statement = fr_database_use (database, "DELETE FROM people WHERE number = ?1", error);
  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, number);
  return fr_statement_run (statement, error);
}
