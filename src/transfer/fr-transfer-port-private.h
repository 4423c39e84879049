/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-bulk-header.h"
#include "fr-download.h"
#include "fr-transfer-port.h"
#include "fr-upload-queue.h"

G_BEGIN_DECLS

/* What the two sides see of a port. */

gboolean _fr_transfer_port_add_download (FrTransferPort *self, FrDownload *download, guint32 *out_transfer);
void _fr_transfer_port_remove_download (FrTransferPort *self, guint32 transfer);

gboolean _fr_transfer_port_set_uploads (FrTransferPort *self, FrUploadQueue *uploads, guint32 lane);
guint32 _fr_transfer_port_get_lane (FrTransferPort *self);

void _fr_transfer_port_send (FrTransferPort *self, Freshet__Frame__BodyCase body_case, gpointer body);
gboolean _fr_transfer_port_has_room (FrTransferPort *self);
void _fr_transfer_port_send_piece (FrTransferPort *self, const FrBulkHeader *header, gconstpointer data);

G_END_DECLS
