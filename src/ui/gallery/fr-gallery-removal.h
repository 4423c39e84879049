/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-gallery.h"

G_BEGIN_DECLS

/* Removing pictures, one or many, so that it can be undone for a while. */

void fr_gallery_removal_start_async (GtkWidget *widget, FrGallery *gallery, GPtrArray *items,
                                     GAsyncReadyCallback callback, gpointer data);

/* How many are gone; an error, where some are not, or where the person has changed their mind (G_IO_ERROR_CANCELLED). */
guint fr_gallery_removal_start_finish (GtkWidget *widget, GAsyncResult *result, GError **error);

G_END_DECLS
