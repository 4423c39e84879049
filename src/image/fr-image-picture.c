/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-picture.h"

#include "fr-image-error.h"
#include "fr-image-protocol.h"
#include "fr-image-source.h"

#include <string.h>

/* The loaders that may run at all, and which of them belongs to which type. */
static const struct
{
  FrImageType type;
  const char *class_name; /* of the loader and all its variants */
  const char *nickname;   /* of the variant that reads from a source */
} loaders[] = {
  { FR_IMAGE_TYPE_JPEG, "VipsForeignLoadJpeg", "jpegload_source" },
  { FR_IMAGE_TYPE_PNG, "VipsForeignLoadPng", "pngload_source" },
  { FR_IMAGE_TYPE_WEBP, "VipsForeignLoadWebp", "webpload_source" },
  { FR_IMAGE_TYPE_GIF, "VipsForeignLoadNsgif", "gifload_source" },
  { FR_IMAGE_TYPE_HEIF, "VipsForeignLoadHeif", "heifload_source" },
  { FR_IMAGE_TYPE_AVIF, "VipsForeignLoadHeif", "heifload_source" },
  { FR_IMAGE_TYPE_TIFF, "VipsForeignLoadTiff", "tiffload_source" },
  { FR_IMAGE_TYPE_SVG, "VipsForeignLoadSvg", "svgload_source" },
};

/* What may be decoded as a whole: that takes some twelve bytes a pixel (planes, colours, copies) of the 1 GiB
 * that we have. The other types are read row by row, or fail in good order when they cannot have it. */
#define MAX_WHOLE_PIXELS (G_GUINT64_CONSTANT (64) << 20)

static gboolean
is_decoded_whole (FrImageType type)
{
  return type == FR_IMAGE_TYPE_WEBP || type == FR_IMAGE_TYPE_GIF || type == FR_IMAGE_TYPE_HEIF
         || type == FR_IMAGE_TYPE_AVIF;
}

static gboolean
fail (GError **error, FrImageError code)
{
  g_propagate_error (error, fr_image_error_new (code));
  return FALSE;
}

/* libvips and the libraries below it tell what went wrong in words only. */
static FrImageError
judge_vips_error (void)
{
  g_autofree char *text = g_ascii_strdown (vips_error_buffer (), -1);

  vips_error_clear ();
  g_debug ("libvips: %s", text);
  if (strstr (text, "memory") != NULL)
    return FR_IMAGE_ERROR_TOO_COSTLY;
  return FR_IMAGE_ERROR_TRUNCATED;
}

/* Whatever the loaders' own look at the bytes says, only the one of the type that we saw may have opened the
 * file. */
