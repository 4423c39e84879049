/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"
#include "fr-pack-report.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* A whole gallery into a folder, and from there into another: the files of the pictures, called by their titles, and a
 * list (FrManifest) of all that is known of them. Main thread; files are elsewhere. */

typedef void (*FrPackProgress) (guint done, guint total, gpointer data);

void fr_gallery_pack_async (FrGallery *self,
                            FrPeople *people,
                            const char *folder,
                            FrPackProgress progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
FrPackReport *fr_gallery_pack_finish (FrGallery *self, GAsyncResult *result, GError **error);

void fr_gallery_unpack_async (FrGallery *self,
                              FrPeople *people,
                              const char *folder,
                              FrPackProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
FrPackReport *fr_gallery_unpack_finish (FrGallery *self, GAsyncResult *result, GError **error);

G_END_DECLS
