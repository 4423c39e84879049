/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bytes-file.h"

#include <sys/mman.h>
#include <unistd.h>

/**
 * fr_bytes_to_fd:
 * @bytes: some bytes
 *
 * Makes a file without a name, see memfd_create(2).
 *
 * Returns: a descriptor that the caller closes; -1 if there is no memory
 */
int
fr_bytes_to_fd (GBytes *bytes)
{
  gsize size, done = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  int fd = memfd_create ("picture", MFD_CLOEXEC);

  while (fd >= 0 && done < size)
    {
      ssize_t n = write (fd, data + done, size - done);

      if (n <= 0)
        {
          close (fd);
          return -1;
        }
      done += (gsize) n;
    }
  return fd;
}

