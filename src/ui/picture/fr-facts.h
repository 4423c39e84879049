/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is known of a picture, in words. Pure functions. */

char *fr_facts_describe (guint width, guint height, guint64 size);
char *fr_facts_describe_from (const char *name, guint n_others);
char *fr_facts_tags_to_text (const char *const *tags);
GStrv fr_facts_tags_from_text (const char *text);

G_END_DECLS
