/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Preferences: what goes on while there is no window, and what is told. */

#define FR_TYPE_BACKGROUND_PAGE (fr_background_page_get_type ())
G_DECLARE_FINAL_TYPE (FrBackgroundPage, fr_background_page, FR, BACKGROUND_PAGE, AdwPreferencesPage)

G_END_DECLS
