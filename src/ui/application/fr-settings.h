/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FR_SETTING_SHOW_STRANGERS "show-strangers-clearly"
#define FR_SETTING_SEARCH_EXPLAINED "search-explained"
#define FR_SETTING_TILE_SIZE "tile-size"
#define FR_SETTING_SORT_BY "sort-by"
#define FR_SETTING_DETAILS_SHOWN "details-shown"
#define FR_SETTING_KEEP_SHARING "keep-sharing" /* "ask", "yes" or "no" */
#define FR_SETTING_OPEN_AT_LOGIN "open-at-login"
#define FR_SETTING_TELL_REQUESTS "tell-requests"
#define FR_SETTING_TELL_PICTURES "tell-pictures"
#define FR_SETTING_TELL_WISHES "tell-wishes"

/* What belongs to the window, not to the pictures. */
GSettings *fr_settings_open (void);

G_END_DECLS
