/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-month.h"

G_BEGIN_DECLS

/* Days and months of pictures that are sorted by time, the newest first. Only as many are looked at as is needed. */

gboolean fr_wall_days_is_first (GListModel *items, guint position); /* of FrWallItem */
GListStore *fr_wall_days_list_months (GListModel *items);           /* of FrMonth */

G_END_DECLS
