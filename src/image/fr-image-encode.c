/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-encode.h"

#include "fr-image-memory.h"
#include "fr-image-protocol.h"

#include <unistd.h>

#define THUMBNAIL_QUALITY 80

/* WebP's default of 4 takes three times as long and saves some per cent. */
#define WEBP_EFFORT 2

/* What is tried, in this order, until a preview is small enough. */
static const struct
{
  int side;
  int quality;
} steps[] = {
  { FR_IMAGE_PREVIEW_SIDE, 70 },
  { FR_IMAGE_PREVIEW_SIDE, 50 },
  { FR_IMAGE_PREVIEW_SIDE, 30 },
  { 112, 30 },
  { 64, 30 },
};

/* WebP where something shines through, JPEG (faster by far) otherwise; without what the file tells beside the
 * picture. */
static GBytes *
encode (VipsImage *image, int quality)
{
  void *data = NULL;
  gsize size = 0;
  int result;

  if (vips_image_hasalpha (image))
    result = vips_webpsave_buffer (image, &data, &size, "Q", quality, "effort", WEBP_EFFORT, "strip", TRUE,
                                   NULL);
  else
    result = vips_jpegsave_buffer (image, &data, &size, "Q", quality, "optimize_coding", TRUE, "strip", TRUE,
                                   NULL);
  if (result != 0)
    {
      vips_error_clear ();
      return NULL;
    }
  return g_bytes_new_take (data, size);
}

/* In memory, or it would be calculated again for each quality that is tried. */
static VipsImage *
shrink (VipsImage *image, int side)
{
  VipsImage *smaller = NULL;
  VipsImage *in_memory = NULL;

  if (vips_thumbnail_image (image, &smaller, side, "height", side, "size", VIPS_SIZE_DOWN, NULL) == 0)
    in_memory = vips_image_copy_memory (smaller);
  g_clear_object (&smaller);
  if (in_memory == NULL)
    vips_error_clear ();
  return in_memory;
}

/**
 * fr_image_encode_thumbnail:
 * @image: a decoded picture of the thumbnail's size
 *
 * Returns: (transfer full) (nullable): JPEG or WebP of at most %FR_IMAGE_MAX_THUMBNAIL bytes
 */
GBytes *
fr_image_encode_thumbnail (VipsImage *image)
{
  g_autoptr (GBytes) bytes = encode (image, THUMBNAIL_QUALITY);

  if (bytes == NULL || g_bytes_get_size (bytes) > FR_IMAGE_MAX_THUMBNAIL)
    return NULL;
  return g_steal_pointer (&bytes);
}

/**
 * fr_image_encode_preview:
 * @thumbnail: a decoded picture of the thumbnail's size
 *
 * Returns: (transfer full) (nullable): JPEG or WebP of at most %FR_IMAGE_MAX_PREVIEW bytes, as good as will
 * fit
 */
GBytes *
fr_image_encode_preview (VipsImage *thumbnail)
{
  g_autoptr (GBytes) bytes = NULL;
  VipsImage *smaller = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (i == 0 || steps[i].side != steps[i - 1].side)
        {
          g_clear_object (&smaller);
          smaller = shrink (thumbnail, steps[i].side);
        }
      g_clear_pointer (&bytes, g_bytes_unref);
      if (smaller != NULL)
        bytes = encode (smaller, steps[i].quality);
      if (bytes != NULL && g_bytes_get_size (bytes) <= FR_IMAGE_MAX_PREVIEW)
        break;
      g_clear_pointer (&bytes, g_bytes_unref);
    }
  g_clear_object (&smaller);
  return g_steal_pointer (&bytes);
}

static gboolean
to_rgba (VipsImage *image, VipsImage **out_rgba)
{
  VipsImage *rgb = NULL;
  gboolean done;

  if (vips_colourspace (image, &rgb, VIPS_INTERPRETATION_sRGB, NULL) != 0)
    return FALSE;
  if (rgb->Bands == 3)
    done = vips_addalpha (rgb, out_rgba, NULL) == 0;
  else
    done = vips_extract_band (rgb, out_rgba, 0, "n", 4, NULL) == 0;
  g_object_unref (rgb);
  return done;
}

/* Called by libvips for one stripe of rows after the other, from the top. */
static int
write_rows_cb (VipsRegion *region, VipsRect *area, void *user_data)
{
  const int *fd = user_data;
  gsize row_size = (gsize)area->width * FR_IMAGE_BYTES_PER_PIXEL;

  for (int y = 0; y < area->height; y++)
    if (!fr_image_memory_write (*fd, VIPS_REGION_ADDR (region, area->left, area->top + y), row_size))
      return -1;
  return 0;
}

/**
 * fr_image_encode_frame:
 * @image: a decoded picture
 * @fd: a memfd
 *
 * Writes a picture's pixels, as FR_IMAGE_REPLY_PIXELS describes them, after what is there.
 *
 * Returns: %FALSE if there is not enough memory
 */
gboolean
fr_image_encode_frame (VipsImage *image, int fd)
{
  VipsImage *rgba = NULL;
  gboolean written = to_rgba (image, &rgba) && vips_sink_disc (rgba, write_rows_cb, &fd) == 0;

  g_clear_object (&rgba);
  if (!written)
    vips_error_clear ();
  return written;
}

/**
 * fr_image_encode_pixels:
 * @image: a decoded picture
 *
 * Writes a picture's pixels to memory that can be handed on.
 *
 * Returns: a sealed memfd that is the caller's, or -1 if there is not enough memory
 */
int
fr_image_encode_pixels (VipsImage *image)
{
  int fd = fr_image_memory_new ();

  if (fd < 0)
    return -1;
  if (!fr_image_encode_frame (image, fd) || !fr_image_memory_seal (fd))
    {
      close (fd);
      return -1;
    }
  return fd;
}
