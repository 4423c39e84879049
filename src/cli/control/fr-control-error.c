/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-error.h"

G_DEFINE_QUARK (fr-control-error-quark, fr_control_error)

static const char *const names[FR_CONTROL_N_ERRORS] = {
  [FR_CONTROL_ERROR_FAILED] = "failed",
  [FR_CONTROL_ERROR_BAD_REQUEST] = "bad-request",
  [FR_CONTROL_ERROR_NOTHING_FOUND] = "nothing-found",
  [FR_CONTROL_ERROR_NO_SERVER] = "no-server",
  [FR_CONTROL_ERROR_NOT_REACHED] = "not-reached",
  [FR_CONTROL_ERROR_REFUSED] = "refused",
  [FR_CONTROL_ERROR_FOLDER] = "folder",
  [FR_CONTROL_ERROR_CANCELLED] = "cancelled",
  [FR_CONTROL_ERROR_LOST] = "lost",
};

/**
 * fr_control_error_to_name:
 * @code: what became of a request
 *
 * Returns: (transfer none): its name on the control socket
 */
const char *
fr_control_error_to_name (FrControlError code)
{
  g_return_val_if_fail ((guint) code < FR_CONTROL_N_ERRORS, names[FR_CONTROL_ERROR_FAILED]);

  return names[code];
}

/**
 * fr_control_error_from_name:
 * @name: (nullable): a name from the control socket
 *
 * Returns: its value; %FR_CONTROL_ERROR_FAILED for what is not known, as a newer peer may send
 */
FrControlError
fr_control_error_from_name (const char *name)
{
  for (guint i = 0; i < FR_CONTROL_N_ERRORS; i++)
    if (g_strcmp0 (name, names[i]) == 0)
      return (FrControlError) i;
  return FR_CONTROL_ERROR_FAILED;
}
