/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-statement.h"

#include "fr-store-error-private.h"

struct _FrStatement
{
  sqlite3_stmt *stmt;  /* owned */
  sqlite3 *connection; /* borrowed */
  int bind_result;     /* the first failure of a bind, reported by the first step */
  guint in_use : 1;
};

static void
note_bind (FrStatement *self, int result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

/**
 * fr_statement_new:
 * @connection: the database
 * @sql: one statement
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Prepares a statement that will be used many times.
 *
 * Returns: (transfer full) (nullable): the statement
 */
FrStatement *
fr_statement_new (sqlite3 *connection, const char *sql, GError **error)
{
  FrStatement *self = g_new0 (FrStatement, 1);
  int result = sqlite3_prepare_v3 (connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->stmt, NULL);

  self->connection = connection;
  if (result == SQLITE_OK)
    return self;
  fr_store_error_set_sqlite (error, connection, result, sql);
  fr_statement_free (self);
  return NULL;
}

/**
 * fr_statement_free:
 * @self: (nullable) (transfer full): a statement
 *
 * Ends it. For its owner; users release it.
 */
void
fr_statement_free (FrStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->stmt);
  g_free (self);
}

/**
 * fr_statement_take:
 * @self: a statement that nobody uses
 *
 * Marks it as in use: two users of one statement would disturb each other.
 */
void
fr_statement_take (FrStatement *self)
{
  g_assert (!self->in_use);
  self->in_use = TRUE;
}

/**
 * fr_statement_release:
 * @self: (nullable): a statement
 *
 * Gives it back, without its parameters and rows.
 */
void
fr_statement_release (FrStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->bind_result = SQLITE_OK;
  self->in_use = FALSE;
}

/**
 * fr_statement_bind_int64:
 * @self: a statement
 * @parameter: from 1
 * @value: a number
 *
 * Sets a parameter. A failure is reported by the next step, here and below.
 */
void
fr_statement_bind_int64 (FrStatement *self, int parameter, gint64 value)
{
  note_bind (self, sqlite3_bind_int64 (self->stmt, parameter, value));
}

/**
 * fr_statement_bind_text:
 * @self: a statement
 * @parameter: from 1
 * @value: (nullable): UTF-8, which must stay as it is until the statement is released
 *
 * Sets a parameter.
 */
void
fr_statement_bind_text (FrStatement *self, int parameter, const char *value)
{
  note_bind (self, sqlite3_bind_text (self->stmt, parameter, value, -1, SQLITE_STATIC));
}

/**
 * fr_statement_bind_data:
 * @self: a statement
 * @parameter: from 1
 * @data: (nullable): bytes, which must stay as they are until the statement is released
 * @size: how many
 *
 * Sets a parameter; no @data is NULL.
 */
void
fr_statement_bind_data (FrStatement *self, int parameter, gconstpointer data, gsize size)
{
  note_bind (self, sqlite3_bind_blob64 (self->stmt, parameter, data, size, SQLITE_STATIC));
}

/**
 * fr_statement_bind_bytes:
 * @self: a statement
 * @parameter: from 1
 * @bytes: (nullable): bytes, which must live until the statement is released
 *
 * Sets a parameter; no @bytes is NULL.
 */
void
fr_statement_bind_bytes (FrStatement *self, int parameter, GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  fr_statement_bind_data (self, parameter, data, size);
}

/**
 * fr_statement_bind_pointer:
 * @self: a statement
 * @parameter: from 1
 * @value: something that lives until the statement is released
 * @type: (transfer none): what it is; a literal, the same at the function that takes it
 *
 * Hands a value of ours to a function of ours, which SQL itself can neither read nor forge.
 */
void
fr_statement_bind_pointer (FrStatement *self, int parameter, gpointer value, const char *type)
{
  note_bind (self, sqlite3_bind_pointer (self->stmt, parameter, value, type, NULL));
}

/**
 * fr_statement_next:
 * @self: a statement
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Steps to the next row.
 *
 * Returns: %TRUE at a row; %FALSE at the end, or with @error set
 */
gboolean
fr_statement_next (FrStatement *self, GError **error)
{
  int result = self->bind_result == SQLITE_OK ? sqlite3_step (self->stmt) : self->bind_result;

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    fr_store_error_set_sqlite (error, self->connection, result, sqlite3_sql (self->stmt));
  return result == SQLITE_ROW;
}

/**
 * fr_statement_run:
 * @self: a statement that gives no rows
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Carries it out.
 *
 * Returns: whether it was
 */
gboolean
fr_statement_run (FrStatement *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (fr_statement_next (self, &local_error))
    ;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * fr_statement_get_int64:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: its number, 0 for NULL
 */
gint64
fr_statement_get_int64 (FrStatement *self, int column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

/**
 * fr_statement_get_text:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: its text until the next step, empty for NULL
 */
const char *
fr_statement_get_text (FrStatement *self, int column)
{
  const char *text = (const char *) sqlite3_column_text (self->stmt, column);

  return text != NULL ? text : "";
}

/**
 * fr_statement_get_data:
 * @self: a statement at a row
 * @column: from 0
 * @out_size: (out): how many bytes
 *
 * Returns: (nullable): its bytes until the next step
 */
gconstpointer
fr_statement_get_data (FrStatement *self, int column, gsize *out_size)
{
  gconstpointer data = sqlite3_column_blob (self->stmt, column);

  *out_size = (gsize) sqlite3_column_bytes (self->stmt, column);
  return data;
}

/**
 * fr_statement_dup_bytes:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): a copy of its bytes, or %NULL where there are none
 */
GBytes *
fr_statement_dup_bytes (FrStatement *self, int column)
{
  gsize size;
  gconstpointer data = fr_statement_get_data (self, column, &size);

  return data != NULL ? g_bytes_new (data, size) : NULL;
}
