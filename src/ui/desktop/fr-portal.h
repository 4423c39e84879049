/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Questions to the desktop's portal, which asks the person where it has to, and answers by a signal of an object that it
 * makes for the question: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Request.html
 * Main thread; files are opened in another. */

typedef enum
{
  FR_PORTAL_DONE,
  FR_PORTAL_REFUSED, /* by the person */
  FR_PORTAL_FAILED,
} FrPortalResponse;

gboolean fr_portal_is_sandboxed (void);

void fr_portal_ask_async (const char *interface, const char *method, GFile *file, GVariantDict *options,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrPortalResponse fr_portal_ask_finish (GAsyncResult *result, GVariant **out_results, GError **error);

void fr_portal_has_async (const char *interface, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean fr_portal_has_finish (GAsyncResult *result);

G_END_DECLS
