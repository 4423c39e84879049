/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-database.h"

#include <string.h>

#include "fr-store-error-private.h"

/* The store's lock keeps other Freshets away; a person's own tools may still look in for a moment. */
#define BUSY_TIMEOUT_MS 2000

struct _FrDatabase
{
  sqlite3 *connection;    /* owned */
  GHashTable *statements; /* owned: SQL, borrowed by its statement's user; FrStatement */
  gboolean committing;    /* a transaction got as far as that */
  gboolean doubtful;      /* and failed there */
};

/* FULL: what has been reported as added is still there after a power cut. (A trusted_schema of OFF would be one defence
 * more, but SQLite before 3.41 then refuses FTS5 in triggers.) */
static const char set_up[] = "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "PRAGMA temp_store = MEMORY;"
                             /* A log that somebody else left may hold what could not be synced, and reads well until the
                              * power fails: what comes after that would be lost with it. */
                             "PRAGMA wal_checkpoint (TRUNCATE);";

static const char set_up_to_read[] = "PRAGMA query_only = ON;"
                                     "PRAGMA temp_store = MEMORY;"
                                     "PRAGMA cache_size = -16384;"; /* KiB: the pictures of a large gallery */

static gboolean
read_version (FrDatabase *self, guint *out_version, GError **error)
{
  g_autoptr (FrStatement) statement = fr_database_use (self, "PRAGMA user_version", error);

  if (statement == NULL || !fr_statement_next (statement, error))
    return FALSE;
  *out_version = (guint) fr_statement_get_int64 (statement, 0);
  return TRUE;
}

/* A version and what it brings come together or not at all. */
static gboolean
migrate_to (FrDatabase *self, guint version, const char *sql, GError **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %u", version);

  if (!fr_database_begin (self, error))
    return FALSE;
  if (fr_database_execute (self, sql, error) && fr_database_execute (self, set_version, error)
      && fr_database_commit (self, error))
    return TRUE;
  fr_database_rollback (self);
  return FALSE;
}

static int
commit_cb (gpointer data)
{
  FrDatabase *self = data;

  self->committing = TRUE;
  return 0;
}

static void
rolled_back_cb (gpointer data)
{
  FrDatabase *self = data;

  self->doubtful |= self->committing;
}

static FrDatabase *
open_connection (const char *path, int flags, GError **error)
{
  g_autoptr (FrDatabase) self = g_new0 (FrDatabase, 1);
  int result = sqlite3_open_v2 (path, &self->connection, flags | SQLITE_OPEN_NOMUTEX, NULL);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) fr_statement_free);
  if (result != SQLITE_OK)
    {
      fr_store_error_set_sqlite (error, self->connection, result, NULL);
      return NULL;
    }
  sqlite3_extended_result_codes (self->connection, TRUE);
  sqlite3_busy_timeout (self->connection, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_commit_hook (self->connection, commit_cb, self);
  sqlite3_rollback_hook (self->connection, rolled_back_cb, self);
  return g_steal_pointer (&self);
}

static gboolean
migrate (FrDatabase *self, const char *const *migrations, GError **error)
{
  guint newest = g_strv_length ((char **) migrations);
  guint version;

  if (!read_version (self, &version, error))
    return FALSE;
  if (version > newest)
    {
      g_set_error (error, FR_STORE_ERROR, FR_STORE_ERROR_NEWER,
                   "The catalogue was made by a newer version of Freshet (%u, here %u)", version, newest);
      return FALSE;
    }
  if (!fr_database_execute (self, set_up, error))
    return FALSE;
  for (; version < newest; version++)
    if (!migrate_to (self, version + 1, migrations[version], error))
      return FALSE;
  return TRUE;
}

/**
 * fr_database_open:
 * @path: (nullable): the file, which is made where there is none; %NULL: in memory
 * @migrations: (array zero-terminated=1): SQL that leads from each version to the next; the first from nothing to 1
 * @error: (out) (optional): %FR_STORE_ERROR_NEWER, %FR_STORE_ERROR_DAMAGED, %FR_STORE_ERROR_FULL or others
 *
 * Opens a database and brings it to the newest version, each step a transaction. A file that cannot be used is left as
 * it is.
 *
 * Returns: (transfer full) (nullable): the database
 */
