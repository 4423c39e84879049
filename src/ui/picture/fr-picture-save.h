/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* A picture as a file that stays: where the person says, or among their pictures. What was done is told in a toast, which
 * shows it in its folder. Main thread. */

/* picture: FrGalleryItem, or FrFetch that is done. */
void fr_picture_save_as_async (GtkWidget *widget, FrNode *node, gpointer picture, gboolean is_original,
                               GAsyncReadyCallback callback, gpointer data);
void fr_picture_save_and_show_async (GtkWidget *widget, FrNode *node, gpointer picture, GAsyncReadyCallback callback,
                                     gpointer data);
gboolean fr_picture_save_finish (GtkWidget *widget, GAsyncResult *result, GError **error);

G_END_DECLS
