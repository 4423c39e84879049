/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wishes-table.h"

#include <string.h>

#include "fr-store-error.h"

/* What has been told of once is told of by no wish again, also when the one that told of it is gone: then it is that of
 * wish 0. */
const char fr_wishes_version_16[] = "CREATE TABLE wishes ("
                                    "  number INTEGER PRIMARY KEY AUTOINCREMENT," /* in the order of wishing */
                                    "  terms TEXT NOT NULL UNIQUE,"
                                    "  asked_us INTEGER NOT NULL"
                                    ") STRICT;"
                                    "CREATE TABLE told ("
                                    "  number INTEGER PRIMARY KEY AUTOINCREMENT," /* in the order of telling */
                                    "  id BLOB NOT NULL UNIQUE,"
                                    "  wish INTEGER NOT NULL,"
                                    "  fresh INTEGER NOT NULL"
                                    ") STRICT;"
                                    "CREATE INDEX told_wish ON told (wish, number);"
                                    "CREATE TRIGGER wishes_deleted AFTER DELETE ON wishes BEGIN"
                                    "  UPDATE told SET wish = 0, fresh = 0 WHERE wish = old.number;"
                                    "END;";

static gboolean
check (const char *terms, GError **error)
{
  if (*terms != '\0' && strlen (terms) <= FR_WISHES_MAX_TERMS && g_utf8_validate (terms, -1, NULL))
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT, "What is wished for is too long or not text");
  return FALSE;
}

/**
 * fr_wishes_table_put:
 * @database: the database
 * @terms: what is looked for, at most %FR_WISHES_MAX_TERMS bytes
 * @asked_us: when that was asked last; 0: never
 * @error: (out) (optional): %FR_STORE_ERROR_TOO_LARGE: there are %FR_WISHES_MAX already; %FR_STORE_ERROR_BAD_TEXT or others
 *
 * Notes a wish, or when it was asked last; what it has told of stays.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_wishes_table_put (FrDatabase *database, const char *terms, gint64 asked_us, GError **error)
{
  static const char sql[] = "INSERT INTO wishes (terms, asked_us) SELECT ?1, ?2"
                            " WHERE (SELECT count(*) FROM wishes WHERE terms IS NOT ?1) < ?3"
                            " ON CONFLICT (terms) DO UPDATE SET asked_us = ?2";
  g_autoptr (FrStatement) statement = NULL;

  if (!check (terms, error))
    return FALSE;
  statement = fr_database_use (database, sql, error);
  if (statement == NULL)
    return FALSE;
  fr_statement_bind_text (statement, 1, terms);
  fr_statement_bind_int64 (statement, 2, asked_us);
  fr_statement_bind_int64 (statement, 3, FR_WISHES_MAX);
  if (!fr_statement_run (statement, error))
    return FALSE;
  if (fr_database_get_n_changed (database) > 0)
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_TOO_LARGE, "There are too many wishes");
  return FALSE;
}

static gboolean
run_on (FrDatabase *database, const char *sql, const char *terms, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_text (statement, 1, terms);
  return fr_statement_run (statement, error);
}

/**
 * fr_wishes_table_forget:
 * @database: the database
 * @terms: what was looked for
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Forgets a wish, if there is one. What it has told of is still told of by no other.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_wishes_table_forget (FrDatabase *database, const char *terms, GError **error)
{
  return run_on (database, "DELETE FROM wishes WHERE terms = ?1", terms, error);
}

/**
 * fr_wishes_table_mark_seen:
 * @database: the database
 * @terms: what is looked for
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Notes that what a wish has told of so far was looked at.
 *
 * Returns: whether that is on disk
 */
gboolean
fr_wishes_table_mark_seen (FrDatabase *database, const char *terms, GError **error)
{
  return run_on (database,
                 "UPDATE told SET fresh = 0 WHERE fresh AND wish = (SELECT number FROM wishes WHERE terms = ?1)", terms,
                 error);
}

