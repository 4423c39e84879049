/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-store.h"
#include "fr-transfer-port.h"

G_BEGIN_DECLS

/* The holder's side of all sessions: what is asked for at its ports comes out of the store, if it is for them, in turns
 * that are fair to everybody who asks (#FrUploadPlan). Reading is the store's, on its own threads. Lives in the
 * thread-default main context in which it was made, which is that of its ports. */

#define FR_UPLOAD_NEWS_US (G_USEC_PER_SEC / 4) /* between two about how far one is */

typedef enum
{
  FR_UPLOAD_WAITS, /* for its turn */
  FR_UPLOAD_GOES,
  FR_UPLOAD_ARRIVED,
  FR_UPLOAD_BROKE_OFF,
} FrUploadState;

typedef struct
{
  guint number; /* of this upload, never 0 */
  FrPeerKey peer;
  FrContentId content;
  FrUploadState state;
  guint64 done, total; /* bytes; 0 while it waits */
} FrUploadNews;

#define FR_TYPE_UPLOAD_QUEUE (fr_upload_queue_get_type ())
G_DECLARE_FINAL_TYPE (FrUploadQueue, fr_upload_queue, FR, UPLOAD_QUEUE, GObject)

FrUploadQueue *fr_upload_queue_new (FrStore *store);
void fr_upload_queue_add_port (FrUploadQueue *self, FrTransferPort *port);

void fr_upload_queue_set_limit (FrUploadQueue *self, guint kib);

guint fr_upload_queue_get_n_active (FrUploadQueue *self);
guint fr_upload_queue_get_n_queued (FrUploadQueue *self);

/* Signal "news" (const FrUploadNews *): what becomes of what was asked for. */

G_END_DECLS
