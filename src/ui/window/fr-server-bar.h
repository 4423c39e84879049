/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* A slim bar that says what keeps one from the server, and what can be done; hidden while all is well. */

#define FR_TYPE_SERVER_BAR (fr_server_bar_get_type ())
G_DECLARE_FINAL_TYPE (FrServerBar, fr_server_bar, FR, SERVER_BAR, AdwBin)

void fr_server_bar_set_node (FrServerBar *self, FrNode *node);
const char *fr_server_bar_get_text (FrServerBar *self);

char *fr_server_bar_describe (FrNodeState state, const char *error, gint64 wait_us);
char *fr_server_bar_describe_taken (const char *taken, const char *address);

G_END_DECLS
