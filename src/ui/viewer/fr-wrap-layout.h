/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts children beside each other as wide as they want to be, as words on lines; the last gets what is left of its line. */

#define FR_TYPE_WRAP_LAYOUT (fr_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (FrWrapLayout, fr_wrap_layout, FR, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *fr_wrap_layout_new (int spacing);

G_END_DECLS
