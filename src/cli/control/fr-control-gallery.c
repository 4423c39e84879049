/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-operations.h"

#include "fr-control-audience.h"
#include "fr-control-describe.h"
#include "fr-control-gallery.h"

#include <string.h>

/* As many as one page: a page of pictures with the longest texts stays below what may wait to be read. */
#define MAX_PAGE 100

/* {"op": "gallery-add", "uris": [...], "audience": WHO}: files and folders. Events: "shared", "failed", "progress".
 * With "keep-metadata": true, the files are shared as they are. Without "audience", what was said the first time with "keep" counts, or in the window. */

typedef struct
{
  FrControlRequest *request; /* borrowed */
  FrImport *import;
  guint n_pictures_told;
  guint n_failures_told;
  guint n_done_told;
} Adding;

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  g_signal_handlers_disconnect_by_data (adding->import, adding);
  if (!fr_import_get_finished (adding->import))
    fr_import_cancel (adding->import);
  g_object_unref (adding->import);
  g_free (adding);
}

static void
tell_added (Adding *adding)
{
  GPtrArray *pictures = fr_import_get_pictures (adding->import);
  GPtrArray *failures = fr_import_get_failures (adding->import);

  for (; adding->n_pictures_told < pictures->len; adding->n_pictures_told++)
    fr_control_request_emit (adding->request, "shared",
                             fr_control_describe_picture (pictures->pdata[adding->n_pictures_told]));
  for (; adding->n_failures_told < failures->len; adding->n_failures_told++)
    {
      const FrImportFailure *failure = failures->pdata[adding->n_failures_told];
      JsonObject *object = json_object_new ();

      fr_control_set_string (object, "file", failure->name);
      fr_control_set_string (object, "error", failure->error->message);
      fr_control_request_emit (adding->request, "failed", object);
    }
}

static void
tell_progress (Adding *adding)
{
  guint n_done = fr_import_get_n_done (adding->import);
  JsonObject *object;

  if (n_done == adding->n_done_told)
    return;
  adding->n_done_told = n_done;
  object = json_object_new ();
  json_object_set_int_member (object, "done", n_done);
  json_object_set_int_member (object, "total", fr_import_get_n_total (adding->import));
  fr_control_request_emit (adding->request, "progress", object);
}

static void
import_changed_cb (Adding *adding)
{
  JsonObject *end;

  tell_added (adding);
  tell_progress (adding);
  if (!fr_import_get_finished (adding->import))
    return;
  end = json_object_new ();
  json_object_set_int_member (end, "added", fr_import_get_n_added (adding->import));
  json_object_set_int_member (end, "known", fr_import_get_n_known (adding->import));
  json_object_set_int_member (end, "failed", fr_import_get_failures (adding->import)->len);
  fr_control_request_succeed (adding->request, end);
}

static char **
get_paths (JsonObject *arguments)
{
  g_auto (GStrv) uris = fr_control_get_strings (arguments, "uris");
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      char *path = g_filename_from_uri (uris[i], NULL, NULL);

      if (path == NULL)
        return NULL;
      g_ptr_array_add (paths, path);
    }
  if (paths->len == 0)
    return NULL;
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_steal (paths, NULL);
}

/* For whom the pictures are; answers the request where that is not known. */
static gboolean
get_audience (FrControlRequest *request, FrAudience *out_audience, GBytes **out_readers)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  FrNode *node = fr_control_request_get_node (request);
  FrGallery *gallery = fr_node_get_gallery (node);
  const char *text = fr_control_get_string (arguments, "audience");
  g_autoptr (GError) error = NULL;
  GBytes *kept_readers;
  FrAudience kept;

  if (text == NULL)
    {
      if (!fr_gallery_get_audience (gallery, out_audience, out_readers))
        {
          fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST,
                                           "Say with --audience who may see your pictures; it is kept for next time.");
          return FALSE;
        }
      if (*out_readers != NULL)
        g_bytes_ref (*out_readers);
      return TRUE;
    }
  if (!fr_control_audience_read (fr_node_get_people (node), text, out_audience, out_readers, &error))
    {
      fr_control_request_fail (request, error);
      return FALSE;
    }
  if (fr_control_get_flag (arguments, "keep") && !fr_gallery_get_audience (gallery, &kept, &kept_readers))
    fr_gallery_set_audience (gallery, *out_audience, *out_readers);
  return TRUE;
}

