/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the desktop is answered of the pictures in a folder. These wait for the disk. */

#define FR_PROVIDER_MAX_FOUND 50

char **fr_provider_find (const char *folder, const char *const *terms);
GVariant *fr_provider_describe (const char *folder, const char *const *ids);
char *fr_provider_join_terms (const char *const *terms);

G_END_DECLS
