/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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
 * fr_image_memory_new:
 *
 * Returns: an empty memfd that is the caller's, or -1
 */
int
fr_image_memory_new (void)
{
  return memfd_create ("freshet-image", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

/**
 * fr_image_memory_write:
 * @fd: a memfd
 * @data: (array length=size): what to write at its end
 * @size: bytes
 *
 * Returns: %FALSE if there is not enough memory
 */
gboolean
fr_image_memory_write (int fd, const void *data, gsize size)
{
  const guint8 *bytes = data;

  while (size > 0)
    {
      ssize_t written = write (fd, bytes, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      bytes += written;
      size -= written;
    }
  return TRUE;
}

/**
 * fr_image_memory_seal:
 * @fd: a memfd
 *
 * Lets nobody change it any more.
 *
 * Returns: whether that worked
 */
gboolean
fr_image_memory_seal (int fd)
{
  return fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0;
}

/**
 * fr_image_memory_map:
 * @fd: what should be a memfd; stays the caller's
 * @size: bytes, at least one
 *
 * Returns: (transfer full) (nullable): its contents, or %NULL if it is not a memfd of just that size that is
 * sealed against shrinking and writing
 */
GBytes *
fr_image_memory_map (int fd, gsize size)
{
  const int wanted = F_SEAL_SHRINK | F_SEAL_WRITE;
  int seals = fcntl (fd, F_GET_SEALS);
  struct stat info;
  Mapping *mapping;
  void *data;

  g_return_val_if_fail (size > 0, NULL);

  if (seals < 0 || (seals & wanted) != wanted || fstat (fd, &info) != 0 || info.st_size != (goffset)size)
    return NULL;
  data = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    return NULL;

  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ data, size };
  return g_bytes_new_with_free_func (data, size, mapping_free, mapping);
}
