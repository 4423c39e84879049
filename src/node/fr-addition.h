/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"

G_BEGIN_DECLS

/* Adding one picture to a gallery: the store copies and hashes it, freshet-image looks into it, the store enters it in
 * its catalogue, the gallery shows it. Main thread. */

void fr_addition_add_file_async (FrGallery *gallery,
                                 const char *path,
                                 FrAudience audience,
                                 GBytes *readers,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void fr_addition_add_bytes_async (FrGallery *gallery,
                                  GBytes *bytes,
                                  const char *title,
                                  FrAudience audience,
                                  GBytes *readers,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
FrPicture *fr_addition_finish (FrGallery *gallery, GAsyncResult *result, gboolean *out_was_there, GError **error);

G_END_DECLS
