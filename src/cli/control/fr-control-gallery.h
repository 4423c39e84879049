/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-hits.h"
#include "fr-gallery.h"

G_BEGIN_DECLS

/* Which picture of a gallery is meant; as for what searches have found, the beginning of its id is enough. And the end of
 * copying one out, for a request that it owns. */

FrGalleryItem *fr_control_gallery_find (FrGallery *gallery, const char *text);
void fr_control_gallery_exported_cb (GObject *source, GAsyncResult *result, gpointer request);

G_END_DECLS
