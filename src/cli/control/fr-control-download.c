/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-control-download.h"

#include "fr-control-describe.h"
#include "fr-control-transfers.h"
#include "fr-node-error.h"

/* A person sees no more than this, and a program needs no more. */
#define PROGRESS_EVERY_US (200 * 1000)

/* Counted: an answer that is under way holds a reference. */
struct _FrControlDownload
{
  /* borrowed; %NULL once its owner has let go */
  FrControlRequest *request;
  FrControlDownloadFunc done;
  gpointer done_data;

  /* owned */
  FrFetch *fetch;
  char *folder; /* nullable: nothing is saved */
  GCancellable *saving;

  /* state */
  gint64 asked_us;
  gint64 told_us;
  FrControlDownloadManner manner;
  guint over : 1;
  guint ours : 1; /* it began with this */
  guint told_waiting : 1;
  guint saving_now : 1;
};

static void
clear (gpointer data)
{
  FrControlDownload *self = data;

  g_object_unref (self->saving);
  g_object_unref (self->fetch);
  g_free (self->folder);
}

static void
unref (gpointer data)
{
  g_rc_box_release_full (data, clear);
}

static JsonObject *
describe (FrControlDownload *self)
{
  return fr_control_describe_fetch (self->fetch);
}

static void
finish (FrControlDownload *self, const char *path, const GError *error)
{
  self->over = TRUE;
  g_signal_handlers_disconnect_by_data (self->fetch, self);
  if (error != NULL)
    {
      JsonObject *object = describe (self);

      fr_control_set_string (object, "error", error->message);
      fr_control_request_emit (self->request, "fetch-failed", object);
    }
  self->done (self, path, error, self->done_data);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrControlDownload *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fr_fetch_save_finish (FR_FETCH (source), result, &error);

  if (path != NULL && self->request != NULL)
    {
      JsonObject *object = describe (self);

      fr_control_set_string (object, "path", path);
      fr_control_request_emit (self->request, "saved", object);
    }
  if (self->request != NULL)
    finish (self, path, error);
  unref (self);
}

/* Its error, if there is one, is told of by the fetch too, or by the callback. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  FrControlDownload *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrPicture) picture = fr_fetch_keep_finish (FR_FETCH (source), result, &error);

  if (picture == NULL && self->request != NULL && !self->over)
    finish (self, NULL, error);
  unref (self);
}

/* If it comes while we wait for it, it is kept by itself. */
static void
take_kept (FrControlDownload *self)
{
  if (fr_fetch_get_kept (self->fetch))
    {
      fr_control_request_emit (self->request, "kept", describe (self));
      finish (self, NULL, NULL);
    }
  else if (fr_fetch_get_error (self->fetch) != NULL)
    {
      finish (self, NULL, fr_fetch_get_error (self->fetch));
    }
  else if (!fr_fetch_get_keeps (self->fetch) && !self->saving_now)
    {
      self->saving_now = TRUE;
      fr_fetch_keep_async (self->fetch, self->saving, kept_cb, g_rc_box_acquire (self));
    }
}

static void
take_whole (FrControlDownload *self)
{
  JsonObject *object;

  if (self->manner == FR_CONTROL_DOWNLOAD_KEEP)
    {
      take_kept (self);
      return;
    }
  object = describe (self);

  fr_control_set_ms (object, "ms", fr_fetch_get_finished_us (self->fetch) - self->asked_us);
  fr_control_set_ms (object, "fetch_ms",
                     fr_fetch_get_finished_us (self->fetch) - fr_fetch_get_started_us (self->fetch));
  fr_control_request_emit (self->request, "fetched", object);
  if (self->folder == NULL)
    finish (self, NULL, NULL);
  else if (!self->saving_now)
    {
      self->saving_now = TRUE;
      fr_fetch_save_async (self->fetch, self->folder, self->saving, saved_cb, g_rc_box_acquire (self));
    }
}

static void
tell_progress (FrControlDownload *self)
{
  gint64 now_us = g_get_monotonic_time ();
  JsonObject *object;

  if (now_us - self->told_us < PROGRESS_EVERY_US)
    return;
  self->told_us = now_us;
  object = describe (self);
  json_object_set_int_member (object, "done", (gint64) fr_fetch_get_bytes_done (self->fetch));
  if (fr_fetch_get_place (self->fetch) > 0)
    json_object_set_int_member (object, "place", fr_fetch_get_place (self->fetch));
  fr_control_request_emit (self->request, "progress", object);
}