void
fr_control_gallery_add (FrControlRequest *request)
{
  g_auto (GStrv) paths = get_paths (fr_control_request_get_arguments (request));
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));
  g_autoptr (GBytes) readers = NULL;
  FrAudience audience;
  Adding *adding;

  if (paths == NULL)
    {
      fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST, "Say which files or folders to add.");
      return;
    }
  if (!get_audience (request, &audience, &readers))
    return;
  adding = g_new0 (Adding, 1);
  adding->request = request;
  adding->import = fr_import_new (gallery, (const char *const *) paths);
  fr_import_set_audience (adding->import, audience, readers);
  fr_import_set_keeps_metadata (adding->import,
                                fr_control_get_flag (fr_control_request_get_arguments (request), "keep-metadata"));
  fr_control_request_set_work (request, adding, adding_free);
  g_signal_connect_swapped (adding->import, "notify", G_CALLBACK (import_changed_cb), adding);
  fr_import_start (adding->import);
}

/* Pages of pictures: "offset" and "limit" in the request; "total" in its end. */
static void
get_page (JsonObject *arguments, guint n_pictures, guint *out_from, guint *out_to)
{
  double offset = CLAMP (fr_control_get_number (arguments, "offset", 0), 0, n_pictures);
  double limit = CLAMP (fr_control_get_number (arguments, "limit", MAX_PAGE), 1, MAX_PAGE);

  *out_from = (guint) offset;
  *out_to = MIN (n_pictures, (guint) offset + (guint) limit);
}

static void
succeed_with_total (FrControlRequest *request, guint n_pictures)
{
  JsonObject *end = json_object_new ();

  json_object_set_int_member (end, "total", n_pictures);
  fr_control_request_succeed (request, end);
}

/* {"op": "gallery-list"} */
void
fr_control_gallery_list (FrControlRequest *request)
{
  GListModel *gallery = G_LIST_MODEL (fr_node_get_gallery (fr_control_request_get_node (request)));
  guint n_pictures = g_list_model_get_n_items (gallery);
  guint from, to;

  get_page (fr_control_request_get_arguments (request), n_pictures, &from, &to);
  for (guint i = from; i < to; i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (gallery, i);

      fr_control_request_emit (request, "picture",
                               fr_control_describe_picture (fr_gallery_item_get_picture (item)));
    }
  succeed_with_total (request, n_pictures);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pictures = fr_gallery_search_finish (FR_GALLERY (source), result, &error);
  guint from, to;

  if (pictures == NULL)
    {
      fr_control_request_fail (request, error);
      return;
    }
  get_page (fr_control_request_get_arguments (request), pictures->len, &from, &to);
  for (guint i = from; i < to; i++)
    fr_control_request_emit (request, "picture", fr_control_describe_picture (pictures->pdata[i]));
  succeed_with_total (request, pictures->len);
}

/* {"op": "gallery-search", "words": WORDS} */
void
fr_control_gallery_search (FrControlRequest *request)
{
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));
  const char *words = fr_control_get_string (fr_control_request_get_arguments (request), "words");

  if (words == NULL)
    fr_control_request_fail_literal (request, FR_CONTROL_ERROR_BAD_REQUEST, "Say what to search for.");
  else
    fr_gallery_search_async (gallery, words, fr_control_request_get_cancellable (request), searched_cb,
                             g_object_ref (request));
}

