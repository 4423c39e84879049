/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Leave to go on without a window, and to be started at login: asked of the desktop's portal in a Flatpak; else nobody
 * need be asked, and login is a file (FrAutostart). Main thread. */

typedef struct
{
  gboolean goes_on;  /* without a window */
  gboolean at_login; /* started */
} FrBackgroundLeave;

gboolean fr_background_uses_portal (void);
gboolean fr_background_get_at_login (void);

void fr_background_ask_async (gboolean at_login, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void fr_background_ask_portal_async (gboolean at_login, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
gboolean fr_background_ask_finish (GAsyncResult *result, FrBackgroundLeave *out_leave, GError **error);

G_END_DECLS
