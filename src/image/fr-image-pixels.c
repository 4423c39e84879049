/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-pixels.h"

#include "fr-image-protocol.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

G_DEFINE_BOXED_TYPE (FrImagePixels, fr_image_pixels, fr_image_pixels_copy, fr_image_pixels_free)

typedef struct
{
  void *data;
  gsize size;
} Mapping;

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

/**
 * fr_image_pixels_new_from_fd:
 * @fd: a memfd; stays the caller's
 * @width: pixels
 * @height: pixels
 *
 * Maps pixels that the decoding process has written. The memfd must be sealed against shrinking and writing,
 * or its maker could change it under our feet or have us killed by SIGBUS.
 *
 * Returns: (transfer full) (nullable): the pixels, or %NULL if @fd is not a sealed memfd of just their size
 */
FrImagePixels *
fr_image_pixels_new_from_fd (int fd, guint width, guint height)
{
  const int wanted = F_SEAL_SHRINK | F_SEAL_WRITE;
  gsize stride = (gsize)width * FR_IMAGE_BYTES_PER_PIXEL;
  gsize size = stride * height;
  int seals = fcntl (fd, F_GET_SEALS);
  struct stat info;
  FrImagePixels *self;
  Mapping *mapping;
  void *data;

  g_return_val_if_fail (width > 0 && width <= FR_IMAGE_MAX_RENDER_SIDE, NULL);
  g_return_val_if_fail (height > 0 && height <= FR_IMAGE_MAX_RENDER_SIDE, NULL);

  if (seals < 0 || (seals & wanted) != wanted || fstat (fd, &info) != 0 || info.st_size != (goffset)size)
    return NULL;
  data = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    return NULL;

  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ data, size };
  self = g_new (FrImagePixels, 1);
  *self = (FrImagePixels){
    .width = width,
    .height = height,
    .stride = stride,
    .bytes = g_bytes_new_with_free_func (data, size, mapping_free, mapping),
  };
  return self;
}

/**
 * fr_image_pixels_copy:
 * @self: pixels
 *
 * Returns: (transfer full): the same again, with the same bytes
 */
FrImagePixels *
fr_image_pixels_copy (const FrImagePixels *self)
{
  FrImagePixels *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (FrImagePixels, 1);
  *copy = *self;
  g_bytes_ref (copy->bytes);
  return copy;
}

/**
 * fr_image_pixels_free:
 * @self: (nullable) (transfer full): pixels
 */
void
fr_image_pixels_free (FrImagePixels *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}
