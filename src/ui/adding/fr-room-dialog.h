/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-import.h"

G_BEGIN_DECLS

/* Before much is added: how much room it needs and there is. Where that is not enough, it says so, and nothing is added. */

/* Response "add": it is to go on; any other: it is not. %NULL where nobody has to be asked, or there is no window. */
GtkWindow *fr_room_dialog_present (GtkWidget *widget, const FrRoom *room);

G_END_DECLS
