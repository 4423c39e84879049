/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-first-start.h"
#include "fr-main-view.h"

G_BEGIN_DECLS

/* The window: opens a Freshet, asks what it must know at the first start, shows it, and closes it again. */

#define FR_TYPE_WINDOW (fr_window_get_type ())
G_DECLARE_FINAL_TYPE (FrWindow, fr_window, FR, WINDOW, AdwApplicationWindow)

FrWindow *fr_window_new (GtkApplication *application);
void fr_window_open (FrWindow *self, const FrNodeOptions *options);
FrNode *fr_window_get_node (FrWindow *self);
FrFirstStart *fr_window_get_first_start (FrWindow *self);
FrMainView *fr_window_get_main_view (FrWindow *self);
const char *fr_window_get_visible_name (FrWindow *self); /* "loading", "trouble", "first-start", "main" */
const char *fr_window_get_trouble (FrWindow *self);

void fr_window_take_invitation (FrWindow *self, const char *invitation);
void fr_window_take_files (FrWindow *self, GFile *const *files, guint n_files);
void fr_window_quit (FrWindow *self);
gboolean fr_window_show_arrived (FrWindow *self);
void fr_window_show_picture (FrWindow *self, const char *id);
void fr_window_find (FrWindow *self, const char *words);
void fr_window_show_wish (FrWindow *self, const FrSearchTerms *terms);
void fr_window_say (FrWindow *self, const char *text);

/* Property "narrow" (boolean, readable, notified): whether it is as narrow as a telephone; what depends on the width binds
 * to that.
 *
 * Actions "win.add-pictures", "win.paste", "win.search", "win.show-page" (string), "win.invite", "win.preferences",
 * "win.connection" (of the preferences), "win.transfers", "win.back"; "win.retry": after trouble; "win.quit": where closing does not. */

G_END_DECLS
