/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files in other programs: opened, shown in their folder, as the picture behind all windows. By the desktop's portal; where
 * there is none, and nothing shuts us in, directly. The answers' errors are sentences for people. Main thread. */

#define FR_OTHER_PROGRAMS_WALLPAPER "org.freedesktop.portal.Wallpaper" /* not every desktop has it */

void fr_other_programs_open_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void fr_other_programs_show_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void fr_other_programs_set_wallpaper_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer data);
gboolean fr_other_programs_finish (GAsyncResult *result, GError **error); /* FALSE without an error: the person refused */

G_END_DECLS
