/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-canvas.h"
#include "fr-details.h"
#include "fr-viewed-picture.h"

G_BEGIN_DECLS

/* A picture as large as can be, one's own or a found one, with what can be done with it; from there to the next and the
 * previous of where it was opened. A page of the window. */

#define FR_TYPE_VIEWER (fr_viewer_get_type ())
G_DECLARE_FINAL_TYPE (FrViewer, fr_viewer, FR, VIEWER, AdwBin)

void fr_viewer_set_node (FrViewer *self, FrNode *node, FrTextureLoader *loader);
void fr_viewer_open (FrViewer *self, GListModel *pictures, guint position, FrVeil *veil);
void fr_viewer_close (FrViewer *self);
gboolean fr_viewer_find_position (FrViewer *self, guint *out_position); /* of what is shown, in where it was opened */
FrViewedPicture *fr_viewer_get_picture (FrViewer *self);                /* nullable */
FrCanvas *fr_viewer_get_canvas (FrViewer *self);
FrDetails *fr_viewer_get_details (FrViewer *self);

/* Properties "narrow" (boolean): of the window; "details-shown" (boolean, notified).
 * Signal "closed": there is nothing to show any more. Signal "message" (const char *text).
 * Actions "viewer.previous", "viewer.next", "viewer.zoom" ('in', 'out', 'fit', 'actual'), "viewer.pan" ('left', 'right', 'up',
 * 'down'), "viewer.fullscreen", "viewer.details", "viewer.edit-title", "viewer.retry", "viewer.stop", "viewer.uncover";
 * "picture.keep", "picture.share", "picture.save-as", "picture.save-original", "picture.remove", "picture.reopen". */

G_END_DECLS
