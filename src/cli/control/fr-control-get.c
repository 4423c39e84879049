/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-describe.h"
#include "fr-control-download.h"
#include "fr-control-gallery.h"

/* {"op": "get", "content": ID, "folder": URI}: a picture that a search has found lately, or of the own gallery. */

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
  g_autoptr (FrFetch) fetch = fr_node_fetch (fr_control_request_get_node (request), hit, -1);

  if (fetch != NULL)
    fr_control_request_set_work (request,
                                 fr_control_download_new (request, fetch, folder, g_get_monotonic_time (),
                                                          download_over_cb, request),
                                 download_free);
  else
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOT_REACHED,
                                     "Nobody who has this picture can be reached now.");
}

void
fr_control_get (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));
  const char *content = fr_control_get_string (arguments, "content");
  const char *uri = fr_control_get_string (arguments, "folder");
  g_autofree char *folder = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  FrGalleryItem *own;
  FrHit *hit;

  if (content == NULL || folder == NULL)
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST,
                                     "Say which picture to get, and where to put it.");
  else if ((own = fr_control_gallery_find (gallery, content)) != NULL)
    fr_gallery_export_async (gallery, &fr_gallery_item_get_picture (own)->id, folder,
                             fr_control_request_get_cancellable (request), fr_control_gallery_exported_cb, g_object_ref (request));
  else if ((hit = fr_control_hits_find (fr_control_request_get_hits (request), content)) != NULL)
    fetch (request, hit, folder);
  else
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND,
                                     "No search has found a picture with this id lately; search for it first.");
}
