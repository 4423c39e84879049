/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-store.h"
#include "fr-transfer-port.h"

G_BEGIN_DECLS

/* The holder's side of all sessions: what is asked for at its ports comes out of the store, if it is for them, in turns
 * that are fair to everybody who asks (#FrUploadPlan). Reading is the store's, on its own threads. Lives in the
 * thread-default main context in which it was made, which is that of its ports. */

#define FR_TYPE_UPLOAD_QUEUE (fr_upload_queue_get_type ())
G_DECLARE_FINAL_TYPE (FrUploadQueue, fr_upload_queue, FR, UPLOAD_QUEUE, GObject)

FrUploadQueue *fr_upload_queue_new (FrStore *store);
void fr_upload_queue_add_port (FrUploadQueue *self, FrTransferPort *port);

guint fr_upload_queue_get_n_active (FrUploadQueue *self);
guint fr_upload_queue_get_n_queued (FrUploadQueue *self);

G_END_DECLS
