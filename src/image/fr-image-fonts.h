/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The few fonts in which drawings are lettered: once the decoding process is confined, it can open no others.
 * Part of it; for its first thread, where drawings are drawn, since Pango's fonts are a thread's own. */

void fr_image_fonts_keep (void);

G_END_DECLS
