/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-way.h"

/**
 * fr_way_to_string:
 * @way: a way
 *
 * Returns: (nullable): its name, for JSON; %NULL for the one that is not known
 */
const char *
fr_way_to_string (FrWay way)
{
  static const char *const names[FR_N_WAYS] = { NULL, "overlay", "server", "doorbell" };

  return (guint) way < FR_N_WAYS ? names[way] : NULL;
}