FrDatabase *
fr_database_open (const char *path, const char *const *migrations, GError **error)
{
  g_autoptr (FrDatabase) self = open_connection (path != NULL ? path : ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  return self != NULL && migrate (self, migrations, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * fr_database_open_to_read:
 * @path: a file that fr_database_open() has opened
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Opens a second connection, for another thread, which sees what has been committed and waits for nobody who writes.
 *
 * Returns: (transfer full) (nullable): the connection, to be freed before the one that writes
 */
FrDatabase *
fr_database_open_to_read (const char *path, GError **error)
{
  g_autoptr (FrDatabase) self = open_connection (path, SQLITE_OPEN_READWRITE, error);

  return self != NULL && fr_database_execute (self, set_up_to_read, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * fr_database_open_beside:
 * @path: a file that another program may have open
 * @out_version: (out): its version
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Opens a connection that changes nothing: neither the file nor, even where it is the last one, the write-ahead log, which
 * another program that did not close has left and looks for.
 *
 * Returns: (transfer full) (nullable): the connection
 */
FrDatabase *
fr_database_open_beside (const char *path, guint *out_version, GError **error)
{
  g_autoptr (FrDatabase) self = open_connection (path, SQLITE_OPEN_READONLY, error);

  if (self == NULL)
    return NULL;
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return fr_database_execute (self, set_up_to_read, error) && read_version (self, out_version, error)
             ? g_steal_pointer (&self)
             : NULL;
}

/**
 * fr_database_free:
 * @self: (nullable) (transfer full): a database
 *
 * Moves what is in the write-ahead log into the file, and closes it.
 */
void
fr_database_free (FrDatabase *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  sqlite3_close (self->connection);
  g_free (self);
}

/**
 * fr_database_execute:
 * @self: a database
 * @sql: statements without parameters
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Carries out statements that are needed once.
 *
 * Returns: whether all were
 */
gboolean
fr_database_execute (FrDatabase *self, const char *sql, GError **error)
{
  int result = sqlite3_exec (self->connection, sql, NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  fr_store_error_set_sqlite (error, self->connection, result, sql);
  return FALSE;
}

/**
 * fr_database_use:
 * @self: a database
 * @sql: (transfer none): one statement; a literal, since it is remembered by it
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Prepares a statement the first time, and brings it out again later.
 *
 * Returns: (transfer none) (nullable): the statement, to be released with fr_statement_release() before it is used
 *   again
 */
FrStatement *
fr_database_use (FrDatabase *self, const char *sql, GError **error)
{
  FrStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      statement = fr_statement_new (self->connection, sql, error);
      if (statement == NULL)
        return NULL;
      g_hash_table_insert (self->statements, (gpointer) sql, statement);
    }
  fr_statement_take (statement);
  return statement;
}

/**
 * fr_database_add_function:
 * @self: a database
 * @name: what SQL calls it
 * @n_arguments: how many it takes
 * @function: what it does; the same arguments give the same result
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Gives SQL a function, for statements of ours and not for what the file itself contains.
 *
 * Returns: whether it has it
 */
gboolean
fr_database_add_function (FrDatabase *self,
                          const char *name,
                          int n_arguments,
                          void (*function) (sqlite3_context *, int, sqlite3_value **),
                          GError **error)
{
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  int result = sqlite3_create_function_v2 (self->connection, name, n_arguments, flags, NULL, function, NULL, NULL,
                                           NULL);

  if (result == SQLITE_OK)
    return TRUE;
  fr_store_error_set_sqlite (error, self->connection, result, name);
  return FALSE;
}

/**
 * fr_database_begin:
 * @self: a database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Begins a transaction that will write.
 *
 * Returns: whether it has begun
 */
gboolean
fr_database_begin (FrDatabase *self, GError **error)
{
  return fr_database_execute (self, "BEGIN IMMEDIATE", error);
}

/**
 * fr_database_commit:
 * @self: a database
 * @error: (out) (optional): %FR_STORE_ERROR; then fr_database_rollback() is still due
 *
 * Ends the transaction; what it wrote is on disk.
 *
 * Returns: whether it is
 */
gboolean
fr_database_commit (FrDatabase *self, GError **error)
{
  return fr_database_execute (self, "COMMIT", error);
}

/**
 * fr_database_rollback:
 * @self: a database
 *
 * Ends the transaction, if one is still open, as if it had never been.
 */
void
fr_database_rollback (FrDatabase *self)
{
  if (!sqlite3_get_autocommit (self->connection))
    sqlite3_exec (self->connection, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * fr_database_settle:
 * @self: a database
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Makes sure that no transaction that failed comes back. One whose commit was written to the log, but could not be
 * synced, has been rolled back here; and still, whoever opens the database after a crash finds it in the log, and takes
 * it for good. Another transaction that does succeed is written over it.
 *
 * Returns: whether what is seen now is what will be found
 */
gboolean
fr_database_settle (FrDatabase *self, GError **error)
{
  g_autofree char *set_version = NULL;
  guint version;

  if (!self->doubtful)
    return TRUE;
  if (!read_version (self, &version, error))
    return FALSE;
  set_version = g_strdup_printf ("PRAGMA user_version = %u", version);
  if (!fr_database_execute (self, set_version, error))
    return FALSE;
  self->committing = self->doubtful = FALSE;
  return TRUE;
}

/**
 * fr_database_check:
 * @self: a database
 * @sql: a literal: `PRAGMA quick_check (…)` or the like
 * @error: (out) (optional): %FR_STORE_ERROR_DAMAGED or others
 *
 * Has SQLite look for damage.
 *
 * Returns: whether it found none
 */
gboolean
fr_database_check (FrDatabase *self, const char *sql, GError **error)
{
  g_autoptr (FrStatement) row = fr_database_use (self, sql, error);

  if (row == NULL || !fr_statement_next (row, error))
    return FALSE;
  if (strcmp (fr_statement_get_text (row, 0), "ok") == 0)
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_DAMAGED, "The catalogue is damaged");
  return FALSE;
}

/**
 * fr_database_get_connection:
 * @self: a database
 *
 * Returns: (transfer none): SQLite's side of it, for what has no function here
 */
sqlite3 *
fr_database_get_connection (FrDatabase *self)
{
  return self->connection;
}

/**
 * fr_database_get_last_number:
 * @self: a database
 *
 * Returns: the row id of the last row inserted
 */
gint64
fr_database_get_last_number (FrDatabase *self)
{
  return sqlite3_last_insert_rowid (self->connection);
}

/**
 * fr_database_get_n_changed:
 * @self: a database
 *
 * Returns: how many rows the last statement changed
 */
guint
fr_database_get_n_changed (FrDatabase *self)
{
  return (guint) sqlite3_changes (self->connection);
}
