/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-channel.h"
#include "fr-frame.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* Where the transfers of one session go in and out, both ways: what we ask of the peer (#FrDownload) and what it asks
 * of us (#FrUploadQueue). It reads the bulk channel itself; frames are handed in by whoever reads the control channel.
 * Lives in the main context of its channels. Must be closed: until then it holds its transfers, and they it. */

#define FR_TYPE_TRANSFER_PORT (fr_transfer_port_get_type ())
G_DECLARE_FINAL_TYPE (FrTransferPort, fr_transfer_port, FR, TRANSFER_PORT, GObject)

FrTransferPort *fr_transfer_port_new (FrChannel *control, const FrPeerKey *peer);
void fr_transfer_port_set_bulk (FrTransferPort *self, FrChannel *bulk);
gboolean fr_transfer_port_receive (FrTransferPort *self, const Freshet__Frame *frame);
void fr_transfer_port_close (FrTransferPort *self);

const FrPeerKey *fr_transfer_port_get_peer (FrTransferPort *self);
gboolean fr_transfer_port_is_closed (FrTransferPort *self);
guint fr_transfer_port_get_n_transfers (FrTransferPort *self);
guint64 fr_transfer_port_get_n_ignored (FrTransferPort *self);

G_END_DECLS
