/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-cli-exit.h"

G_BEGIN_DECLS

/* The commands of freshet-cli, a file each. `arguments`: the command line from the command's name on. `stop` is
 * cancelled by SIGINT and SIGTERM. A command that fails sets `error` to one sentence, which is then written to stderr,
 * and from which the exit status follows; what it returns is the exit status otherwise. */

typedef FrExit FrCommandFunc (char ***arguments, GCancellable *stop, GError **error);

FrCommandFunc fr_command_serve;
FrCommandFunc fr_command_peer;
FrCommandFunc fr_command_search;
FrCommandFunc fr_command_newest;
FrCommandFunc fr_command_get;
FrCommandFunc fr_command_transfers;
FrCommandFunc fr_command_gallery;
FrCommandFunc fr_command_people;
FrCommandFunc fr_command_identity;
FrCommandFunc fr_command_sim;

#define FR_COMMAND_EXITS                                                                                               \
  "Exit status: 0 done, 1 failed, 2 wrong command line, 3 nothing found, 4 no meeting point, 5 the other\n"            \
  "person cannot be reached, 6 refused, 7 the data folder cannot be used, 130 stopped."

G_END_DECLS
