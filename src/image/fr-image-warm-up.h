/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the decoding process does before it is confined. Part of it. */

void fr_image_warm_up (void);

G_END_DECLS
