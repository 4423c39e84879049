/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-fetch-private.h"

#include "fr-gallery-private.h"
#include "fr-node-error.h"
#include "fr-save.h"
#include "fr-title.h"

struct _FrFetch
{
  GObject parent_instance;

  /* owned */
  FrNetwork *network;
  FrStore *store;
  FrImageClient *image;
  FrGallery *gallery;
  FrHit *hit;
  FrStaged *staged;
  char *title;
  GError *error;

  /* state */
  FrContentId id;
  FrPeerKey holder;
  FrFetchState state;
  guint number;
  guint type;
  guint place;
  guint64 done, total;
  gint64 started_us, finished_us;
  gboolean kept;
};

G_DEFINE_FINAL_TYPE (FrFetch, fr_fetch, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (FrFetchState, fr_fetch_state, G_DEFINE_ENUM_VALUE (FR_FETCH_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (FR_FETCH_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (FR_FETCH_RUNNING, "running"), G_DEFINE_ENUM_VALUE (FR_FETCH_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (FR_FETCH_FAILED, "failed"))

enum
{
  PROP_0,
  PROP_STATE,
  PROP_BYTES_DONE,
  PROP_BYTES_TOTAL,
  PROP_PLACE,
  PROP_TITLE,
  PROP_KEPT,
  PROP_ERROR_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
fr_fetch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrFetch *self = FR_FETCH (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_BYTES_DONE:
      g_value_set_uint64 (value, self->done);
      break;
    case PROP_BYTES_TOTAL:
      g_value_set_uint64 (value, self->total);
      break;
    case PROP_PLACE:
      g_value_set_uint (value, self->place);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_KEPT:
      g_value_set_boolean (value, self->kept);
      break;
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error != NULL ? self->error->message : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
is_over (FrFetch *self)
{
  return self->state == FR_FETCH_DONE || self->state == FR_FETCH_FAILED;
}

static void
fr_fetch_dispose (GObject *object)
{
  FrFetch *self = FR_FETCH (object);

  if (!is_over (self) && self->number != 0)
    fr_network_cancel_fetch (self->network, self->number);
  self->number = 0;
  g_clear_object (&self->network);
  g_clear_object (&self->store);
  g_clear_object (&self->image);
  g_clear_object (&self->gallery);
  g_clear_object (&self->hit);
  G_OBJECT_CLASS (fr_fetch_parent_class)->dispose (object);
}

static void
fr_fetch_finalize (GObject *object)
{
  FrFetch *self = FR_FETCH (object);

  g_clear_pointer (&self->staged, fr_staged_unref);
  g_clear_error (&self->error);
  g_free (self->title);
  G_OBJECT_CLASS (fr_fetch_parent_class)->finalize (object);
}

static void
fr_fetch_class_init (FrFetchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_fetch_get_property;
  object_class->dispose = fr_fetch_dispose;
  object_class->finalize = fr_fetch_finalize;
  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, FR_TYPE_FETCH_STATE, FR_FETCH_CONNECTING, flags);
  properties[PROP_BYTES_DONE] = g_param_spec_uint64 ("bytes-done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_BYTES_TOTAL] = g_param_spec_uint64 ("bytes-total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_PLACE] = g_param_spec_uint ("place", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_KEPT] = g_param_spec_boolean ("kept", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_fetch_init (FrFetch *self)
{
  self->started_us = g_get_monotonic_time ();
}

static void
set_state (FrFetch *self, FrFetchState state)
{
  if (self->state == state)
    return;
  self->state = state;
  if (is_over (self))
    self->finished_us = g_get_monotonic_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
add_holder (FrFetchRequest *request, const FrHolder *holder)
{
  FrDialTarget target;

  if (holder == NULL)
    return;
  target = (FrDialTarget) { .key = holder->key,
                            .address = holder->address,
                            .server = holder->server,
                            .doorbell = holder->doorbell,
                            .route = holder->route,
                            .key_expected = TRUE,
                            .has_route = TRUE };
  fr_fetch_request_add (request, &target, holder->size);
}

/* For FrNode: starts to fetch a hit from one of its holders (-1: the nearest), then from the others. */
FrFetch *
fr_fetch_new (FrNetwork *network, FrStore *store, FrImageClient *image, FrGallery *gallery, FrHit *hit, int holder)
{
  FrFetch *self = g_object_new (FR_TYPE_FETCH, NULL);
  FrFetchRequest *request = fr_fetch_request_new (fr_hit_get_id (hit), fr_hit_get_size (hit));

  self->network = g_object_ref (network);
  self->store = g_object_ref (store);
  self->image = g_object_ref (image);
  self->gallery = g_object_ref (gallery);
  self->hit = g_object_ref (hit);
  self->id = *fr_hit_get_id (hit);
  self->title = g_strdup (fr_hit_get_title (hit));
  self->type = fr_hit_get_picture_type (hit);
  self->total = fr_hit_get_size (hit);
  if (holder >= 0)
    add_holder (request, fr_hit_get_holder (hit, (guint) holder));
  for (guint i = 0; i < fr_hit_get_n_holders (hit); i++)
    if ((int) i != holder)
      add_holder (request, fr_hit_get_holder (hit, i));
  self->number = fr_network_fetch (network, request);
  return self;
}

guint
fr_fetch_get_number (FrFetch *self)
{
  return self->number;
}

/* For FrNode: FETCH with this fetch's number. */
void
fr_fetch_take_report (FrFetch *self, FrNetworkReport *report)
{
  g_autoptr (FrFetch) keep = g_object_ref (self);

  if (is_over (self))
    return;
  self->holder = report->key;
  self->done = report->fetch_state == FR_FETCH_DONE ? report->total : report->done;
  self->total = report->total;
  self->place = report->count;
  self->staged = g_steal_pointer (&report->staged);
  self->error = g_steal_pointer (&report->error);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYTES_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
  if (self->error != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_MESSAGE]);
  set_state (self, report->fetch_state);
  if (is_over (self))
    self->finished_us = report->at_us;
  g_object_thaw_notify (G_OBJECT (self));
}

FrFetchState
fr_fetch_get_state (FrFetch *self)
{
  return self->state;
}

const char *
fr_fetch_get_title (FrFetch *self)
{
  return self->title;
}

guint64
fr_fetch_get_bytes_done (FrFetch *self)
{
  return self->done;
}

guint64
fr_fetch_get_bytes_total (FrFetch *self)
{
  return self->total;
}

/**
 * fr_fetch_get_place:
 * @self: a fetch
 *
 * Returns: how many are before us at the holder, plus one; 0: our turn has come, or is not known
 */
guint
fr_fetch_get_place (FrFetch *self)
{
  return self->place;
}

const FrContentId *
fr_fetch_get_id (FrFetch *self)
{
  return &self->id;
}

/**
 * fr_fetch_get_holder:
 * @self: a fetch
 *
 * Returns: who the picture comes, or came, from; zero: nobody yet
 */
const FrPeerKey *
fr_fetch_get_holder (FrFetch *self)
{
  return &self->holder;
}

/**
 * fr_fetch_get_error:
 * @self: a fetch
 *
 * Returns: (nullable): why it failed, in words for people
 */
const GError *
fr_fetch_get_error (FrFetch *self)
{
  return self->error;
}

gint64
fr_fetch_get_started_us (FrFetch *self)
{
  return self->started_us;
}

/**
 * fr_fetch_get_finished_us:
 * @self: a fetch
 *
 * Returns: when the last byte was checked and on disk, by g_get_monotonic_time(); 0: not yet
 */
gint64
fr_fetch_get_finished_us (FrFetch *self)
{
  return self->finished_us;
}

/**
 * fr_fetch_cancel:
 * @self: a fetch
 *
 * Gives up, unless it is over.
 */
void
fr_fetch_cancel (FrFetch *self)
{
  if (is_over (self))
    return;
  fr_network_cancel_fetch (self->network, self->number);
  self->error = fr_node_error_new (FR_NODE_ERROR_CANCELLED, NULL);
  set_state (self, FR_FETCH_FAILED);
}

/* What can be done with a picture that has come */

static gboolean
check_done (FrFetch *self, GTask *task)
{
  if (self->state == FR_FETCH_DONE)
    return TRUE;
  g_task_return_error (task, self->error != NULL ? g_error_copy (self->error)
                                                 : fr_node_error_new (FR_NODE_ERROR_NO_ANSWER, NULL));
  return FALSE;
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  FrImagePixels *pixels = fr_image_client_render_finish (FR_IMAGE_CLIENT (source), result, &error);

  if (pixels == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pixels, (GDestroyNotify) fr_image_pixels_free);
}

/**
 * fr_fetch_render_async:
 * @self: a fetch that is DONE
 * @max_width: in pixels
 * @max_height: in pixels
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the pixels
 * @data: for @callback
 *
 * Decodes the picture, in freshet-image, so that it fits.
 */
void
fr_fetch_render_async (FrFetch *self, guint max_width, guint max_height, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_fetch_render_async);
  if (check_done (self, task))
    fr_image_client_render_async (self->image, fr_staged_get_fd (self->staged), max_width, max_height, cancellable,
                                  rendered_cb, g_object_ref (task));
}

FrImagePixels *
fr_fetch_render_finish (FrFetch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FrFetch *self = g_task_get_source_object (task);
  gboolean was_there = FALSE;
  GError *error = NULL;
  FrPicture *picture = fr_store_add_finish (FR_STORE (source), result, &was_there, &error);

  if (picture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->kept = TRUE;
  fr_gallery_show (self->gallery, picture, !was_there);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEPT]);
  g_task_return_pointer (task, picture, (GDestroyNotify) fr_picture_unref);
}

/* What whom it came from called themselves when they answered; NULL: that is not known. */
static const char *
find_holder_name (FrFetch *self)
{
  for (guint i = 0; i < fr_hit_get_n_holders (self->hit); i++)
    if (fr_peer_key_equal (&fr_hit_get_holder (self->hit, i)->key, &self->holder))
      return fr_hit_get_holder (self->hit, i)->name;
  return NULL;
}

static void
summarised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FrFetch *self = g_task_get_source_object (task);
  g_autoptr (FrPicture) picture = fr_picture_new ();
  GError *error = NULL;
  g_autoptr (FrImageSummary) summary = fr_image_client_summarise_finish (FR_IMAGE_CLIENT (source), result, &error);
  g_autofree char *title = NULL;

  if (summary == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  title = fr_title_clean (self->title);
  fr_picture_set_text (picture, title, "", NULL);
  picture->type = summary->type;
  g_free (picture->mime);
  picture->mime = g_strdup (summary->mime);
  picture->width = summary->width;
  picture->height = summary->height;
  picture->added_us = g_get_real_time ();
  fr_picture_set_origin (picture, &self->holder, find_holder_name (self));
  fr_store_add_async (self->store, self->staged, picture, summary->thumbnail, summary->preview,
                      g_task_get_cancellable (task), added_cb, g_object_ref (task));
}

/**
 * fr_fetch_keep_async:
 * @self: a fetch that is DONE
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called when the picture is in the gallery
 * @data: for @callback
 *
 * Puts the picture into the own gallery. It is offered to nobody until the person says so.
 */
void
fr_fetch_keep_async (FrFetch *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, fr_fetch_keep_async);
  if (check_done (self, task))
    fr_image_client_summarise_async (self->image, fr_staged_get_fd (self->staged), cancellable, summarised_cb,
                                     g_object_ref (task));
}

FrPicture *
fr_fetch_keep_finish (FrFetch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  FrStaged *staged;
  char *title;
  guint type;
  char *path;
} Save;

static void
save_free (Save *save)
{
  fr_staged_unref (save->staged);
  g_free (save->title);
  g_free (save->path);
  g_free (save);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;
  char *path = fr_save_copy (fr_staged_get_fd (save->staged), save->path, save->title, save->type, cancellable,
                             &error);

  if (path == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, path, g_free);
}

/**
 * fr_fetch_save_async:
 * @self: a fetch that is DONE
 * @folder_or_path: where to; a folder gets a file named after the title
 * @cancellable: (nullable): a way to stop
 * @callback: (scope async): called with the path
 * @data: for @callback
 *
 * Copies the picture to a file, never over another.
 */
void
fr_fetch_save_async (FrFetch *self, const char *folder_or_path, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Save *save;

  g_task_set_source_tag (task, fr_fetch_save_async);
  if (!check_done (self, task))
    return;
  save = g_new0 (Save, 1);
  save->staged = fr_staged_ref (self->staged);
  save->title = g_strdup (self->title);
  save->type = self->type;
  save->path = g_strdup (folder_or_path);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_thread);
}

char *
fr_fetch_save_finish (FrFetch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
