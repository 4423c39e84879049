/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-transfer-port-private.h"
#include "fr-upload-queue.h"

G_BEGIN_DECLS

/* What a port tells its queue, and what tests may set. */

void _fr_upload_queue_receive_get (FrUploadQueue *self, FrTransferPort *port, const Freshet__Get *get);
gboolean _fr_upload_queue_receive (FrUploadQueue *self,
                                   FrTransferPort *port,
                                   guint32 transfer,
                                   const Freshet__Frame *frame);
void _fr_upload_queue_room (FrUploadQueue *self, FrTransferPort *port);
void _fr_upload_queue_port_closed (FrUploadQueue *self, FrTransferPort *port);
guint _fr_upload_queue_count_of_port (FrUploadQueue *self, FrTransferPort *port);

FrUploadQueue *_fr_upload_queue_new_with_stall (FrStore *store, gint64 stall_us);

G_END_DECLS
