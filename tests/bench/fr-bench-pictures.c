/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bench-pictures.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define PHOTOGRAPHS "/usr/share/backgrounds/mate/nature"
#define TOLERANCE 0.08

const FrBenchSize fr_bench_sizes[FR_BENCH_N_SIZES] = {
  { "12k", 12 * 1000, 400 },
  { "120k", 120 * 1000, 1440 },
  { "1080k", 1080 * 1000, 2560 },
};

/* Those with enough detail for the largest size at their own width. */
static const char *const photographs[] = { "Garden.jpg", "LadyBird.jpg", "TwoWings.jpg", "Wood.jpg",
                                           "YellowFlower.jpg" };

static gboolean
shrink (const char *photograph, guint width, guint quality, const char *path, GError **error)
{
  g_autofree char *size = g_strdup_printf ("%ux", width);
  g_autofree char *output = g_strdup_printf ("%s[Q=%u,strip]", path, quality);
  const char *const line[] = { "vipsthumbnail", photograph, "--size", size, "-o", output, NULL };
  int status = 0;

  return g_spawn_sync (NULL, (char **) line, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, error)
         && g_spawn_check_wait_status (status, error);
}

static double
get_size (const char *path)
{
  struct stat info;

  return g_stat (path, &info) == 0 ? (double) info.st_size : 0;
}

static gboolean
is_about (double size, double wanted)
{
  return size > wanted * (1 - TOLERANCE) && size < wanted * (1 + TOLERANCE);
}

/* Looks for the quality by halves; where none gives the size (the last steps are large), at the next width. */
static gboolean
find_quality (const char *photograph, const FrBenchSize *size, const char *path, GError **error)
{
  for (guint width = size->width; width < 4 * size->width; width += width / 8)
    {
      for (guint low = 1, high = 100; low <= high;)
        {
          guint quality = (low + high) / 2;

          if (!shrink (photograph, width, quality, path, error))
            return FALSE;
          if (is_about (get_size (path), size->bytes))
            return TRUE;
          if (get_size (path) < size->bytes)
            low = quality + 1;
          else
            high = quality - 1;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made %u bytes long", photograph, size->bytes);
  return FALSE;
}

static GBytes *
read_file (const char *path, GError **error)
{
  char *data = NULL;
  gsize size = 0;

  return g_file_get_contents (path, &data, &size, error) ? g_bytes_new_take (data, size) : NULL;
}

GBytes *
fr_bench_make_picture (const char *folder, guint size, guint variant, GError **error)
{
  const FrBenchSize *wanted = &fr_bench_sizes[size];
  g_autofree char *photograph
      = g_build_filename (PHOTOGRAPHS, photographs[variant % G_N_ELEMENTS (photographs)], NULL);
  g_autofree char *name = g_strdup_printf ("picture-%s-%u.jpg", wanted->name, variant);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *unfinished = g_build_filename (folder, "unfinished.jpg", NULL);

  if (is_about (get_size (path), wanted->bytes))
    return read_file (path, error);
  if (g_mkdir_with_parents (folder, 0777) != 0 || !find_quality (photograph, wanted, unfinished, error))
    return NULL;
  if (g_rename (unfinished, path) == 0)
    return read_file (path, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be written", path);
  return NULL;
}

gboolean
fr_bench_write_picture (GBytes *picture, const char *comment, const char *path, GError **error)
{
  gsize size, length = strlen (comment) + 2;
  const guint8 *data = g_bytes_get_data (picture, &size);
  const guint8 marker[] = { 0xff, 0xfe, (guint8) (length >> 8), (guint8) length };
  g_autoptr (GByteArray) all = g_byte_array_new ();
  gsize head = 2; /* behind SOI, and APP0 where there is one: that must be the first */

  g_assert (size > 6 && data[0] == 0xff && data[1] == 0xd8);
  if (data[2] == 0xff && data[3] == 0xe0)
    head += 2 + ((gsize) data[4] << 8 | data[5]);
  g_byte_array_append (all, data, (guint) head);
  g_byte_array_append (all, marker, sizeof marker);
  g_byte_array_append (all, (const guint8 *) comment, (guint) strlen (comment));
  g_byte_array_append (all, data + head, (guint) (size - head));
  return g_file_set_contents (path, (const char *) all->data, all->len, error);
}
