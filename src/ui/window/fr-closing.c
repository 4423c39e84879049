/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-closing.h"

/**
 * fr_closing_choose:
 * @facts: how things are
 *
 * Who has nobody to share with is not asked yet.
 *
 * Returns: what becomes of the program when its window is closed
 */
FrClosing
fr_closing_choose (const FrClosingFacts *facts)
{
  if (!facts->can_stay || !facts->is_open || g_strcmp0 (facts->keep_sharing, "no") == 0)
    return FR_CLOSING_QUIT;
  if (g_strcmp0 (facts->keep_sharing, "yes") == 0)
    return FR_CLOSING_STAY;
  return facts->has_people ? FR_CLOSING_ASK : FR_CLOSING_QUIT;
}
