/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-import.h"

G_BEGIN_DECLS

/* One field for all that was just added: what is in these pictures. It is what others look for, and what a screen reader
 * reads. Nobody has to fill it in. */

#define FR_TYPE_DESCRIBE_BAR (fr_describe_bar_get_type ())
G_DECLARE_FINAL_TYPE (FrDescribeBar, fr_describe_bar, FR, DESCRIBE_BAR, AdwBin)

void fr_describe_bar_set_gallery (FrDescribeBar *self, FrGallery *gallery);
guint fr_describe_bar_ask (FrDescribeBar *self, FrImport *import, gint64 since_us);
void fr_describe_bar_dismiss (FrDescribeBar *self);

G_END_DECLS
