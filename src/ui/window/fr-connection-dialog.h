/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* One's name and server, to change them later. */

#define FR_TYPE_CONNECTION_DIALOG (fr_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FrConnectionDialog, fr_connection_dialog, FR, CONNECTION_DIALOG, AdwWindow)

FrConnectionDialog *fr_connection_dialog_new (FrNode *node, GtkWindow *parent);

G_END_DECLS
