/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-search-terms.h"

G_BEGIN_DECLS

/* How a wish stands, in words. Pure functions. */

char *fr_wish_text_describe (guint n_new, gint64 asked_us, gint64 now_us);
char *fr_wish_text_describe_scope (FrSearchScope scope, const char *person); /* nullable, both */
char *fr_wish_text_say_found (const char *words);

G_END_DECLS
