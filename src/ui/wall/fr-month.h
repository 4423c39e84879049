/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A month that pictures are of: where it begins in the list of them, and how many there are. */

#define FR_TYPE_MONTH (fr_month_get_type ())
G_DECLARE_FINAL_TYPE (FrMonth, fr_month, FR, MONTH, GObject)

FrMonth *fr_month_new (gint64 time_us, guint first, guint n);
gint64 fr_month_get_time_us (FrMonth *self);
guint fr_month_get_first (FrMonth *self);
guint fr_month_get_n (FrMonth *self);

G_END_DECLS
