/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Where people meet: a network that this computer starts, or one that is there already, named by an address or by
 * somebody's invitation. */

#define FR_TYPE_SERVER_CHOOSER (fr_server_chooser_get_type ())
G_DECLARE_FINAL_TYPE (FrServerChooser, fr_server_chooser, FR, SERVER_CHOOSER, AdwBin)

void fr_server_chooser_set_node (FrServerChooser *self, FrNode *node);
void fr_server_chooser_join (FrServerChooser *self, const char *text);
void fr_server_chooser_serve (FrServerChooser *self);
const char *fr_server_chooser_get_error (FrServerChooser *self);

/* Signal "connected": the choice works. */

G_END_DECLS
