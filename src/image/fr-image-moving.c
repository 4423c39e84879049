/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-moving.h"

#include "fr-image-encode.h"
#include "fr-image-error.h"
#include "fr-image-memory.h"

#include <unistd.h>

static gboolean
fail (GError **error, FrImageError code)
{
  g_propagate_error (error, fr_image_error_new (code));
  return FALSE;
}

/* How many frames may be asked for; what a file says of itself is only the beginning of it. */
static gboolean
count_frames (FrImagePicture *picture, guint *out_total, GError **error)
{
  const guint64 n_pixels = (guint64)picture->width * picture->height;

  if ((picture->type != FR_IMAGE_TYPE_GIF && picture->type != FR_IMAGE_TYPE_WEBP) || picture->n_frames < 2)
    return fail (error, FR_IMAGE_ERROR_UNSUPPORTED);
  if (n_pixels > FR_IMAGE_MAX_FRAME_PIXELS)
    return fail (error, FR_IMAGE_ERROR_TOO_COSTLY);
  *out_total = MIN (MIN (picture->n_frames, FR_IMAGE_MAX_FRAMES), FR_IMAGE_MAX_MOVING_PIXELS / n_pixels);
  return TRUE;
}

/* So many of them, one above the other. */
static VipsImage *
load (FrImagePicture *picture, guint first, guint n, GError **error)
{
  g_autofree char *options = g_strdup_printf ("[page=%u,n=%u,fail_on=truncated]", first, n);

  return fr_image_picture_finish (
      picture, vips_image_new_from_source (picture->source, options, "access", VIPS_ACCESS_SEQUENTIAL, NULL), error);
}

static gboolean
write_frame (VipsImage *frames, guint index, const FrImageRequest *request, FrImageMoving *moving)
{
  const int height = frames->Ysize / moving->n_frames; /* not turned upright yet */
  VipsImage *frame = NULL, *image = NULL;
  gboolean written = FALSE;

  if (vips_extract_area (frames, &frame, 0, index * height, frames->Xsize, height, NULL) == 0
      && vips_thumbnail_image (frame, &image, request->max_width, "height", request->max_height, "size",
                               VIPS_SIZE_DOWN, NULL)
             == 0)
    {
      moving->width = vips_image_get_width (image);
      moving->height = vips_image_get_height (image);
      written = fr_image_encode_frame (image, moving->fd);
    }
  g_clear_object (&image);
  g_clear_object (&frame);
  vips_error_clear ();
  return written;
}

static gboolean
write_times (VipsImage *frames, guint first, const FrImageMoving *moving)
{
  int *delays = NULL, n_delays = 0;

  if (vips_image_get_array_int (frames, "delay", &delays, &n_delays) != 0)
    vips_error_clear ();
  for (guint i = 0; i < moving->n_frames; i++)
    {
      guint32 ms = (gint64)first + i < n_delays ? MAX (delays[first + i], 0) : 0;

      if (!fr_image_memory_write (moving->fd, &ms, sizeof ms))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (VipsImage *frames, const FrImageRequest *request, FrImageMoving *moving)
{
  for (guint i = 0; i < moving->n_frames; i++)
    if (!write_frame (frames, i, request, moving))
      return FALSE;
  return write_times (frames, request->first, moving) && fr_image_memory_seal (moving->fd);
}

/**
 * fr_image_moving_make:
 * @picture: an open picture
 * @request: which frames, and how large
 * @out_moving: (out): they
 * @error: place for %FR_IMAGE_ERROR_UNSUPPORTED if it does not move or has no such frame, %FR_IMAGE_ERROR_TRUNCATED or
 * %FR_IMAGE_ERROR_TOO_COSTLY
 *
 * Decodes some frames, no larger than needed, in sRGB: as many of those that are asked for as may be in memory at once.
 *
 * Returns: whether @out_moving is set
 */
gboolean
fr_image_moving_make (FrImagePicture *picture,
                      const FrImageRequest *request,
                      FrImageMoving *out_moving,
                      GError **error)
{
  FrImageMoving moving = { .fd = -1 };
  VipsImage *frames;
  guint64 at_once;
  gboolean made;

  if (!count_frames (picture, &moving.n_total, error))
    return FALSE;
  if (request->first >= moving.n_total)
    return fail (error, FR_IMAGE_ERROR_UNSUPPORTED);
  at_once = FR_IMAGE_MAX_FRAMES_BYTES / FR_IMAGE_BYTES_PER_PIXEL / ((guint64)picture->width * picture->height);
  moving.n_frames = MIN (MIN (request->n, moving.n_total - request->first), at_once);
  frames = load (picture, request->first, moving.n_frames, error);
  if (frames == NULL)
    return FALSE;
  moving.fd = fr_image_memory_new ();
  made = moving.fd >= 0 && write_all (frames, request, &moving);
  g_object_unref (frames);
  if (!made)
    {
      if (moving.fd >= 0)
        close (moving.fd);
      return fail (error, FR_IMAGE_ERROR_TOO_COSTLY);
    }
  *out_moving = moving;
  return TRUE;
}
