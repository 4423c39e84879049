/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days and months in words. Times are real ones in microseconds, days those of the local time. */

gboolean fr_day_text_is_same_day (gint64 us, gint64 other_us);
gboolean fr_day_text_is_same_month (gint64 us, gint64 other_us);
gint64 fr_day_text_begin_month (gint64 us); /* when the month of it begins */

char *fr_day_text_describe (gint64 us, gint64 now_us);       /* Today, Yesterday, 28 November, 28 November 2025 */
char *fr_day_text_describe_short (gint64 us, gint64 now_us); /* the same for little room: 28 Nov */
char *fr_day_text_describe_month (gint64 us);                /* November 2026 */

G_END_DECLS
