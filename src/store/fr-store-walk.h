/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-blob-dir.h"
#include "fr-store-report.h"

G_BEGIN_DECLS

/* Looks at everything that a store has, while others use it: with a connection to the catalogue of its own. Blocking, as
 * long as it takes to read every file; for a worker thread. What comes or goes meanwhile may be found too
 * (fr_store_check_async() sorts that out). */

/* How far it is, in bytes; called in the same thread. */
typedef void (*FrStoreWalkFunc) (guint64 done, guint64 total, gpointer data);

FrStoreReport *fr_store_walk (const char *folder,
                              FrBlobDir *blobs,
                              FrBlobDir *originals,
                              FrStoreWalkFunc func,
                              gpointer data,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
