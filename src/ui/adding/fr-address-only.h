/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What some browsers hand over in place of a picture: its address in the web. Nothing is ever got from there: whoever runs
 * the site would learn who looks at it, and it may be another picture than the one that was seen. */

#define FR_ADDRESS_ONLY_MAX_SIZE (16 * 1024)

gboolean fr_address_only_is_file (GFile *file);
gboolean fr_address_only_is_text (const char *text);
gboolean fr_address_only_is_in (GdkContentFormats *formats);
void fr_address_only_add_formats (GdkContentFormatsBuilder *builder);
void fr_address_only_present (GtkWidget *widget);

G_END_DECLS
