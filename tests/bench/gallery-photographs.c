/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gallery.h"

#include <errno.h>
#include <glib/gstdio.h>

#define PHOTOGRAPHS "/usr/share/backgrounds/mate/nature"
#define SEED 1

/* 12 megapixels, as from a camera, but made larger they have less detail: about 1.3 MB. */
#define WIDTH 4000
#define HEIGHT 3000
#define SAVE_OPTIONS "[Q=95,subsample_mode=on,strip]"

/* How much of the height, or the width, is left of a photograph at least. */
#define MIN_CROP 0.6

static const struct
{
  const char *name;
  int width;
  int height;
} sources[] = {
  { "Aqua.jpg", 2560, 1600 },        { "Blinds.jpg", 1920, 1200 },    { "Dune.jpg", 1680, 1050 },
  { "FreshFlower.jpg", 1600, 1203 }, { "Garden.jpg", 2560, 1600 },    { "GreenMeadow.jpg", 1280, 1024 },
  { "LadyBird.jpg", 2560, 1600 },    { "RainDrops.jpg", 1920, 1200 }, { "Storm.jpg", 1920, 1280 },
  { "TwoWings.jpg", 2560, 1600 },    { "Wood.jpg", 2560, 1920 },      { "YellowFlower.jpg", 2560, 1600 },
};

static char *
make_path (const char *folder, const char *prefix, guint number)
{
  g_autofree char *name = g_strdup_printf ("%s-%03u.jpg", prefix, number);

  return g_build_filename (folder, name, NULL);
}

/* One operation of vips: makes all of it larger, of which only the crop is calculated. */
static GSubprocess *
start_crop (GSubprocessLauncher *launcher, const char *folder, guint number, GError **error)
{
  guint source = number % G_N_ELEMENTS (sources);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + number);
  double most = MIN (sources[source].width / (double) WIDTH, sources[source].height / (double) HEIGHT);
  double scale = 1 / (most * g_rand_double_range (rand, MIN_CROP, 1));
  int left = (int) (g_rand_double (rand) * (sources[source].width * scale - WIDTH));
  int top = (int) (g_rand_double (rand) * (sources[source].height * scale - HEIGHT));
  g_autofree char *from = g_build_filename (PHOTOGRAPHS, sources[source].name, NULL);
  g_autofree char *path = make_path (folder, "unfinished", number);
  g_autofree char *to = g_strconcat (path, SAVE_OPTIONS, NULL);
  char scale_text[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *matrix = NULL, *area = g_strdup_printf ("%d %d %d %d", left, top, WIDTH, HEIGHT);

  g_ascii_formatd (scale_text, sizeof scale_text, "%.6f", scale);
  matrix = g_strdup_printf ("%s 0 0 %s", scale_text, scale_text);
  return g_subprocess_launcher_spawn (launcher, error, "vips", "affine", from, to, matrix, "--oarea", area,
                                      "--interpolate", "bicubic", NULL);
}

/* It has its name only when it is whole. */
static gboolean
finish_crop (GSubprocess *process, const char *folder, guint number, GError **error)
{
  g_autofree char *unfinished = make_path (folder, "unfinished", number);
  g_autofree char *path = make_path (folder, "photograph", number);

  if (!g_subprocess_wait_check (process, NULL, error))
    return FALSE;
  if (g_rename (unfinished, path) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s cannot be written", path);
  return FALSE;
}

/* A processor each, as many at once as there are processors. */
static gboolean
make_crops (const char *folder, GArray *numbers, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  guint n_at_once = g_get_num_processors ();
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_object_unref);

  g_subprocess_launcher_setenv (launcher, "VIPS_CONCURRENCY", "1", TRUE);
  for (guint i = 0; i < numbers->len + n_at_once; i++)
    {
      if (i >= n_at_once && i - n_at_once < numbers->len
          && !finish_crop (running->pdata[i - n_at_once], folder, g_array_index (numbers, guint, i - n_at_once),
                           error))
        return FALSE;
      if (i < numbers->len)
        {
          GSubprocess *process = start_crop (launcher, folder, g_array_index (numbers, guint, i), error);

          if (process == NULL)
            return FALSE;
          g_ptr_array_add (running, process);
        }
    }
  return TRUE;
}

GPtrArray *
gallery_make_photographs (const char *folder, guint n, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (n, g_free, TRUE);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (guint));

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s cannot be made", folder);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (paths, make_path (folder, "photograph", i));
      if (!g_file_test (paths->pdata[i], G_FILE_TEST_EXISTS))
        g_array_append_val (missing, i);
    }
  if (missing->len > 0)
    g_printerr ("making %u photographs in %s\n", missing->len, folder);
  return make_crops (folder, missing, error) ? g_steal_pointer (&paths) : NULL;
}
