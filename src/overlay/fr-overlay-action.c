/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-overlay-action.h"

/**
 * fr_overlay_action_clear:
 * @action: an action; zeroed ones are fine
 *
 * Lets go of what the action holds.
 */
void
fr_overlay_action_clear (FrOverlayAction *action)
{
  g_clear_pointer (&action->frame, g_bytes_unref);
}

/**
 * fr_overlay_reason_to_string:
 * @reason: why a link is to be closed
 *
 * Returns: its name, for logs and statistics
 */
const char *
fr_overlay_reason_to_string (FrOverlayReason reason)
{
  switch (reason)
    {
    case FR_OVERLAY_REASON_NONE:
      return "none";
    case FR_OVERLAY_REASON_SILENT:
      return "silent";
    case FR_OVERLAY_REASON_FAULTS:
      return "faults";
    case FR_OVERLAY_REASON_FULL:
      return "full";
    default:
      g_return_val_if_reached ("none");
    }
}