/* What was copied out is there: as “saved”, with its “path”. */
void
fr_control_gallery_exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fr_gallery_export_finish (FR_GALLERY (source), result, &error);
  JsonObject *object;

  if (path == NULL)
    {
      fr_control_request_fail (request, error);
      return;
    }
  object = json_object_new ();
  fr_control_set_string (object, "path", path);
  fr_control_request_emit (request, "saved", object);
  fr_control_request_succeed (request, NULL);
}

/**
 * fr_control_gallery_find:
 * @gallery: a gallery
 * @text: (nullable): a content id, or the beginning of one, at least %FR_CONTROL_MIN_CONTENT letters
 *
 * Returns: (transfer none) (nullable): the one item that is meant
 */
FrGalleryItem *
fr_control_gallery_find (FrGallery *gallery, const char *text)
{
  FrGalleryItem *found = NULL;
  FrContentId id;

  if (text == NULL || strlen (text) < FR_CONTROL_MIN_CONTENT)
    return NULL;
  if (fr_content_id_parse (&id, text))
    return fr_gallery_find (gallery, &id);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (gallery)); i++)
    {
      g_autoptr (FrGalleryItem) item = g_list_model_get_item (G_LIST_MODEL (gallery), i);
      g_autofree char *whole = fr_content_id_to_string (&fr_gallery_item_get_picture (item)->id);

      if (g_ascii_strncasecmp (whole, text, strlen (text)) != 0)
        continue;
      if (found != NULL)
        return NULL;
      found = item; /* the gallery keeps it */
    }
  return found;
}

/* The picture that a request is about; answers the request if there is none. */
static FrPicture *
get_picture (FrControlRequest *request)
{
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));
  const char *text = fr_control_get_string (fr_control_request_get_arguments (request), "content");
  FrGalleryItem *item = fr_control_gallery_find (gallery, text);

  if (item != NULL)
    return fr_gallery_item_get_picture (item);
  fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND,
                                   "No picture, or more than one, in the gallery has an id that begins like this.");
  return NULL;
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;

  if (fr_gallery_update_finish (FR_GALLERY (source), result, &error))
    {
      FrPicture *picture = get_picture (request);

      if (picture != NULL)
        fr_control_request_succeed (request, fr_control_describe_picture (picture));
    }
  else
    fr_control_request_fail (request, error);
}

static void
update (FrControlRequest *request, FrPicture *picture, const char *title, const char *description,
        const char *const *tags)
{
  fr_gallery_update_async (fr_node_get_gallery (fr_control_request_get_node (request)), &picture->id, title,
                           description, tags, fr_control_request_get_cancellable (request), updated_cb,
                           g_object_ref (request));
}

/* {"op": "gallery-describe", "content": ID, "title": TEXT, "description": TEXT}: what is not given stays. */
void
fr_control_gallery_describe (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  const char *title = fr_control_get_string (arguments, "title");
  const char *description = fr_control_get_string (arguments, "description");
  FrPicture *picture = get_picture (request);

  if (picture != NULL)
    update (request, picture, title != NULL ? title : picture->title,
            description != NULL ? description : picture->description, (const char *const *) picture->tags);
}

/* {"op": "gallery-tag", "content": ID, "add": [...], "remove": [...]} */
void
fr_control_gallery_tag (FrControlRequest *request)
{
  JsonObject *arguments = fr_control_request_get_arguments (request);
  g_auto (GStrv) add = fr_control_get_strings (arguments, "add");
  g_auto (GStrv) drop = fr_control_get_strings (arguments, "remove");
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  FrPicture *picture = get_picture (request);

  if (picture == NULL)
    return;
  for (guint i = 0; picture->tags[i] != NULL; i++)
    if ((drop == NULL || !g_strv_contains ((const char *const *) drop, picture->tags[i]))
        && (add == NULL || !g_strv_contains ((const char *const *) add, picture->tags[i])))
      g_strv_builder_add (tags, picture->tags[i]);
  for (guint i = 0; add != NULL && add[i] != NULL; i++)
    g_strv_builder_add (tags, add[i]);
  all = g_strv_builder_end (tags);
  update (request, picture, picture->title, picture->description, (const char *const *) all);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;

  if (fr_gallery_remove_finish (FR_GALLERY (source), result, &error))
    fr_control_request_succeed (request, NULL);
  else
    fr_control_request_fail (request, error);
}

