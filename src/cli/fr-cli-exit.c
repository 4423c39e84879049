/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-cli-exit.h"

#include "fr-control-error.h"

/**
 * fr_exit_from_error:
 * @error: why a command failed
 *
 * Returns: what the program is to end with
 */
FrExit
fr_exit_from_error (const GError *error)
{
  static const FrExit exits[FR_CONTROL_N_ERRORS] = {
    [FR_CONTROL_ERROR_FAILED] = FR_EXIT_FAILED,
    [FR_CONTROL_ERROR_BAD_REQUEST] = FR_EXIT_USAGE,
    [FR_CONTROL_ERROR_NOTHING_FOUND] = FR_EXIT_NOTHING_FOUND,
    [FR_CONTROL_ERROR_NO_SERVER] = FR_EXIT_NO_SERVER,
    [FR_CONTROL_ERROR_NOT_REACHED] = FR_EXIT_NOT_REACHED,
    [FR_CONTROL_ERROR_REFUSED] = FR_EXIT_REFUSED,
    [FR_CONTROL_ERROR_FOLDER] = FR_EXIT_FOLDER,
    [FR_CONTROL_ERROR_CANCELLED] = FR_EXIT_STOPPED,
    [FR_CONTROL_ERROR_LOST] = FR_EXIT_FAILED,
  };

  if (error->domain == G_OPTION_ERROR)
    return FR_EXIT_USAGE;
  if (error->domain == FR_CONTROL_ERROR && (guint) error->code < FR_CONTROL_N_ERRORS)
    return exits[error->code];
  return FR_EXIT_FAILED;
}
