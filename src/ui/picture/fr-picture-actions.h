/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* What can be done with pictures outside of Freshet, wherever they are shown: the actions “picture.…” of a wall, and of the
 * viewer. Belongs to the widget. Main thread. */

/* Those that are meant and are here: FrGalleryItem, and FrFetch that are done. */
typedef GPtrArray *(*FrPictureActionsList) (GtkWidget *widget, FrNode **out_node);

#define FR_TYPE_PICTURE_ACTIONS (fr_picture_actions_get_type ())
G_DECLARE_FINAL_TYPE (FrPictureActions, fr_picture_actions, FR, PICTURE_ACTIONS, GObject)

FrPictureActions *fr_picture_actions_new (GtkWidget *widget, FrPictureActionsList list);
GActionGroup *fr_picture_actions_get_group (FrPictureActions *self);
void fr_picture_actions_update (FrPictureActions *self); /* before a menu is shown: what cannot be done is not in it */
void fr_picture_actions_free_keys (FrPictureActions *self); /* after: keys find out for themselves */
void fr_picture_actions_class_add_keys (GtkWidgetClass *widget_class);

/* Signal "failed" (const char *action, const char *text): it was not done, and why; where nobody listens a toast says it. */

G_END_DECLS
