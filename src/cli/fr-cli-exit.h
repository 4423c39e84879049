/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How freshet-cli ends, for scripts. Never renumbered; --help lists them. */
typedef enum
{
  FR_EXIT_OK = 0,
  FR_EXIT_FAILED = 1,
  FR_EXIT_USAGE = 2,         /* the command line */
  FR_EXIT_NOTHING_FOUND = 3, /* no such picture or person, or nobody answered */
  FR_EXIT_NO_SERVER = 4,     /* not reached, not a PeerServer, or it will not have us */
  FR_EXIT_NOT_REACHED = 5,   /* the other person is not there, or cannot be reached */
  FR_EXIT_REFUSED = 6,       /* the other side will not, is busy, or must not be trusted */
  FR_EXIT_FOLDER = 7,        /* the data folder: in use, damaged, full, made by a newer version */
  FR_EXIT_STOPPED = 130,     /* by SIGINT or SIGTERM, before it was done */
} FrExit;

FrExit fr_exit_from_error (const GError *error);

G_END_DECLS