/* {"op": "gallery-remove", "content": ID} */
void
fr_control_gallery_remove (FrControlRequest *request)
{
  FrPicture *picture = get_picture (request);

  if (picture != NULL)
    fr_gallery_remove_async (fr_node_get_gallery (fr_control_request_get_node (request)), &picture->id,
                             fr_control_request_get_cancellable (request), removed_cb, g_object_ref (request));
}

/* The pictures that a request is about, all of them; answers the request if one is not there. */
static GArray *
get_ids (FrControlRequest *request)
{
  FrGallery *gallery = fr_node_get_gallery (fr_control_request_get_node (request));
  g_auto (GStrv) contents = fr_control_get_strings (fr_control_request_get_arguments (request), "contents");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));

  for (guint i = 0; contents != NULL && contents[i] != NULL; i++)
    {
      FrGalleryItem *item = fr_control_gallery_find (gallery, contents[i]);

      if (item != NULL)
        g_array_append_val (ids, *fr_gallery_item_get_id (item));
      else
        break;
    }
  if (contents != NULL && ids->len > 0 && ids->len == g_strv_length (contents))
    return g_steal_pointer (&ids);
  fr_control_request_fail_literal (request, FR_CONTROL_ERROR_NOTHING_FOUND,
                                   "No picture, or more than one, in the gallery has an id that begins like this.");
  return NULL;
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) contents = NULL;

  if (!fr_gallery_share_finish (FR_GALLERY (source), result, &error))
    {
      fr_control_request_fail (request, error);
      return;
    }
  contents = fr_control_get_strings (fr_control_request_get_arguments (request), "contents");
  for (guint i = 0; contents != NULL && contents[i] != NULL; i++)
    {
      FrGalleryItem *item = fr_control_gallery_find (FR_GALLERY (source), contents[i]);

      if (item != NULL)
        fr_control_request_emit (request, "picture", fr_control_describe_picture (fr_gallery_item_get_picture (item)));
    }
  fr_control_request_succeed (request, NULL);
}

/* {"op": "gallery-share", "contents": [ID...], "audience": WHO}: all of them or none. Events: "picture". */
void
fr_control_gallery_share (FrControlRequest *request)
{
  FrNode *node = fr_control_request_get_node (request);
  const char *text = fr_control_get_string (fr_control_request_get_arguments (request), "audience");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) readers = NULL;
  g_autoptr (GArray) ids = NULL;
  FrAudience audience;

  if (!fr_control_audience_read (fr_node_get_people (node), text != NULL ? text : "", &audience, &readers, &error))
    {
      fr_control_request_fail (request, error);
      return;
    }
  ids = get_ids (request);
  if (ids != NULL)
    fr_gallery_share_async (fr_node_get_gallery (node), (const FrContentId *) (gpointer) ids->data, ids->len, audience,
                            readers, fr_control_request_get_cancellable (request), shared_cb, g_object_ref (request));
}

static void
metadata_changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrControlRequest) request = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = fr_gallery_keep_metadata_finish (FR_GALLERY (source), result, &error);

  if (picture != NULL)
    fr_control_request_succeed (request, fr_control_describe_picture (picture));
  else
    fr_control_request_fail (request, error);
}

/* {"op": "gallery-metadata", "content": ID, "keep": FLAG}: the picture has another id afterwards. */
void
fr_control_gallery_metadata (FrControlRequest *request)
{
  gboolean keep = fr_control_get_flag (fr_control_request_get_arguments (request), "keep");
  FrPicture *picture = get_picture (request);

  if (picture != NULL)
    fr_gallery_keep_metadata_async (fr_node_get_gallery (fr_control_request_get_node (request)), &picture->id, keep,
                                    fr_control_request_get_cancellable (request), metadata_changed_cb,
                                    g_object_ref (request));
}
