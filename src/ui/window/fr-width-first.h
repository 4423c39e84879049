/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A layout whose width never depends on its height. */

#define FR_TYPE_WIDTH_FIRST (fr_width_first_get_type ())
G_DECLARE_FINAL_TYPE (FrWidthFirst, fr_width_first, FR, WIDTH_FIRST, GtkLayoutManager)

G_END_DECLS
