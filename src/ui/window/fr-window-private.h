/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-invite-sheet.h"
#include "fr-notifier.h"
#include "fr-preferences-window.h"
#include "fr-window.h"

G_BEGIN_DECLS

/* The window in parts: its actions, what closing it means, and what is dropped on it or pasted. */

void fr_window_class_install_actions (GtkWidgetClass *widget_class);
void fr_window_actions_update (FrWindow *self);

void fr_window_leave (FrWindow *self);
void fr_window_hide (FrWindow *self);
void fr_window_keep_sharing (FrWindow *self);
void fr_window_update_quit (FrWindow *self);
FrNotifier *fr_window_get_notifier (FrWindow *self);
void fr_window_show_preferences (FrWindow *self, const char *page);
void fr_window_close_preferences (FrWindow *self, gboolean for_good);

void fr_window_show_asked (FrWindow *self);

FrInviteSheet *fr_window_invite (FrWindow *self);

gboolean fr_window_takes_pictures (FrWindow *self);
void fr_window_end_first_start (FrWindow *self);
void fr_window_accept_drops (FrWindow *self, GtkWidget *drop_hint);
void fr_window_paste (FrWindow *self);

G_END_DECLS
