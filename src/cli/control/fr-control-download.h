/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-request.h"

G_BEGIN_DECLS

/* Follows one fetch for a request: tells its events ("progress", "fetched", then "saved" where there is a folder, or
 * "fetch-failed"), and saves the picture. Letting go of it before the end cancels the fetch. */

typedef struct _FrControlDownload FrControlDownload;

/* Called once, last; @error is %NULL if the picture is there, and @path where it was saved (nullable). May let go of
 * the download. */
typedef void (*FrControlDownloadFunc) (FrControlDownload *download, const char *path, const GError *error,
                                       gpointer data);

FrControlDownload *fr_control_download_new (FrControlRequest *request, FrFetch *fetch, const char *folder,
                                            gint64 asked_us, FrControlDownloadFunc done, gpointer data);
void fr_control_download_free (FrControlDownload *self);
gboolean fr_control_download_is_over (FrControlDownload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrControlDownload, fr_control_download_free)

G_END_DECLS
