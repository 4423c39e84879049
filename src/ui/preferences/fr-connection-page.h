/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Preferences: how others find this computer, and who may connect. */

#define FR_TYPE_CONNECTION_PAGE (fr_connection_page_get_type ())
G_DECLARE_FINAL_TYPE (FrConnectionPage, fr_connection_page, FR, CONNECTION_PAGE, AdwPreferencesPage)

void fr_connection_page_set_node (FrConnectionPage *self, FrNode *node);

G_END_DECLS
