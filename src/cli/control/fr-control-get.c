/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"
#include "fr-control-download.h"
#include "fr-control-gallery.h"
#include "fr-control-transfers.h"

/* {"op": "get", "content": ID, "folder": URI, "wait": BOOLEAN}: a picture that a search has found lately, that is among the
 * transfers, or of the own gallery. With "wait", it waits until somebody is here who has it.
 * {"op": "get", "content": ID, "keep": true}: it goes into the gallery when it comes. Over when it is there, or waits. */

static void
download_over_cb (FrControlDownload *download, const char *path, const GError *error, gpointer data)
{
  FrControlRequest *request = data;

  if (error != NULL)
    {
      g_autoptr (GError) copy = g_error_copy (error);

      fr_control_request_fail (request, copy);
      return;
    }
  fr_control_request_succeed (request, NULL);
}

static void
download_free (gpointer data)
{
  fr_control_download_free (data);
}

static void
fetch (FrControlRequest *request, FrHit *hit, const char *folder)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  FrControlDownloadManner manner = FR_CONTROL_DOWNLOAD_NOW;

  if (folder == NULL)
    manner = FR_CONTROL_DOWNLOAD_KEEP;
  else if (fr_control_get_flag (arguments, "wait"))
    manner = FR_CONTROL_DOWNLOAD_WHEN_HERE;
  fr_control_request_set_work (request,
                               fr_control_download_new (request, hit, manner, folder, g_get_monotonic_time (),
                                                        download_over_cb, request),
                               download_free);
}

/* What was wanted before the last start is in no search that is remembered. */
static FrHit *
find_hit (FrControlRequest *request, const char *content)
{
  FrHit *hit = fr_control_hits_find (fr_control_request_get_hits (request), content);
  FrFetch *fetch = hit == NULL ? fr_control_transfers_find_text (fr_control_request_get_node (request), content) : NULL;

  return fetch != NULL ? fr_fetch_get_hit (fetch) : hit;
}

void
fr_control_get (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));
  const char *content = fr_control_get_string (arguments, "content");
  const char *uri = fr_control_get_string (arguments, "folder");
  g_autofree char *folder = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  gboolean keep = fr_control_get_flag (arguments, "keep");
  FrGalleryItem *own;
  FrHit *hit;

  if (content == NULL || (folder == NULL) != keep)
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST,
                                     "Say which picture to get, and where to put it.");
  else if ((own = fr_control_gallery_find (gallery, content)) != NULL && keep)
    fr_control_request_succeed (request, NULL);
  else if (own != NULL)
    fr_gallery_export_async (gallery, &fr_gallery_item_get_picture (own)->id, folder,
                             fr_control_request_get_cancellable (request), fr_control_gallery_exported_cb, g_object_ref (request));
  else if ((hit = find_hit (request, content)) != NULL)
    fetch (request, hit, folder);
  else
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND,
                                     "No search has found a picture with this id lately; search for it first.");
}
