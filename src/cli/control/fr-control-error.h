/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of a request, as far as a program can act on it differently. On the socket these are names; on the
 * command line each has an exit status. The messages of these errors are for people. */

#define FR_CONTROL_ERROR (fr_control_error_quark ())
GQuark fr_control_error_quark (void);

typedef enum
{
  FR_CONTROL_ERROR_FAILED,
  FR_CONTROL_ERROR_BAD_REQUEST,   /* not understood, or over a limit */
  FR_CONTROL_ERROR_NOTHING_FOUND, /* no such picture, person or answer */
  FR_CONTROL_ERROR_NO_SERVER,     /* the server cannot be reached, or will not have us */
  FR_CONTROL_ERROR_NOT_REACHED,   /* the other person is not there, or cannot be reached */
  FR_CONTROL_ERROR_REFUSED,       /* the other side is there, and will not, or must not be trusted */
  FR_CONTROL_ERROR_FOLDER,        /* the data folder: in use, damaged, full, made by a newer version */
  FR_CONTROL_ERROR_CANCELLED,
  FR_CONTROL_ERROR_LOST,          /* the peer that was asked went away */
} FrControlError;

#define FR_CONTROL_N_ERRORS (FR_CONTROL_ERROR_LOST + 1)

const char *fr_control_error_to_name (FrControlError code);
FrControlError fr_control_error_from_name (const char *name);

G_END_DECLS
