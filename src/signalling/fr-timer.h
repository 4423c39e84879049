/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One time-out in a main context of choice, since g_timeout_add() knows only the global one. `*timer` owns the
 * source and is NULL when none is set. */

void fr_timer_set (GSource **timer, GMainContext *context, guint delay_ms, GSourceFunc callback, gpointer user_data);
void fr_timer_clear (GSource **timer);

G_END_DECLS
