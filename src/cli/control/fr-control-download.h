/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-request.h"

G_BEGIN_DECLS

/* Fetches a picture for a request: tells what happens ("progress", "waiting", "fetched", then "saved" where there is a
 * folder, or "kept", or "fetch-failed"), and saves the picture. Letting go of it before the end cancels the fetch, unless
 * it was there before. */

typedef enum
{
  FR_CONTROL_DOWNLOAD_NOW,       /* it fails if nobody who has it is here */
  FR_CONTROL_DOWNLOAD_WHEN_HERE, /* it waits for them */
  FR_CONTROL_DOWNLOAD_KEEP,      /* it goes into the gallery, also if it comes only when this is over */
} FrControlDownloadManner;

typedef struct _FrControlDownload FrControlDownload;

/* Called once, last; @error is %NULL if the picture is there, or comes by itself to be kept, and @path where it was saved
 * (nullable). May let go of the download. */
typedef void (*FrControlDownloadFunc) (FrControlDownload *download, const char *path, const GError *error,
                                       gpointer data);

FrControlDownload *fr_control_download_new (FrControlRequest *request, FrHit *hit, FrControlDownloadManner manner,
                                            const char *folder, gint64 asked_us, FrControlDownloadFunc done,
                                            gpointer data);
void fr_control_download_free (FrControlDownload *self);
gboolean fr_control_download_is_over (FrControlDownload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrControlDownload, fr_control_download_free)

G_END_DECLS
