/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-texture-loader.h"
#include "fr-wall-item.h"

G_BEGIN_DECLS

/* Pictures side by side, as many as there are: only those near what is seen have a widget. Opening, selecting, the size of
 * the tiles, and the days on them. Main thread. */

#define FR_TYPE_WALL (fr_wall_get_type ())
G_DECLARE_FINAL_TYPE (FrWall, fr_wall, FR, WALL, AdwBin)

void fr_wall_set_model (FrWall *self, GListModel *model, FrTextureLoader *loader); /* of FrWallItem; once */
GtkSelectionModel *fr_wall_get_selection (FrWall *self);                           /* of FrWallItem; nullable */

/* For what is around it: its actions, as "wall", and the keys for them. */
GActionGroup *fr_wall_get_actions (FrWall *self);
void fr_wall_share_actions (FrWall *self, GtkWidget *widget); /* with what is around it, and has its keys */
void fr_wall_class_add_keys (GtkWidgetClass *widget_class);

gboolean fr_wall_get_selecting (FrWall *self);
void fr_wall_set_selecting (FrWall *self, gboolean selecting);
void fr_wall_select_all (FrWall *self);
guint fr_wall_count_selected (FrWall *self);
GPtrArray *fr_wall_list_chosen (FrWall *self); /* of FrWallItem: what something is to be done with */
GPtrArray *fr_wall_list_shown (FrWall *self);  /* of FrWallItem: what can be looked at now */

guint fr_wall_get_level (FrWall *self); /* of fr-wall-geometry.h */
void fr_wall_set_level (FrWall *self, guint level);
void fr_wall_set_days (FrWall *self, gboolean has_days);
void fr_wall_set_narrow (FrWall *self, gboolean is_narrow);
void fr_wall_go_to (FrWall *self, guint position);
void fr_wall_take_focus (FrWall *self);
void fr_wall_refresh (FrWall *self); /* what stands on tiles may be something else */

/* Properties, notified: "selecting" (boolean), "n-selected" (uint), "days" (boolean: sorted by days, which stand on their
 * first tiles), "narrow" (boolean: in a narrow window), "label" (string: what it is, for those who cannot see it),
 * "menu-model" (GMenuModel: what can be done with what is selected).
 * Signal "open" (FrWallItem *item): a picture was chosen.
 * Actions "wall.open", "wall.menu", "wall.months", "wall.select", "wall.select-none", "wall.zoom" ('in', 'out',
 * 'usual'). */

G_END_DECLS