static void
give_up (FrControlDownload *self)
{
  g_autoptr (GError) error = fr_fetch_get_error (self->fetch) != NULL
                                 ? g_error_copy (fr_fetch_get_error (self->fetch))
                                 : fr_node_error_new (FR_NODE_ERROR_LEFT, fr_fetch_get_holder_name (self->fetch));

  g_signal_handlers_disconnect_by_data (self->fetch, self);
  if (self->ours)
    fr_fetch_cancel (self->fetch);
  finish (self, NULL, error);
}

static void
take_waiting (FrControlDownload *self)
{
  if (self->manner == FR_CONTROL_DOWNLOAD_NOW)
    {
      give_up (self);
      return;
    }
  if (!self->told_waiting)
    fr_control_request_emit (self->request, "waiting", describe (self));
  self->told_waiting = TRUE;
  if (self->manner == FR_CONTROL_DOWNLOAD_KEEP)
    finish (self, NULL, NULL);
}

static void
fetch_changed_cb (FrControlDownload *self)
{
  if (self->over || (self->saving_now && self->manner != FR_CONTROL_DOWNLOAD_KEEP))
    return;
  switch (fr_fetch_get_state (self->fetch))
    {
    case FR_FETCH_DONE:
      take_whole (self);
      break;
    case FR_FETCH_FAILED:
      finish (self, NULL, fr_fetch_get_error (self->fetch));
      break;
    case FR_FETCH_WAITING:
      take_waiting (self);
      break;
    case FR_FETCH_CONNECTING:
    case FR_FETCH_QUEUED:
    case FR_FETCH_RUNNING:
    case FR_FETCH_PAUSED:
    default:
      tell_progress (self);
    }
}

static gboolean
look_cb (gpointer data)
{
  FrControlDownload *self = data;

  if (self->request != NULL)
    fetch_changed_cb (self);
  return G_SOURCE_REMOVE;
}

/**
 * fr_control_download_new:
 * @request: the request that it is for; it outlives the download
 * @hit: what is wanted
 * @manner: what becomes of it, and when
 * @folder: (nullable): where to save the picture
 * @asked_us: monotonic time of what people wait since: the search, or the request
 * @done: what to call at the end, never from within this function
 * @data: for @done
 *
 * Returns: (transfer full): the download
 */
FrControlDownload *
fr_control_download_new (FrControlRequest *request, FrHit *hit, FrControlDownloadManner manner, const char *folder,
                         gint64 asked_us, FrControlDownloadFunc done, gpointer data)
{
  FrControlDownload *self = g_rc_box_new0 (FrControlDownload);
  FrNode *node = fr_control_request_get_node (request);
  g_autoptr (FrFetch) known = fr_control_transfers_find (node, fr_hit_get_id (hit));

  self->request = request;
  self->manner = manner;
  self->ours = known == NULL || fr_fetch_get_finished_us (known) != 0;
  self->fetch = fr_node_fetch (node, hit, -1);
  fr_fetch_resume (self->fetch); /* somebody may have paused it */
  if (manner == FR_CONTROL_DOWNLOAD_KEEP)
    fr_fetch_set_keeps (self->fetch, TRUE);
  self->folder = g_strdup (folder);
  self->saving = g_cancellable_new ();
  self->asked_us = asked_us;
  self->told_us = g_get_monotonic_time ();
  self->done = done;
  self->done_data = data;
  g_signal_connect_swapped (self->fetch, "notify", G_CALLBACK (fetch_changed_cb), self);
  g_idle_add_full (G_PRIORITY_DEFAULT, look_cb, g_rc_box_acquire (self), unref); /* it may be over already */
  return self;
}

/**
 * fr_control_download_free:
 * @self: (nullable): a download
 *
 * Lets go of a download, and cancels its fetch if it is not over and has begun with it.
 */
void
fr_control_download_free (FrControlDownload *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->fetch, self);
  g_cancellable_cancel (self->saving);
  if (!self->over && self->ours)
    fr_fetch_cancel (self->fetch);
  self->request = NULL;
  unref (self);
}

/**
 * fr_control_download_is_over:
 * @self: a download
 *
 * Returns: whether it has come to its end, well or not
 */
gboolean
fr_control_download_is_over (FrControlDownload *self)
{
  return self->over;
}
