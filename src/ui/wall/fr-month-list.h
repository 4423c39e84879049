/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-month.h"

G_BEGIN_DECLS

/* Months to go to, in a window of its own. */

#define FR_TYPE_MONTH_LIST (fr_month_list_get_type ())
G_DECLARE_FINAL_TYPE (FrMonthList, fr_month_list, FR, MONTH_LIST, AdwWindow)

FrMonthList *fr_month_list_new (GtkRoot *parent, GListModel *months, guint shown);

/* Signal "chosen" (FrMonth *month); the window is closed then. */

G_END_DECLS
