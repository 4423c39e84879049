/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Preferences: who one is. */

#define FR_TYPE_YOU_PAGE (fr_you_page_get_type ())
G_DECLARE_FINAL_TYPE (FrYouPage, fr_you_page, FR, YOU_PAGE, AdwPreferencesPage)

void fr_you_page_set_node (FrYouPage *self, FrNode *node);
void fr_you_page_take_name (FrYouPage *self); /* if it will do */
void fr_you_page_save_backup (FrYouPage *self, const char *path, const char *passphrase);

G_END_DECLS
