/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody called themselves when a picture was kept from them: their own word, which may be anything, so that it is
 * cleaned before it is remembered. Whoever is among the person's people has a name there, and that counts. */

extern const char fr_origin_name_version_8[];

char *fr_origin_name_clean (const char *text);

G_END_DECLS
