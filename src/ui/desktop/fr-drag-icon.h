/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is dragged, as it follows the pointer: small pictures, of several the first ones as a pile. */

#define FR_DRAG_ICON_SIDE 96 /* pixels that each fits into */
#define FR_DRAG_ICON_MAX 3   /* of them in a pile */

GdkPaintable *fr_drag_icon_new (GPtrArray *textures); /* of GdkTexture; nullable: there is none */

G_END_DECLS
