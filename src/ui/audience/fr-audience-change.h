/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "fr-node.h"

G_BEGIN_DECLS

/* Changing who may see pictures, one or many: asks for whom, asks once more before somebody else's picture is passed on,
 * and changes them together. */

void fr_audience_change_async (GtkWidget *widget, FrNode *node, GPtrArray *items, GAsyncReadyCallback callback,
                               gpointer data);
gboolean fr_audience_change_finish (GtkWidget *widget, GAsyncResult *result, FrAudience *out_audience,
                                    GBytes **out_readers, GError **error);

G_END_DECLS
