/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-incoming.h"
#include "fr-store.h"

G_BEGIN_DECLS

/* Blocking: finds again what has come before. The caller has noted that there is one for this picture and no other;
 * that note goes with the last reference, or at once where this fails. */
FrIncoming *fr_incoming_new (FrStore *store,
                             const FrContentId *id,
                             guint64 size,
                             GBytes *hashes,
                             GCancellable *cancellable,
                             GError **error);

/* Blocking, likewise: only if something has come before. */
FrIncoming *fr_incoming_find (FrStore *store, const FrContentId *id, GCancellable *cancellable, GError **error);

G_END_DECLS
