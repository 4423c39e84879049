/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* What other programs get of pictures: copies that are called as the pictures are, in a folder that is read by nobody else
 * and gone at the end. Made when they are asked for, in threads. What ended badly is cleaned up by the next. Main thread.
 *
 * It is what others would get: nothing of the file that was added but is not shared. */

#define FR_HAND_OUT_MAX_PICTURES 500 /* at once */
#define FR_HAND_OUT_MAX_FOLDERS 16   /* of what was asked for at once: the oldest goes first */

#define FR_TYPE_HAND_OUT (fr_hand_out_get_type ())
G_DECLARE_FINAL_TYPE (FrHandOut, fr_hand_out, FR, HAND_OUT, GObject)

FrHandOut *fr_hand_out_new (const char *folder);
FrHandOut *fr_hand_out_get (FrNode *node);
char *fr_hand_out_describe_too_many (void);

/* pictures: FrGalleryItem, or FrFetch that is done. */
void fr_hand_out_make_async (FrHandOut *self, FrGallery *gallery, GPtrArray *pictures, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
GPtrArray *fr_hand_out_make_finish (FrHandOut *self, GAsyncResult *result, GError **error); /* of GFile */

void fr_hand_out_save_async (FrGallery *gallery, gpointer picture, const char *folder_or_path, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
char *fr_hand_out_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
