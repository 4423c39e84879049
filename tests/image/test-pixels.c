/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static int
make_memfd (gsize size, int seals)
{
  int fd = memfd_create ("freshet-test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_no_errno (ftruncate (fd, size));
  g_assert_cmpint (pwrite (fd, "rgba", 4, 0), ==, 4);
  g_assert_no_errno (fcntl (fd, F_ADD_SEALS, seals));
  return fd;
}

static void
test_from_fd (void)
{
  static const struct
  {
    gsize size;
    int seals;
    gboolean good;
  } rows[] = {
    { 4 * 3 * 4, F_SEAL_SHRINK | F_SEAL_WRITE, TRUE },
    { 4 * 3 * 4, F_SEAL_SHRINK | F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SEAL, TRUE },
    { 4 * 3 * 4, F_SEAL_SHRINK, FALSE },
    { 4 * 3 * 4, F_SEAL_WRITE, FALSE },
    { 4 * 3 * 4, 0, FALSE },
    { 4 * 3 * 4 - 1, F_SEAL_SHRINK | F_SEAL_WRITE, FALSE },
    { 4 * 3 * 4 + 1, F_SEAL_SHRINK | F_SEAL_WRITE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int fd = make_memfd (rows[i].size, rows[i].seals);
      g_autoptr (FrImagePixels) pixels = fr_image_pixels_new_from_fd (fd, 4, 3);

      g_test_message ("row %u", i);
      close (fd);
      g_assert_cmpint (pixels != NULL, ==, rows[i].good);
    }
}

static void
test_not_a_memfd (void)
{
  int ends[2];
  int file = open ("/proc/self/exe", O_RDONLY | O_CLOEXEC);

  g_assert_no_errno (pipe (ends));
  g_assert_null (fr_image_pixels_new_from_fd (ends[0], 1, 1));
  g_assert_null (fr_image_pixels_new_from_fd (file, 1, 1));
  close (ends[0]);
  close (ends[1]);
  close (file);
}

static void
test_copy (void)
{
  int fd = make_memfd (4, F_SEAL_SHRINK | F_SEAL_WRITE);
  FrImagePixels *pixels = fr_image_pixels_new_from_fd (fd, 1, 1);
  g_autoptr (FrImagePixels) copy = fr_image_pixels_copy (pixels);

  close (fd);
  fr_image_pixels_free (pixels);
  fr_image_pixels_free (NULL);
  g_assert_cmpuint (copy->stride, ==, 4);
  g_assert_cmpmem (g_bytes_get_data (copy->bytes, NULL), g_bytes_get_size (copy->bytes), "rgba", 4);
}

void
test_pixels_add (void)
{
  g_test_add_func ("/image/pixels/from-fd", test_from_fd);
  g_test_add_func ("/image/pixels/not-a-memfd", test_not_a_memfd);
  g_test_add_func ("/image/pixels/copy", test_copy);
}
