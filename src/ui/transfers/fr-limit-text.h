/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is said of how fast pictures may come and go. Pure. */

char *fr_limit_text_describe_rate (guint kib);
char *fr_limit_text_describe (guint down_kib, guint up_kib);

G_END_DECLS
