/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-searches-table.h"

#include <string.h>

#include "fr-store-error.h"
#include "fr-store.h"

/* Words stand once, as they were last asked for. */
const char fr_searches_version_17[] = "CREATE TABLE searches ("
                                      "  number INTEGER PRIMARY KEY AUTOINCREMENT," /* in the order of asking */
                                      "  words TEXT NOT NULL UNIQUE,"
                                      "  terms TEXT NOT NULL"
                                      ") STRICT;";

static gboolean
is_text (const char *text, gsize most)
{
  return *text != '\0' && strlen (text) <= most && g_utf8_validate (text, -1, NULL);
}

static gboolean
put_one (FrDatabase *database, const char *words, const char *terms, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (database, "INSERT OR REPLACE INTO searches (words, terms) VALUES (?1, ?2)", error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_text (statement, 1, words);
  fr_statement_bind_text (statement, 2, terms);
  return fr_statement_run (statement, error);
}

static gboolean
trim (FrDatabase *database, GError **error)
{
  static const char sql[] = "DELETE FROM searches WHERE number NOT IN"
                            " (SELECT number FROM searches ORDER BY number DESC LIMIT ?1)";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, FR_SEARCHES_MAX);
  return fr_statement_run (statement, error);
}

/**
 * fr_searches_table_put:
 * @database: the database
 * @words: what was looked for
 * @terms: the same, with of whom; at most %FR_SEARCHES_MAX_TERMS bytes
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT or others
 *
 * Notes that this was looked for, last of all; of more than %FR_SEARCHES_MAX the oldest go.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_searches_table_put (FrDatabase *database, const char *words, const char *terms, GError **error)
{
  if (!is_text (words, FR_STORE_MAX_SEARCH) || !is_text (terms, FR_SEARCHES_MAX_TERMS))
    {
      g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT,
                           "What was looked for is too long or not text");
      return FALSE;
    }
  if (!fr_database_begin (database, error))
    return FALSE;
  if (put_one (database, words, terms, error) && trim (database, error) && fr_database_commit (database, error))
    return TRUE;
  fr_database_rollback (database);
  return FALSE;
}

/**
 * fr_searches_table_forget:
 * @database: the database
 * @words: (nullable): what was looked for; %NULL: all of it
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Forgets that it was looked for.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_searches_table_forget (FrDatabase *database, const char *words, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (
    database, words != NULL ? "DELETE FROM searches WHERE words = ?1" : "DELETE FROM searches", error);

  if (statement == NULL)
    return FALSE;
  if (words != NULL)
    fr_statement_bind_text (statement, 1, words);
  return fr_statement_run (statement, error);
}

/**
 * fr_searches_table_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the terms of what was looked for, the last one first
 */
GPtrArray *
fr_searches_table_list (FrDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (FrStatement) statement
    = fr_database_use (database, "SELECT terms FROM searches ORDER BY number DESC LIMIT ?1", error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  fr_statement_bind_int64 (statement, 1, FR_SEARCHES_MAX);
  while (fr_statement_next (statement, &local_error))
    {
      const char *terms = fr_statement_get_text (statement, 0);

      if (is_text (terms, FR_SEARCHES_MAX_TERMS)) /* rows may have been changed by hand */
        g_ptr_array_add (all, g_strdup (terms));
    }
  if (local_error == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
