/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-import.h"

/**
 * fr_import_count_cleaned:
 * @self: an import
 *
 * Returns: how many pictures, added or there already, had details that are not shared
 */
guint
fr_import_count_cleaned (FrImport *self)
{
  GPtrArray *pictures = fr_import_get_pictures (self);
  guint n = 0;

  for (guint i = 0; i < pictures->len; i++)
    {
      const FrPicture *picture = pictures->pdata[i];

      n += picture->metadata == FR_METADATA_REMOVED && picture->removed != 0;
    }
  return n;
}

/**
 * fr_import_count_withheld:
 * @self: an import
 *
 * Returns: how many pictures, added or there already, nobody else may see since their details cannot be removed
 */
guint
fr_import_count_withheld (FrImport *self)
{
  GPtrArray *pictures = fr_import_get_pictures (self);
  guint n = 0;

  for (guint i = 0; i < pictures->len; i++)
    {
      const FrPicture *picture = pictures->pdata[i];

      n += picture->metadata == FR_METADATA_FIXED && picture->audience == FR_AUDIENCE_ONLY_ME;
    }
  return n;
}
