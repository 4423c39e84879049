/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-gallery.h"

G_BEGIN_DECLS

/* Adding one picture to a gallery: the store copies and hashes it, freshet-image takes out of it what the file tells
 * beside the picture and looks into what is left, the store enters both in its catalogue, the gallery shows it. What
 * cannot be taken out is for nobody else to see until the person says so. Main thread. */

/**
 * FrAdditionTerms:
 * @audience: who may see it
 * @readers: (nullable): the people chosen, where people are
 * @keeps_metadata: whether they get all that the file tells: place, camera and other details
 */
typedef struct
{
  FrAudience audience;
  GBytes *readers;
  gboolean keeps_metadata;
} FrAdditionTerms;

void fr_addition_add_file_async (FrGallery *gallery,
                                 const char *path,
                                 const FrAdditionTerms *terms,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void fr_addition_add_bytes_async (FrGallery *gallery,
                                  GBytes *bytes,
                                  const char *title,
                                  const FrAdditionTerms *terms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
FrPicture *fr_addition_finish (FrGallery *gallery, GAsyncResult *result, gboolean *out_was_there, GError **error);

G_END_DECLS
