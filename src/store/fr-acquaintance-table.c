/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-acquaintance-table.h"

#include <string.h>

#include "fr-store-error.h"

static gboolean
is_text (const char *text, gsize max)
{
  return strlen (text) <= max && g_utf8_validate (text, -1, NULL);
}

static FrPersonRecord *
read_acquaintance (FrStatement *row)
{
  g_autofree char *name = g_utf8_make_valid (fr_statement_get_text (row, 2), -1);
  g_autofree char *server = g_utf8_make_valid (fr_statement_get_text (row, 3), -1);
  g_autofree char *address = g_utf8_make_valid (fr_statement_get_text (row, 4), -1);
  FrPersonRecord *person = fr_person_record_new (NULL, name, server, address);
  gsize size;
  gconstpointer key = fr_statement_get_data (row, 0, &size);

  fr_peer_key_from_bytes (&person->key, key, size);
  key = fr_statement_get_data (row, 1, &size);
  fr_peer_key_from_bytes (&person->introducer, key, size);
  return person;
}

/**
 * fr_acquaintance_table_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrPersonRecord): who was introduced, in that order; strangers, unless
 *   they are among the people too
 */
GPtrArray *
fr_acquaintance_table_list (FrDatabase *database, GError **error)
{
  static const char sql[] = "SELECT key, introducer, name, server, address FROM acquaintances ORDER BY number";
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_person_record_free);
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (fr_statement_next (statement, &local_error))
    g_ptr_array_add (people, read_acquaintance (statement));
  if (local_error == NULL)
    return g_steal_pointer (&people);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
check (const FrPersonRecord *person, GError **error)
{
  if (!fr_peer_key_is_zero (&person->key) && !fr_peer_key_is_zero (&person->introducer)
      && is_text (person->name, FR_PERSON_MAX_NAME) && is_text (person->server, FR_PERSON_MAX_SERVER)
      && is_text (person->address, FR_PERSON_MAX_ADDRESS))
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT,
                       "The name, the server or the address is too long or not text, or nobody is meant");
  return FALSE;
}

/**
 * fr_acquaintance_table_put:
 * @database: the database
 * @person: somebody, with a key, and the key of whoever has introduced them, who is one of the people
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT, %FR_STORE_ERROR_TOO_LARGE above %FR_ACQUAINTANCES_MAX in all or
 *   %FR_ACQUAINTANCES_MAX_EACH of one introducer, or others
 *
 * Notes who was introduced. Whoever was before, stays introduced by the first.
 *
 * Returns: whether it is noted
 */
gboolean
fr_acquaintance_table_put (FrDatabase *database, const FrPersonRecord *person, GError **error)
{
  static const char sql[] = "INSERT INTO acquaintances (key, introducer, name, server, address) "
                            "SELECT ?1, ?2, ?3, ?4, ?5 "
                            "WHERE EXISTS (SELECT 1 FROM acquaintances WHERE key = ?1) "
                            "OR ((SELECT count(*) FROM acquaintances) < ?6 "
                            "AND (SELECT count(*) FROM acquaintances WHERE introducer = ?2) < ?7) "
                            "ON CONFLICT (key) DO UPDATE SET name = ?3, server = ?4, address = ?5";
  g_autoptr (FrStatement) statement = NULL;

  if (!check (person, error))
    return FALSE;
  statement = fr_database_use (database, sql, error);
  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, &person->key, sizeof person->key);
  fr_statement_bind_data (statement, 2, &person->introducer, sizeof person->introducer);
  fr_statement_bind_text (statement, 3, person->name);
  fr_statement_bind_text (statement, 4, person->server);
  fr_statement_bind_text (statement, 5, person->address);
  fr_statement_bind_int64 (statement, 6, FR_ACQUAINTANCES_MAX);
  fr_statement_bind_int64 (statement, 7, FR_ACQUAINTANCES_MAX_EACH);
  if (!fr_statement_run (statement, error))
    return FALSE;
  if (fr_database_get_n_changed (database) > 0)
    return TRUE;
  g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE, "One person can introduce at most %d others",
               FR_ACQUAINTANCES_MAX_EACH);
  return FALSE;
}

/**
 * fr_acquaintance_table_remove:
 * @database: the database
 * @key: somebody, perhaps introduced
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Forgets that somebody was introduced.
 *
 * Returns: whether it is forgotten, or was never known
 */
gboolean
fr_acquaintance_table_remove (FrDatabase *database, const FrPeerKey *key, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, "DELETE FROM acquaintances WHERE key = ?1", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, key, sizeof *key);
  return fr_statement_run (statement, error);
}
