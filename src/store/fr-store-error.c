/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-store-error.h"

#include <errno.h>

#include "fr-store-error-private.h"

G_DEFINE_QUARK (fr-store-error-quark, fr_store_error)

static FrStoreError
code_from_errno (int code)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: /* the limit on the size of files (setrlimit(2)), or of the file system */
      return FR_STORE_ERROR_FULL;
    default:
      return FR_STORE_ERROR_IO;
    }
}

static FrStoreError
code_from_sqlite (int code, int system_code)
{
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR: /* the statements are right, so the tables are not what they should be */
      return FR_STORE_ERROR_DAMAGED;
    case SQLITE_FULL:
      return FR_STORE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return FR_STORE_ERROR_LOCKED;
    default:
      return code_from_errno (system_code);
    }
}

/**
 * fr_store_error_set_errno:
 * @error: (out) (optional): where to put it
 * @code: a value of errno
 * @what: what did not work, as the start of a sentence
 *
 * Says in the store's own words what the operating system reported.
 */
void
fr_store_error_set_errno (GError **error, int code, const char *what)
{
  g_set_error (error, FR_STORE_ERROR, code_from_errno (code), "%s: %s", what, g_strerror (code));
}

/**
 * fr_store_error_set_sqlite:
 * @error: (out) (optional): where to put it
 * @connection: the database
 * @code: a result code of SQLite, extended or not
 * @sql: (nullable): what was to be done, for the log
 *
 * Says in the store's own words what SQLite reported.
 */
void
fr_store_error_set_sqlite (GError **error, sqlite3 *connection, int code, const char *sql)
{
  /* The message may quote a damaged file. */
  g_autofree char *message = g_utf8_make_valid (sqlite3_errmsg (connection), -1);

  g_debug ("%s: %s", sql != NULL ? sql : "open", message);
  g_set_error (error, FR_STORE_ERROR, code_from_sqlite (code, sqlite3_system_errno (connection)),
               "The catalogue cannot be used: %s", sqlite3_errstr (code));
}
