/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one clock that the network's engines are driven by: it goes on while the computer is suspended, so that a link
 * that slept for an hour is known to be an hour old. */
gint64 fr_clock_now_us (void);

G_END_DECLS