/* Rows may have been damaged or changed by hand: what is no id is left out. */
static gboolean
read_fresh (FrDatabase *database, FrWishRecord *wish, GError **error)
{
  static const char sql[] = "SELECT id FROM told WHERE fresh AND wish = (SELECT number FROM wishes WHERE terms = ?1)"
                            " ORDER BY number LIMIT ?2";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_text (statement, 1, wish->terms);
  fr_statement_bind_int64 (statement, 2, FR_WISHES_MAX_TOLD);
  while (fr_statement_next (statement, &local_error))
    {
      FrContentId id;
      gsize size;
      gconstpointer data = fr_statement_get_data (statement, 0, &size);

      if (fr_content_id_from_bytes (&id, data, size))
        g_array_append_val (wish->fresh, id);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static GPtrArray *
read_all (FrDatabase *database, GError **error)
{
  static const char sql[] = "SELECT terms, asked_us FROM wishes ORDER BY number DESC LIMIT ?1";
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_wish_record_free);
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  fr_statement_bind_int64 (statement, 1, FR_WISHES_MAX);
  while (fr_statement_next (statement, &local_error))
    {
      const char *terms = fr_statement_get_text (statement, 0);

      if (check (terms, NULL))
        g_ptr_array_add (all, fr_wish_record_new (terms, fr_statement_get_int64 (statement, 1)));
    }
  if (local_error == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * fr_wishes_table_list:
 * @database: the database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type FrWishRecord): all wishes, the last one first
 */
GPtrArray *
fr_wishes_table_list (FrDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) all = read_all (database, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (!read_fresh (database, all->pdata[i], error))
      return NULL;
  return g_steal_pointer (&all);
}

/* A wish that is gone meanwhile has no news any more. */
static gboolean
insert (FrDatabase *database, const char *terms, const FrContentId *id, gboolean fresh, GError **error)
{
  static const char sql[] = "INSERT OR IGNORE INTO told (id, wish, fresh) SELECT ?1, coalesce (max (number), 0),"
                            " ?3 AND max (number) IS NOT NULL FROM wishes WHERE terms = ?2";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_data (statement, 1, id, sizeof *id);
  fr_statement_bind_text (statement, 2, terms);
  fr_statement_bind_int64 (statement, 3, fresh != FALSE);
  return fr_statement_run (statement, error);
}

/* Of too many the oldest go, of the wish that has most: so that whoever floods one wish makes no other forget. As few are
 * inserted at once, that one has enough of them. */
static gboolean
trim (FrDatabase *database, GError **error)
{
  static const char sql[] = "DELETE FROM told WHERE number IN (SELECT number FROM told WHERE wish ="
                            " (SELECT wish FROM told GROUP BY wish ORDER BY count(*) DESC, wish LIMIT 1)"
                            " ORDER BY number LIMIT max (0, (SELECT count(*) FROM told) - ?1))";
  g_autoptr (FrStatement) statement = fr_database_use (database, sql, error);

  if (statement == NULL)
    return FALSE;
  fr_statement_bind_int64 (statement, 1, FR_WISHES_MAX_TOLD);
  return fr_statement_run (statement, error);
}

static gboolean
tell_all (FrDatabase *database, const char *terms, const FrContentId *ids, guint n_ids, gboolean fresh, GArray *news,
          GError **error)
{
  for (guint i = 0; i < n_ids && news->len < FR_WISHES_MAX_TOLD_ONCE; i++)
    {
      if (!insert (database, terms, &ids[i], fresh, error))
        return FALSE;
      if (fr_database_get_n_changed (database) > 0)
        g_array_append_val (news, ids[i]);
    }
  return news->len == 0 || trim (database, error);
}

/**
 * fr_wishes_table_tell:
 * @database: the database
 * @terms: what is looked for
 * @ids: pictures that were found
 * @n_ids: how many
 * @fresh: whether the person has not seen them
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Remembers what was found, so that it is told of once. Of what has not been told of before, at most
 * %FR_WISHES_MAX_TOLD_ONCE are remembered at once; the others are still to be told of.
 *
 * Returns: (transfer full) (nullable) (element-type FrContentId): those that no wish has told of before; they are
 *   remembered, on disk
 */
GArray *
fr_wishes_table_tell (FrDatabase *database,
                      const char *terms,
                      const FrContentId *ids,
                      guint n_ids,
                      gboolean fresh,
                      GError **error)
{
  g_autoptr (GArray) news = g_array_new (FALSE, FALSE, sizeof (FrContentId));

  if (!fr_database_begin (database, error))
    return NULL;
  if (tell_all (database, terms, ids, n_ids, fresh, news, error) && fr_database_commit (database, error))
    return g_steal_pointer (&news);
  fr_database_rollback (database);
  return NULL;
}
