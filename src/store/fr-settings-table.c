/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-settings-table.h"

#include <string.h>

#include "fr-store-error.h"

const char fr_settings_version_3[]
  = "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;";

static gboolean
check (const char *name, const char *value, GError **error)
{
  if (*name != '\0' && strlen (name) <= FR_SETTING_MAX_NAME && g_utf8_validate (name, -1, NULL)
      && strlen (value) <= FR_SETTING_MAX_VALUE && g_utf8_validate (value, -1, NULL))
    return TRUE;
  g_set_error_literal (error, FR_STORE_ERROR, FR_STORE_ERROR_BAD_TEXT, "The setting is too long or not text");
  return FALSE;
}

/**
 * fr_settings_table_get:
 * @database: the database
 * @name: a setting
 * @error: (out) (optional): %FR_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): its value; %NULL without @error where it was never set
 */
char *
fr_settings_table_get (FrDatabase *database, const char *name, GError **error)
{
  g_autoptr (FrStatement) statement
    = fr_database_use (database, "SELECT value FROM settings WHERE name = ?1", error);

  if (statement == NULL)
    return NULL;
  fr_statement_bind_text (statement, 1, name);
  return fr_statement_next (statement, error) ? g_utf8_make_valid (fr_statement_get_text (statement, 0), -1) : NULL;
}

/**
 * fr_settings_table_put:
 * @database: the database
 * @name: a setting, at most %FR_SETTING_MAX_NAME bytes
 * @value: (nullable): its value, at most %FR_SETTING_MAX_VALUE bytes; %NULL: none any more
 * @error: (out) (optional): %FR_STORE_ERROR_BAD_TEXT or others
 *
 * Sets a setting.
 *
 * Returns: whether it is set
 */
gboolean
fr_settings_table_put (FrDatabase *database, const char *name, const char *value, GError **error)
{
  static const char replace[] = "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)";
  static const char remove[] = "DELETE FROM settings WHERE name = ?1";
  g_autoptr (FrStatement) statement = NULL;

  if (!check (name, value != NULL ? value : "", error))
    return FALSE;
  statement = fr_database_use (database, value != NULL ? replace : remove, error);
  if (statement == NULL)
    return FALSE;
  fr_statement_bind_text (statement, 1, name);
  if (value != NULL)
    fr_statement_bind_text (statement, 2, value);
  return fr_statement_run (statement, error);
}
