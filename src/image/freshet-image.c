/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-confinement.h"
#include "fr-image-copy.h"
#include "fr-image-cut.h"
#include "fr-image-encode.h"
#include "fr-image-error.h"
#include "fr-image-fonts.h"
#include "fr-image-moving.h"
#include "fr-image-picture.h"
#include "fr-image-protocol.h"
#include "fr-image-warm-up.h"

#include <malloc.h>
#include <string.h>
#include <unistd.h>

/* The only process that decodes pictures. It reads requests from its socket, one at a time, and answers each;
 * it ends with the process that started it. Nothing it does lasts, and it may be killed at any time. */

/* GLib ends the process when it gets no memory: tell why, with the status that means it. Nothing is printed.
 */
static GLogWriterOutput
log_writer_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; (level & G_LOG_LEVEL_ERROR) && i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0
        && (strstr (fields[i].value, "failed to allocate") != NULL
            || strstr (fields[i].value, "creating thread") != NULL))
      _exit (FR_IMAGE_EXIT_NO_MEMORY);
  return G_LOG_WRITER_HANDLED;
}

static gboolean
start_vips (const char *name)
{
  /* Whatever is too large for memory is too large: no temporary files. */
  g_setenv ("VIPS_DISC_THRESHOLD", "1000g", TRUE);
  if (vips_init (name) != 0)
    return FALSE;
  vips_concurrency_set (1);
  vips_cache_set_max (0);
  fr_image_picture_block_loaders ();
  return TRUE;
}

static gboolean
reply_failure (FrImageReply *reply, FrImageError code)
{
  reply->kind = FR_IMAGE_REPLY_FAILURE;
  reply->error = code;
  return fr_image_reply_send (FR_IMAGE_SOCKET_FD, reply, NULL, NULL, -1);
}

static gboolean
reply_summary (FrImageReply *reply, VipsImage *image)
{
  g_autoptr (GBytes) thumbnail = fr_image_encode_thumbnail (image);
  g_autoptr (GBytes) preview = fr_image_encode_preview (image);
  gsize thumbnail_size, preview_size = 0;
  const void *thumbnail_data, *preview_data = NULL;

  if (thumbnail == NULL)
    return reply_failure (reply, FR_IMAGE_ERROR_TOO_COSTLY);
  thumbnail_data = g_bytes_get_data (thumbnail, &thumbnail_size);
  if (preview != NULL)
    preview_data = g_bytes_get_data (preview, &preview_size);
  reply->kind = FR_IMAGE_REPLY_SUMMARY;
  reply->thumbnail_size = thumbnail_size;
  reply->preview_size = preview_size;
  return fr_image_reply_send (FR_IMAGE_SOCKET_FD, reply, thumbnail_data, preview_data, -1);
}

static gboolean
reply_pixels (FrImageReply *reply, VipsImage *image)
{
  int fd = fr_image_encode_pixels (image);
  gboolean sent;

  if (fd < 0)
    return reply_failure (reply, FR_IMAGE_ERROR_TOO_COSTLY);
  reply->kind = FR_IMAGE_REPLY_PIXELS;
  reply->width = vips_image_get_width (image);
  reply->height = vips_image_get_height (image);
  sent = fr_image_reply_send (FR_IMAGE_SOCKET_FD, reply, NULL, NULL, fd);
  close (fd);
  return sent;
}

static gboolean
reply_picture (FrImageReply *reply, FrImagePicture *picture, const FrImageRequest *request)
{
  gboolean renders = request->operation == FR_IMAGE_RENDER;
  g_autoptr (GError) error = NULL;
  VipsImage *image
      = fr_image_picture_decode (picture, renders ? request->max_width : FR_IMAGE_THUMBNAIL_SIDE,
                                 renders ? request->max_height : FR_IMAGE_THUMBNAIL_SIDE, &error);
  gboolean sent;

  if (image == NULL)
    return reply_failure (reply, error->code);
  sent = renders ? reply_pixels (reply, image) : reply_summary (reply, image);
  g_object_unref (image);
  return sent;
}

