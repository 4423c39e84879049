/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-source.h"

#include "fr-image-error.h"
#include "fr-image-protocol.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct
{
  int fd; /* borrowed */
  gint64 size;
  gint64 position;
} Reader;

static gssize
read_at (int fd, void *buffer, gsize size, goffset position)
{
  ssize_t got;

  do
    got = pread (fd, buffer, size, position);
  while (got < 0 && errno == EINTR);
  return got;
}

static gint64
source_read_cb (VipsSourceCustom *source, gpointer buffer, gint64 length, gpointer user_data)
{
  Reader *reader = user_data;
  gssize got = read_at (reader->fd, buffer, length, reader->position);

  if (got > 0)
    reader->position += got;
  return got;
}

static gint64
source_seek_cb (VipsSourceCustom *source, gint64 offset, int whence, gpointer user_data)
{
  Reader *reader = user_data;
  gint64 base = whence == SEEK_CUR ? reader->position : whence == SEEK_END ? reader->size : 0;

  if (offset < -base || offset > G_MAXINT64 - base)
    return -1;
  reader->position = base + offset;
  return reader->position;
}

static gboolean
fail (GError **error, FrImageError code)
{
  g_propagate_error (error, fr_image_error_new (code));
  return FALSE;
}

static gboolean
check_file (int fd, gint64 *out_size, FrImageType *out_type, GError **error)
{
  guint8 head[FR_IMAGE_SNIFF_SIZE];
  struct stat info;
  gssize n_head;

  if (!fr_image_source_stat (fd, &info) || !S_ISREG (info.st_mode))
    return fail (error, FR_IMAGE_ERROR_NOT_A_PICTURE);
  if ((guint64)info.st_size > FR_IMAGE_MAX_FILE_SIZE)
    return fail (error, FR_IMAGE_ERROR_TOO_LARGE);
  n_head = read_at (fd, head, sizeof head, 0);
  if (n_head <= 0)
    return fail (error, FR_IMAGE_ERROR_NOT_A_PICTURE);

  *out_size = info.st_size;
  *out_type = fr_image_sniff (head, n_head);
  if (*out_type == FR_IMAGE_TYPE_UNKNOWN)
    return fail (error, FR_IMAGE_ERROR_NOT_A_PICTURE);
  if (*out_type == FR_IMAGE_TYPE_OTHER)
    return fail (error, FR_IMAGE_ERROR_UNSUPPORTED);
  return TRUE;
}

/**
 * fr_image_source_stat:
 * @fd: a descriptor
 * @out_info: (out): what the system tells about it
 *
 * Does what fstat() should: that of glibc asks by an empty path (newfstatat), which the filter that confines
 * us could not tell from a look at any file.
 *
 * Returns: whether @out_info is set
 */
gboolean
fr_image_source_stat (int fd, struct stat *out_info)
{
  return syscall (SYS_fstat, fd, out_info) == 0;
}

/**
 * fr_image_source_new:
 * @fd: a file open for reading, which must stay open as long as the source
 * @out_type: (out): its kind, one that Freshet reads
 * @error: place for %FR_IMAGE_ERROR_NOT_A_PICTURE, %FR_IMAGE_ERROR_UNSUPPORTED or %FR_IMAGE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the source, or %NULL with @error set
 */
VipsSource *
fr_image_source_new (int fd, FrImageType *out_type, GError **error)
{
  VipsSourceCustom *source;
  Reader *reader;
  gint64 size;

  if (!check_file (fd, &size, out_type, error))
    return NULL;
  source = vips_source_custom_new ();
  reader = g_new (Reader, 1);
  *reader = (Reader){ fd, size, 0 };
  g_signal_connect (source, "read", G_CALLBACK (source_read_cb), reader);
  g_signal_connect_data (source, "seek", G_CALLBACK (source_seek_cb), reader,
                         (GClosureNotify)(void (*) (void))g_free, 0);
  return VIPS_SOURCE (source);
}
