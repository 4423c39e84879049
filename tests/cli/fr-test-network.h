/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-client.h"
#include "fr-test-program.h"

G_BEGIN_DECLS

/* A server and the peers of one test, each a freshet-cli of its own, in a folder that goes away with it. */

#define FR_TEST_PHOTOGRAPH "/usr/share/backgrounds/mate/nature/Storm.jpg"

typedef struct
{
  char *folder;
  FrTestProgram *serve;
  char *port;   /* of the server */
  char *server; /* its address */
} FrTestNetwork;

void fr_test_network_init (FrTestNetwork *self);
void fr_test_network_clear (FrTestNetwork *self);

/* Stops the server; starts one on the same port. */
void fr_test_network_stop_server (FrTestNetwork *self);
void fr_test_network_start_server (FrTestNetwork *self);

/* A path in the folder. */
char *fr_test_network_path (FrTestNetwork *self, const char *name);

/* `freshet-cli peer --json` named NAME on the folder NAME, with more arguments, up to NULL. Waits until it is ready. */
FrTestProgram *fr_test_network_peer (FrTestNetwork *self, const char *name, ...) G_GNUC_NULL_TERMINATED;

/* `freshet-cli COMMAND --data FOLDER/NAME --loopback` with more arguments; its exit status. */
int fr_test_network_run (FrTestNetwork *self, char **out_text, char **err_text, const char *command, const char *name,
                         ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
