/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Answers the desktop's search (org.gnome.Shell.SearchProvider2) with the person's own pictures. It never connects to
 * anybody, and ends when it has not been asked for a while. */

#define FR_SEARCH_PROVIDER_ID FR_APP_ID ".SearchProvider"
#define FR_SEARCH_PROVIDER_PATH "/app/freshet/Freshet/SearchProvider"
#define FR_SEARCH_PROVIDER_IDLE_MS 30000

#define FR_TYPE_SEARCH_PROVIDER (fr_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (FrSearchProvider, fr_search_provider, FR, SEARCH_PROVIDER, GApplication)

FrSearchProvider *fr_search_provider_new (const char *folder, const char *program);

G_END_DECLS
