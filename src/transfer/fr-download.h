/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-rate.h"
#include "fr-store.h"
#include "fr-transfer-error.h"
#include "fr-transfer-port.h"

G_BEGIN_DECLS

/* The asker's side of one picture from one peer. What comes is checked block by block by the store, on its own threads,
 * and is kept for the next time when the session ends half-way; what is wrong is thrown away. Lives in the main context
 * of its port; the end of it is the state DONE or FAILED, after which nothing changes any more. */

typedef enum
{
  FR_DOWNLOAD_WAITING, /* not started, or no answer yet */
  FR_DOWNLOAD_QUEUED,  /* in the holder's queue, at "place" */
  FR_DOWNLOAD_RUNNING,
  FR_DOWNLOAD_DONE,
  FR_DOWNLOAD_FAILED,
} FrDownloadState;

#define FR_TYPE_DOWNLOAD_STATE (fr_download_state_get_type ())
GType fr_download_state_get_type (void);

#define FR_TYPE_DOWNLOAD (fr_download_get_type ())
G_DECLARE_FINAL_TYPE (FrDownload, fr_download, FR, DOWNLOAD, GObject)

FrDownload *fr_download_new (FrTransferPort *port, FrStore *store, const FrContentId *id, guint64 expected_size);
void fr_download_set_rate (FrDownload *self, FrRate *rate);
void fr_download_start (FrDownload *self);
void fr_download_cancel (FrDownload *self);
void fr_download_leave (FrDownload *self);

const FrContentId *fr_download_get_id (FrDownload *self);
FrDownloadState fr_download_get_state (FrDownload *self);
guint fr_download_get_place (FrDownload *self);
guint64 fr_download_get_bytes_done (FrDownload *self);
guint64 fr_download_get_bytes_total (FrDownload *self);
const GError *fr_download_get_error (FrDownload *self);
FrStaged *fr_download_get_staged (FrDownload *self);

G_END_DECLS
