/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The small round marks on the tiles of a wall. Each is made once and drawn wherever it is needed, so that a tile needs no
 * widgets in it. All have a ground of their own, so that they can be told from any picture. */

#define FR_WALL_MARK_SIDE 24
#define FR_WALL_MARKS_REMEMBERED 256

typedef struct _FrWallMarks FrWallMarks;

FrWallMarks *fr_wall_marks_new (GtkWidget *widget);
void fr_wall_marks_free (FrWallMarks *self);
void fr_wall_marks_forget (FrWallMarks *self); /* the theme, the scale or the direction is another now */
guint fr_wall_marks_get_n_remembered (FrWallMarks *self);

/* At the start of what is drawn; FR_WALL_MARK_SIDE wide and high, but for numbers, whose width is returned. */
void fr_wall_marks_draw_icon (FrWallMarks *self, GtkSnapshot *snapshot, const char *icon_name);
void fr_wall_marks_draw_avatar (FrWallMarks *self, GtkSnapshot *snapshot, const char *name);
void fr_wall_marks_draw_check (FrWallMarks *self, GtkSnapshot *snapshot, gboolean is_checked);
void fr_wall_marks_draw_dot (FrWallMarks *self, GtkSnapshot *snapshot);
void fr_wall_marks_draw_number (FrWallMarks *self, GtkSnapshot *snapshot, const char *number);

const GdkRGBA *fr_wall_marks_get_accent (FrWallMarks *self);
const GdkRGBA *fr_wall_marks_get_ground (void);
const GdkRGBA *fr_wall_marks_get_avatar_ground (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrWallMarks, fr_wall_marks_free)

G_END_DECLS