static gboolean
loader_fits (VipsImage *header, FrImageType type)
{
  const char *nickname;

  if (vips_image_get_string (header, VIPS_META_LOADER, &nickname) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    if (loaders[i].type == type)
      return strcmp (loaders[i].nickname, nickname) == 0;
  return FALSE;
}

/* Exif orientations 5 to 8 turn by a quarter. */
static void
take_size (FrImagePicture *self, VipsImage *header)
{
  gboolean turned = vips_image_get_orientation (header) >= 5;
  int width = vips_image_get_width (header);
  int height = vips_image_get_page_height (header);

  self->width = turned ? height : width;
  self->height = turned ? width : height;
  self->orientation = vips_image_get_orientation (header);
  self->n_frames = vips_image_get_n_pages (header);
}

/* To 8-bit sRGB, or grey, with or without alpha, whatever it was. */
static gboolean
convert_to_srgb (VipsImage **image, gboolean is_cmyk)
{
  VipsImage *converted;

  /* CMYK has been converted already, with the profile that describes it. A profile that does not fit is
   * passed over. */
  if (!is_cmyk && (*image)->Bands >= 3 && vips_image_get_typeof (*image, VIPS_META_ICC_NAME) != 0)
    {
      if (vips_icc_transform (*image, &converted, "srgb", "embedded", TRUE, NULL) == 0)
        {
          g_object_unref (*image);
          *image = converted;
        }
      vips_error_clear ();
    }
  if (vips_cast_uchar (*image, &converted, NULL) != 0)
    return FALSE;
  g_object_unref (*image);
  *image = converted;
  return TRUE;
}

/* Rows that are calculated at once. */
#define STRIP_HEIGHT 256

/* Calculates a picture in this thread, where the fonts are (see fr-image-fonts.h), not in one of libvips. */
static VipsImage *
copy_memory_here (VipsImage *image)
{
  VipsImage *out = vips_image_new_memory ();
  VipsRegion *region = vips_region_new (image);
  gboolean done = vips_image_pipelinev (out, VIPS_DEMAND_STYLE_THINSTRIP, image, NULL) == 0
                  && vips_image_write_prepare (out) == 0;

  for (int top = 0; done && top < image->Ysize; top += STRIP_HEIGHT)
    {
      VipsRect strip = { 0, top, image->Xsize, MIN (STRIP_HEIGHT, image->Ysize - top) };

      done = vips_region_prepare (region, &strip) == 0;
      for (int y = top; done && y < top + strip.height; y++)
        done = vips_image_write_line (out, y, VIPS_REGION_ADDR (region, 0, y)) == 0;
    }
  g_object_unref (region);
  if (!done)
    g_clear_object (&out);
  return out;
}

/**
 * fr_image_picture_block_loaders:
 *
 * Forbids libvips to read anything but the kinds of picture that Freshet takes. To be called once, after it
 * has started.
 */
void
fr_image_picture_block_loaders (void)
{
  vips_block_untrusted_set (TRUE);
  vips_operation_block_set ("VipsForeignLoad", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (loaders); i++)
    vips_operation_block_set (loaders[i].class_name, FALSE);
}

/**
 * fr_image_picture_open:
 * @self: (out caller-allocates): a picture
 * @fd: its file, which must stay open as long as the picture
 * @error: place for a #FrImageError
 *
 * Tells what a file is and reads its header.
 *
 * Returns: whether it is a picture that we take; @self needs to be cleared only then
 */
gboolean
fr_image_picture_open (FrImagePicture *self, int fd, GError **error)
{
  FrImagePicture picture = { 0 };
  VipsImage *header;
  gboolean fits;

  picture.source = fr_image_source_new (fd, &picture.type, error);
  if (picture.source == NULL)
    return FALSE;
  header = vips_image_new_from_source (picture.source, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
  if (header == NULL)
    {
      fr_image_picture_clear (&picture);
      return fail (error, judge_vips_error ());
    }
  take_size (&picture, header);
  picture.is_cmyk = vips_image_get_interpretation (header) == VIPS_INTERPRETATION_CMYK;
  fits = loader_fits (header, picture.type);
  g_object_unref (header);
  if (!fits || (guint64)picture.width * picture.height > FR_IMAGE_MAX_PIXELS)
    {
      fr_image_picture_clear (&picture);
      return fail (error, fits ? FR_IMAGE_ERROR_TOO_LARGE : FR_IMAGE_ERROR_UNSUPPORTED);
    }
  *self = picture;
  return TRUE;
}

/**
 * fr_image_picture_clear:
 * @self: a picture
 *
 * Frees what it holds.
 */
void
fr_image_picture_clear (FrImagePicture *self)
{
  g_clear_object (&self->source);
}

/**
 * fr_image_picture_check_cost:
 * @self: an open picture
 * @error: place for %FR_IMAGE_ERROR_TOO_COSTLY
 *
 * Returns: whether it may be decoded at all
 */
gboolean
fr_image_picture_check_cost (FrImagePicture *self, GError **error)
{
  if (is_decoded_whole (self->type) && (guint64)self->width * self->height > MAX_WHOLE_PIXELS)
    return fail (error, FR_IMAGE_ERROR_TOO_COSTLY);
  return TRUE;
}

/**
 * fr_image_picture_finish:
 * @self: the picture
 * @image: (nullable) (transfer full): what is to be decoded of it; %NULL if libvips would not even begin
 * @error: place for %FR_IMAGE_ERROR_TRUNCATED or %FR_IMAGE_ERROR_TOO_COSTLY
 *
 * Decodes it, as sRGB or grey of 8 bits.
 *
 * Returns: (transfer full): it in memory, or %NULL with @error set
 */
VipsImage *
fr_image_picture_finish (FrImagePicture *self, VipsImage *image, GError **error)
{
  VipsImage *in_memory = NULL;

  if (image != NULL && convert_to_srgb (&image, self->is_cmyk))
    in_memory = self->type == FR_IMAGE_TYPE_SVG ? copy_memory_here (image) : vips_image_copy_memory (image);
  g_clear_object (&image);
  if (in_memory == NULL)
    fail (error, judge_vips_error ());
  return in_memory;
}

/**
 * fr_image_picture_decode:
 * @self: an open picture
 * @max_width: pixels to fit in
 * @max_height: pixels to fit in
 * @error: place for %FR_IMAGE_ERROR_TRUNCATED or %FR_IMAGE_ERROR_TOO_COSTLY
 *
 * Decodes the picture (the first, if the file holds several), no larger than needed, upright, in sRGB or grey
 * of 8 bits. Only drawings are made larger than they are.
 *
 * Returns: (transfer full): the picture in memory, or %NULL with @error set
 */
VipsImage *
fr_image_picture_decode (FrImagePicture *self, guint max_width, guint max_height, GError **error)
{
  VipsSize size = self->type == FR_IMAGE_TYPE_SVG ? VIPS_SIZE_BOTH : VIPS_SIZE_DOWN;
  VipsImage *image = NULL;

  if (!fr_image_picture_check_cost (self, error))
    return NULL;
  /* Of a source, libvips hands on to the loader what is in the option string, not its own "fail_on". */
  if (vips_thumbnail_source (self->source, &image, max_width, "height", max_height, "size", size,
                             "option_string", "[fail_on=truncated]", NULL)
      != 0)
    g_clear_object (&image);
  return fr_image_picture_finish (self, image, error);
}
