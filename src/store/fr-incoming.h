/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-content-id.h"
#include "fr-staged.h"

G_BEGIN_DECLS

/* A picture on its way in: a file with the blocks that have come and are right. What has come is kept when the last
 * reference goes, and found again by fr_store_find_incoming_async() and fr_store_begin_incoming_async(), also after a
 * restart. Any thread. */

#define FR_TYPE_INCOMING (fr_incoming_get_type ())

G_DECLARE_FINAL_TYPE (FrIncoming, fr_incoming, FR, INCOMING, GObject)

const FrContentId *fr_incoming_get_id (FrIncoming *self);
guint64 fr_incoming_get_size (FrIncoming *self);
guint fr_incoming_get_n_blocks (FrIncoming *self);
guint fr_incoming_get_n_missing (FrIncoming *self);
gboolean fr_incoming_has_block (FrIncoming *self, guint block);
GBytes *fr_incoming_dup_have (FrIncoming *self);

void fr_incoming_write_block_async (FrIncoming *self,
                                    guint block,
                                    GBytes *data,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean fr_incoming_write_block_finish (FrIncoming *self, GAsyncResult *result, GError **error);

void fr_incoming_finish_async (FrIncoming *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
FrStaged *fr_incoming_finish_finish (FrIncoming *self, GAsyncResult *result, GError **error);

void fr_incoming_leave (FrIncoming *self);
void fr_incoming_abandon (FrIncoming *self);

G_END_DECLS
