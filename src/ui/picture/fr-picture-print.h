/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* One picture on one page, as large as fits, turned the way it is. Main thread; decoded by freshet-image. */

#define FR_PICTURE_PRINT_MAX_SIDE 4096 /* pixels: a page of A4 with 350 to the inch */

/* picture: FrGalleryItem, or FrFetch that is done. The cancellable is for what comes before the question how to print. */
void fr_picture_print_async (GtkWidget *widget, FrNode *node, gpointer picture, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
gboolean fr_picture_print_finish (GAsyncResult *result, GError **error);

/* Parts, for tests. */
typedef struct
{
  double x, y, scale;
} FrPicturePlace;

FrPicturePlace fr_picture_print_fit (double page_width, double page_height, double width, double height);
GtkPrintOperation *fr_picture_print_make_operation (GdkTexture *texture, const char *title);

G_END_DECLS
