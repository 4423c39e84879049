/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Columns of the same width, or what is in them below each other. It never asks for the room of the columns: a window
 * that gets smaller is narrow before that is drawn. */

#define FR_TYPE_COLUMNS_LAYOUT (fr_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (FrColumnsLayout, fr_columns_layout, FR, COLUMNS_LAYOUT, GtkLayoutManager)

GtkLayoutManager *fr_columns_layout_new (int spacing);
void fr_columns_layout_set_stacked (FrColumnsLayout *self, gboolean stacked);

G_END_DECLS
