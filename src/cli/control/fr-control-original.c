/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-gallery.h"

/* {"op": "gallery-export-original", "content": ID OR TITLE, "uri": FILE OR FOLDER}: a picture as it was added, with all
 * that its file tells. Event: "saved" with its "path", which is another one where there is a file. */

static FrGalleryItem *
find_title (FrGallery *gallery, const char *title)
{
  FrGalleryItem *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (gallery)); i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (gallery), i);

      if (g_strcmp0 (fr_gallery_item_get_picture (item)->title, title) != 0)
        continue;
      if (found != NULL)
        return NULL; /* two of that title: the id tells them apart */
      found = item;  /* the gallery keeps it */
    }
  return found;
}

void
fr_control_gallery_export_original (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));
  const char *content = fr_control_get_string (arguments, "content");
  const char *uri = fr_control_get_string (arguments, "uri");
  g_autofree char *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  FrGalleryItem *item;

  if (content == NULL || path == NULL)
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST,
                                       "Say which picture's original you want, and where to put it.");
      return;
    }
  item = fr_control_gallery_find (gallery, content);
  if (item == NULL)
    item = find_title (gallery, content);
  if (item != NULL)
    fr_gallery_export_original_async (gallery, fr_gallery_item_get_id (item), path,
                                      fr_control_request_get_cancellable (request), fr_control_gallery_exported_cb,
                                      g_object_ref (request));
  else
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND,
                                     "No picture, or more than one, in the gallery has this title, or an id that "
                                     "begins like this.");
}
