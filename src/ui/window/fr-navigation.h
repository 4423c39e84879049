/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A stack of pages on a leaflet that shows one at a time: what is opened goes on top, and back goes down again, whether
 * by a button, a key or a swipe. A page is there at most once. Belongs to whoever owns the leaflet. */

#define FR_TYPE_NAVIGATION (fr_navigation_get_type ())
G_DECLARE_FINAL_TYPE (FrNavigation, fr_navigation, FR, NAVIGATION, GObject)

FrNavigation *fr_navigation_new (AdwLeaflet *leaflet); /* the page that it shows is the lowest */
void fr_navigation_push (FrNavigation *self, const char *name);
gboolean fr_navigation_pop (FrNavigation *self);
void fr_navigation_go_home (FrNavigation *self);
guint fr_navigation_get_depth (FrNavigation *self); /* 1: only the lowest */

/* Signal "left" (const char *name): a page is not on the way back any more. */

G_END_DECLS
