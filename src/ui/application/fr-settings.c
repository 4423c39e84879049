/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-settings.h"

/**
 * fr_settings_open:
 *
 * The schema is not there when Freshet runs from where it was built; GSettings would end the program.
 *
 * Returns: (transfer full) (nullable): the settings
 */
GSettings *
fr_settings_open (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, FR_APP_ID, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
