/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-arrivals.h"
#include "fr-node.h"

G_BEGIN_DECLS

/* Tells the person, outside of the window, what happens while they do not look at it: as notifications of the desktop,
 * which are taken back when they do. Main thread. Uses the actions "app.accept-person" (key), "app.decline-person" (key),
 * "app.show-page" (name), "app.show-arrived", "app.show-wish" (its terms) and "app.quit". */

#define FR_TYPE_NOTIFIER (fr_notifier_get_type ())
G_DECLARE_FINAL_TYPE (FrNotifier, fr_notifier, FR, NOTIFIER, GObject)

FrNotifier *fr_notifier_new (GApplication *application, FrNode *node, GtkWindow *window);
void fr_notifier_tell_staying (FrNotifier *self);        /* once: the program goes on without a window */
GListModel *fr_notifier_list_arrived (FrNotifier *self); /* (transfer full) of FrHit: what has come */

/* The words. */
GNotification *fr_notifier_make_request (const char *name, const char *introducer, const char *key);
GNotification *fr_notifier_make_arrived (const FrArrivalsNews *news);
GNotification *fr_notifier_make_wish (FrWish *wish);

G_END_DECLS
