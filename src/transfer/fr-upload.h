/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-transfer-port.h"
#include "fr-upload-plan.h"

G_BEGIN_DECLS

/* One picture on its way to one peer, as the queue of uploads keeps it: whose it is, the blocks that are in memory, and
 * the frames that are sent about it. One thread. */

typedef struct
{
  FrUploadId id;
  FrTransferPort *port; /* owned */
  guint32 transfer;     /* the peer's number */
  FrContentId content;
  GBytes *have;         /* the have-map as it came */
  guint64 size;         /* 0 until it is looked up */
  guint64 done;         /* of it, what the asker had included */
  gint64 told_us;       /* when somebody here was told how far it is */
  GHashTable *blocks;   /* number -> GBytes: read and not wholly sent, FR_UPLOAD_READ_AHEAD at most */
  guint sharing;        /* fr_store_get_sharing() when it was last asked whether the peer may have it */
  gboolean asking;      /* which is being done again */
} FrUpload;

FrUpload *fr_upload_new (FrUploadId id, FrTransferPort *port, const Freshet__Get *get);
void fr_upload_free (FrUpload *self);

void fr_upload_take_block (FrUpload *self, guint block, GBytes *data);

gboolean fr_upload_send_manifest (FrUpload *self, guint64 size, GBytes *hashes, FrBlockSet *out_have);
void fr_upload_send_place (FrUpload *self, guint place);
void fr_upload_send_piece (FrUpload *self, const FrUploadPiece *piece);
void fr_upload_send_cancel (FrUpload *self);
void fr_upload_send_refuse (FrTransferPort *port, guint32 transfer, Freshet__Refuse__Reason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrUpload, fr_upload_free)

G_END_DECLS