static gboolean
reply_part (FrImageReply *reply, FrImagePicture *picture, const FrImageRequest *request)
{
  const FrImagePart part = { request->left,   request->top,       request->width,
                             request->height, request->max_width, request->max_height };
  g_autoptr (GError) error = NULL;
  VipsImage *image = fr_image_cut_decode (picture, &part, &error);
  gboolean sent;

  if (image == NULL)
    return reply_failure (reply, error->code);
  sent = reply_pixels (reply, image);
  g_object_unref (image);
  return sent;
}

static gboolean
reply_frames (FrImageReply *reply, FrImagePicture *picture, const FrImageRequest *request)
{
  FrImageMoving moving;
  g_autoptr (GError) error = NULL;
  gboolean sent;

  if (!fr_image_moving_make (picture, request, &moving, &error))
    return reply_failure (reply, error->code);
  reply->kind = FR_IMAGE_REPLY_FRAMES;
  reply->width = moving.width;
  reply->height = moving.height;
  reply->n_frames = moving.n_frames;
  reply->n_total = moving.n_total;
  sent = fr_image_reply_send (FR_IMAGE_SOCKET_FD, reply, NULL, NULL, moving.fd);
  close (moving.fd);
  return sent;
}

static gboolean
answer_with_copy (const FrImageRequest *request, int fd)
{
  FrImageReply reply = { .magic = FR_IMAGE_PROTOCOL_MAGIC, .serial = request->serial };
  FrImageCopy copy;
  FrImageError error;
  gboolean sent;

  if (!fr_image_copy_make (fd, &copy, &error))
    return reply_failure (&reply, error);
  reply.kind = FR_IMAGE_REPLY_COPY;
  reply.type = copy.type;
  reply.removed = copy.removed;
  reply.copy_size = copy.size;
  reply.is_same = copy.is_same;
  sent = fr_image_reply_send (FR_IMAGE_SOCKET_FD, &reply, NULL, NULL, copy.fd);
  close (copy.fd);
  return sent;
}

/* The header goes out before anything costly begins, so that it is known even if we do not survive that. */
static gboolean
answer_with_picture (const FrImageRequest *request, int fd)
{
  g_auto (FrImagePicture) picture = { 0 };
  FrImageReply reply = { .magic = FR_IMAGE_PROTOCOL_MAGIC, .serial = request->serial };
  g_autoptr (GError) error = NULL;

  if (!fr_image_picture_open (&picture, fd, &error))
    return reply_failure (&reply, error->code);
  reply.kind = FR_IMAGE_REPLY_HEADER;
  reply.type = picture.type;
  reply.width = picture.width;
  reply.height = picture.height;
  if (!fr_image_reply_send (FR_IMAGE_SOCKET_FD, &reply, NULL, NULL, -1))
    return FALSE;

  switch (request->operation)
    {
    case FR_IMAGE_RENDER_PART:
      return reply_part (&reply, &picture, request);
    case FR_IMAGE_FRAMES:
      return reply_frames (&reply, &picture, request);
    default:
      return reply_picture (&reply, &picture, request);
    }
}

static gboolean
answer (const FrImageRequest *request, int fd)
{
  if (request->operation == FR_IMAGE_STRIP)
    return answer_with_copy (request, fd);
  return answer_with_picture (request, fd);
}

int
main (int argc, char **argv)
{
  FrImageRequest request;
  gboolean goes_on = TRUE;
  int fd;

  fr_image_confinement_begin ();
  /* Each of malloc's arenas would reserve 64 MiB of the address space. */
  mallopt (M_ARENA_MAX, 2);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_writer_func (log_writer_cb, NULL, NULL);
  if (!start_vips (argv[0]))
    return 1;
  fr_image_fonts_keep ();
  fr_image_warm_up ();
  if (!fr_image_confinement_close ())
    return 1;
  while (goes_on && fr_image_request_receive (FR_IMAGE_SOCKET_FD, &request, &fd) == FR_IMAGE_RECEIVED)
    {
      goes_on = answer (&request, fd);
      close (fd);
    }
  /* At once: there is nothing to be put away, and a sanitizer that looks for leaks at the end makes a process
   * for it, which ours may not. */
  _exit (0);
}
