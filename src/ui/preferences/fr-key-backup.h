/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-node.h"

G_BEGIN_DECLS

/* Who one is, as a file that a passphrase locks: the key, the name and the people, as `freshet-cli identity backup`
 * writes it. Main thread; what takes long is elsewhere. */

void fr_key_backup_save_async (FrNode *node, const char *path, const char *passphrase, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
gboolean fr_key_backup_save_finish (FrNode *node, GAsyncResult *result, GError **error);

G_END_DECLS
