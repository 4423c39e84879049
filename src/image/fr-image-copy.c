/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-copy.h"

#include "fr-image-memory.h"
#include "fr-image-protocol.h"
#include "fr-image-source.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* How the ways of not making a copy are called beyond this process. */
static const FrImageError errors[] = {
  [FR_STRIP_NOT_LOSSLESS] = FR_IMAGE_ERROR_NOT_LOSSLESS,
  [FR_STRIP_NOT_A_PICTURE] = FR_IMAGE_ERROR_NOT_A_PICTURE,
  [FR_STRIP_UNSUPPORTED] = FR_IMAGE_ERROR_UNSUPPORTED,
  [FR_STRIP_DAMAGED] = FR_IMAGE_ERROR_TRUNCATED,
  [FR_STRIP_TOO_LARGE] = FR_IMAGE_ERROR_TOO_LARGE,
  [FR_STRIP_TOO_MANY_PIECES] = FR_IMAGE_ERROR_TOO_COSTLY,
};

static gboolean
fail (FrImageError *out_error, FrImageError error)
{
  *out_error = error;
  return FALSE;
}

/* At positions of our own, since the descriptor's is shared with the process that sent it. FALSE if the file
 * has become shorter meanwhile. */
static gboolean
read_all (int fd, guint8 *data, gsize size)
{
  gsize at = 0;

  while (at < size)
    {
      ssize_t got = pread (fd, data + at, size - at, at);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      at += got;
    }
  return TRUE;
}

/* The file as it is now: a mapping would change with it between look and copy. */
static guint8 *
load (int fd, gsize *out_size, FrImageError *out_error)
{
  g_autofree guint8 *data = NULL;
  struct stat info;

  if (!fr_image_source_stat (fd, &info) || !S_ISREG (info.st_mode) || info.st_size == 0)
    {
      *out_error = FR_IMAGE_ERROR_NOT_A_PICTURE;
      return NULL;
    }
  if ((guint64)info.st_size > FR_IMAGE_MAX_FILE_SIZE)
    {
      *out_error = FR_IMAGE_ERROR_TOO_LARGE;
      return NULL;
    }
  data = g_try_malloc (info.st_size);
  if (data == NULL || !read_all (fd, data, info.st_size))
    {
      *out_error = data == NULL ? FR_IMAGE_ERROR_TOO_COSTLY : FR_IMAGE_ERROR_TRUNCATED;
      return NULL;
    }
  *out_size = info.st_size;
  return g_steal_pointer (&data);
}

static int
write_out (const FrStripOutput *output)
{
  int fd = fr_image_memory_new ();
  gboolean written = fd >= 0;

  for (guint i = 0; written && i < fr_strip_output_get_n_pieces (output); i++)
    {
      gsize size;
      const guint8 *piece = fr_strip_output_get_piece (output, i, &size);

      written = fr_image_memory_write (fd, piece, size);
    }
  if (written && fr_image_memory_seal (fd))
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/**
 * fr_image_copy_make:
 * @fd: a file open for reading; its position is neither used nor moved
 * @out_copy: (out): the copy
 * @out_error: (out): why there is none
 *
 * Copies a picture with fr_image_strip().
 *
 * Returns: whether there is a copy; only @out_copy is set then, else only @out_error
 */
gboolean
fr_image_copy_make (int fd, FrImageCopy *out_copy, FrImageError *out_error)
{
  g_autofree guint8 *data = NULL;
  g_autoptr (FrStripOutput) output = NULL;
  FrImageCopy copy = { 0 };
  FrStripResult result;
  gsize size = 0;

  data = load (fd, &size, out_error);
  if (data == NULL)
    return FALSE;
  result = fr_image_strip (data, size, &output, &copy.removed);
  if (result != FR_STRIP_DONE)
    return fail (out_error, errors[result]);
  copy.fd = write_out (output);
  if (copy.fd < 0)
    return fail (out_error, FR_IMAGE_ERROR_TOO_COSTLY);
  copy.type = fr_image_sniff (data, size);
  copy.size = fr_strip_output_get_size (output);
  copy.is_same = fr_strip_output_is_input (output);
  *out_copy = copy;
  return TRUE;
}
