/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-origin-name.h"

#include "fr-peer-name.h"

/* Of what was kept before nobody knows it. */
const char fr_origin_name_version_8[] = "ALTER TABLE pictures ADD COLUMN origin_name TEXT NOT NULL DEFAULT '';";

/**
 * fr_origin_name_clean:
 * @text: (nullable): what somebody called themselves
 *
 * A name with control characters, or with any that turn the line around, is none; so is one that is too long.
 *
 * Returns: (transfer full): the name, or nothing
 */
char *
fr_origin_name_clean (const char *text)
{
  char *name = NULL;

  return fr_peer_name_normalise (text, &name) == FR_PEER_NAME_OK ? name : g_strdup ("");
}
