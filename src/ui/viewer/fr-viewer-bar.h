/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-viewer-text.h"

G_BEGIN_DECLS

/* The bar below a picture: whom it is from, how it comes, and what can be done about it. */

#define FR_TYPE_VIEWER_BAR (fr_viewer_bar_get_type ())
G_DECLARE_FINAL_TYPE (FrViewerBar, fr_viewer_bar, FR, VIEWER_BAR, AdwBin)

void fr_viewer_bar_clear (FrViewerBar *self); /* another picture: what is said next is no news */
void fr_viewer_bar_show (FrViewerBar *self, const FrViewerFacts *facts);
void fr_viewer_bar_set_narrow (FrViewerBar *self, gboolean is_narrow);

/* Its buttons have the actions "viewer.stop", "viewer.retry", "viewer.uncover", "picture.save-as", "picture.keep",
 * "picture.share". */

G_END_DECLS
