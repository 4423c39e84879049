/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-job.h"

#include "fr-image-frames.h"
#include "fr-image-memory.h"
#include "fr-image-pixels.h"
#include "fr-image-stripped.h"
#include "fr-image-summary.h"

#include <unistd.h>

static void
return_summary (FrImageJob *self, FrImageSummary *summary)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_task_return_pointer (task, summary, (GDestroyNotify)fr_image_summary_free);
}

/* Encoded pictures from the decoding process are no more to be trusted than what it made them from. */
static gboolean
is_thumbnail (const guint8 *data, gsize size)
{
  FrImageType type = fr_image_sniff (data, size);

  return type == FR_IMAGE_TYPE_JPEG || type == FR_IMAGE_TYPE_WEBP;
}

static gboolean
succeed_with_summary (FrImageJob *self, const FrImageReply *reply, const guint8 *encoded)
{
  const guint8 *preview_data = encoded + reply->thumbnail_size;
  g_autoptr (GBytes) thumbnail = NULL;
  g_autoptr (GBytes) preview = NULL;

  if (!is_thumbnail (encoded, reply->thumbnail_size)
      || (reply->preview_size > 0 && !is_thumbnail (preview_data, reply->preview_size)))
    return FALSE;
  if (self->task == NULL)
    return TRUE;
  thumbnail = g_bytes_new (encoded, reply->thumbnail_size);
  if (reply->preview_size > 0)
    preview = g_bytes_new (preview_data, reply->preview_size);
  return_summary (self, fr_image_summary_new (reply->type, reply->width, reply->height, thumbnail, preview));
  return TRUE;
}

static gboolean
succeed_with_pixels (FrImageJob *self, const FrImageReply *reply, int fd)
{
  g_autoptr (FrImagePixels) pixels = fr_image_pixels_new_from_fd (fd, reply->width, reply->height);
  g_autoptr (GTask) task = NULL;

  if (pixels == NULL)
    return FALSE;
  task = g_steal_pointer (&self->task);
  if (task != NULL)
    g_task_return_pointer (task, g_steal_pointer (&pixels), (GDestroyNotify)fr_image_pixels_free);
  return TRUE;
}

static gboolean
succeed_with_frames (FrImageJob *self, const FrImageReply *reply, int fd)
{
  g_autoptr (FrImageFrames) frames = fr_image_frames_new_from_fd (
      fd, reply->width, reply->height, self->request.first, reply->n_frames, reply->n_total);
  g_autoptr (GTask) task = NULL;

  if (frames == NULL)
    return FALSE;
  task = g_steal_pointer (&self->task);
  if (task != NULL)
    g_task_return_pointer (task, g_steal_pointer (&frames), (GDestroyNotify)fr_image_frames_free);
  return TRUE;
}

static gboolean
succeed_with_copy (FrImageJob *self, const FrImageReply *reply, int fd)
{
  g_autoptr (GBytes) bytes = fr_image_memory_map (fd, reply->copy_size);
  g_autoptr (GTask) task = NULL;
  const void *data;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (fr_image_sniff (data, size) != reply->type)
    return FALSE;
  task = g_steal_pointer (&self->task);
  if (task != NULL)
    g_task_return_pointer (task, fr_image_stripped_new (reply->type, reply->removed, reply->is_same, bytes),
                           (GDestroyNotify)fr_image_stripped_free);
  return TRUE;
}

/**
 * fr_image_job_new:
 * @task: what waits for the answer
 * @wanted: what to do; its magic and serial are set here
 * @fd: (transfer full): the picture's file
 *
 * Returns: (transfer full): a job
 */
FrImageJob *
fr_image_job_new (GTask *task, const FrImageRequest *wanted, int fd)
{
  static gint serials; /* any thread makes jobs */
  FrImageJob *self = g_new (FrImageJob, 1);

  *self = (FrImageJob){ .task = g_object_ref (task), .fd = fd, .request = *wanted };
  self->request.magic = FR_IMAGE_PROTOCOL_MAGIC;
  self->request.serial = (guint32)g_atomic_int_add (&serials, 1);
  return self;
}

/**
 * fr_image_job_free:
 * @self: (nullable) (transfer full): a job; one that has not been ended is cancelled
 */
void
fr_image_job_free (FrImageJob *self)
{
  if (self == NULL)
    return;
  fr_image_job_cancel (self);
  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
  fr_image_job_close_fd (self);
  g_free (self);
}

/**
 * fr_image_job_close_fd:
 * @self: a job
 *
 * Gives the file back as soon as the decoding process has its own descriptor.
 */
void
fr_image_job_close_fd (FrImageJob *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/**
 * fr_image_job_take_header:
 * @self: a job
 * @header: a reply that has been checked
 *
 * Keeps what is known of the picture before it is decoded.
 */
void
fr_image_job_take_header (FrImageJob *self, const FrImageReply *header)
{
  self->header = *header;
  self->has_header = TRUE;
}

/**
 * fr_image_job_succeed:
 * @self: a job
 * @reply: a summary, pixels, frames or a copy; has been checked with fr_image_reply_check()
 * @encoded: the thumbnail, then the preview
 * @fd: the pixels, the frames or the copy, or -1; stays the caller's
 *
 * Ends the job, unless it was cancelled meanwhile.
 *
 * Returns: %FALSE, and the job has not ended, if what came with the reply is not what it says
 */
gboolean
fr_image_job_succeed (FrImageJob *self, const FrImageReply *reply, const guint8 *encoded, int fd)
{
  if (reply->kind == FR_IMAGE_REPLY_PIXELS)
    return succeed_with_pixels (self, reply, fd);
  if (reply->kind == FR_IMAGE_REPLY_FRAMES)
    return succeed_with_frames (self, reply, fd);
  if (reply->kind == FR_IMAGE_REPLY_COPY)
    return succeed_with_copy (self, reply, fd);
  return succeed_with_summary (self, reply, encoded);
}

/**
 * fr_image_job_fail:
 * @self: a job
 * @code: why
 *
 * Ends the job, unless it was cancelled meanwhile. A picture too costly to decode whose header has been read
 * is still summarised, without a thumbnail: it can be shared and found.
 */
void
fr_image_job_fail (FrImageJob *self, FrImageError code)
{
  g_autoptr (GTask) task = NULL;

  if (self->task == NULL)
    return;
  if (code == FR_IMAGE_ERROR_TOO_COSTLY && self->request.operation == FR_IMAGE_SUMMARISE && self->has_header)
    {
      const FrImageReply *header = &self->header;

      return_summary (self, fr_image_summary_new (header->type, header->width, header->height, NULL, NULL));
      return;
    }
  task = g_steal_pointer (&self->task);
  g_task_return_error (task, fr_image_error_new (code));
}

/**
 * fr_image_job_cancel:
 * @self: a job
 *
 * Ends the job with %G_IO_ERROR_CANCELLED; the decoding process may go on with it, for nobody.
 */
void
fr_image_job_cancel (FrImageJob *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}
