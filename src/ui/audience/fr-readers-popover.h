/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-people.h"
#include "fr-picture.h"

G_BEGIN_DECLS

/* Everybody who can see a picture, by name, now. */

#define FR_TYPE_READERS_POPOVER (fr_readers_popover_get_type ())
G_DECLARE_FINAL_TYPE (FrReadersPopover, fr_readers_popover, FR, READERS_POPOVER, GtkPopover)

void fr_readers_popover_show_picture (FrReadersPopover *self, const FrPicture *picture, FrPeople *people);
GListModel *fr_readers_popover_get_readers (FrReadersPopover *self); /* nullable: no names are shown */
const char *fr_readers_popover_get_text (FrReadersPopover *self);

G_END_DECLS
