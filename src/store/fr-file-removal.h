/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files that nobody wants any more, removed by a thread of its own: that of a large one takes its time, and whoever gives
 * up the last reference to it may be a thread that must not wait. Any thread. */

void fr_file_removal_push (const char *path, int fd);
void fr_file_removal_wait (void);

/* For tests: does nothing as long as it is held. */
void _fr_file_removal_hold (gboolean held);

G_END_DECLS
