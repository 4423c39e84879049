/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <vips/vips.h>

#include <unistd.h>

/* Writes the pictures that the tests of the folder `image` need into the folder given, each as the test names it. */

static void
check (int result)
{
  if (result != 0)
    vips_error_exit (NULL);
}

/* Something with edges and soft parts, the top left corner red: a photograph as far as encoders can tell. */
static VipsImage *
make_photograph (int width, int height)
{
  VipsImage *zone, *bands[3], *photograph, *coloured, *out;
  double red[] = { 255, 0, 0 };

  check (vips_zone (&zone, width, height, "uchar", TRUE, NULL));
  check (vips_grey (&bands[1], width, height, "uchar", TRUE, NULL));
  check (vips_invert (bands[1], &bands[2], NULL));
  bands[0] = zone;
  check (vips_bandjoin (bands, &photograph, 3, NULL));
  check (vips_copy (photograph, &coloured, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
  out = vips_image_copy_memory (coloured);
  check (vips_draw_rect (out, red, 3, 0, 0, width / 4, height / 4, "fill", TRUE, NULL));
  g_object_unref (coloured);
  g_object_unref (photograph);
  for (int i = 0; i < 3; i++)
    g_object_unref (bands[i]);
  return out;
}

static VipsImage *
make_noise (int side)
{
  VipsImage *noise, *out;

  check (vips_gaussnoise (&noise, side, side, "mean", 128.0, "sigma", 90.0, "seed", 7, NULL));
  check (vips_cast_uchar (noise, &out, NULL));
  g_object_unref (noise);
  return out;
}

static void
save (VipsImage *image, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  check (vips_image_write_to_file (image, path, NULL));
}

static void
save_variants (VipsImage *photograph, const char *folder)
{
  VipsImage *turned, *transparent, *grey, *deep, *cmyk;

  check (vips_copy (photograph, &turned, NULL));
  vips_image_set_int (turned, VIPS_META_ORIENTATION, 6);
  save (turned, folder, "turned.jpg");

  check (vips_extract_band (photograph, &grey, 1, NULL));
  check (vips_bandjoin2 (photograph, grey, &transparent, NULL));
  save (transparent, folder, "alpha.png");
  save (grey, folder, "grey.png[bitdepth=4]");

  check (vips_colourspace (photograph, &deep, VIPS_INTERPRETATION_RGB16, NULL));
  save (deep, folder, "deep.png");
  check (vips_colourspace (photograph, &cmyk, VIPS_INTERPRETATION_CMYK, NULL));
  save (cmyk, folder, "cmyk.jpg");

  g_object_unref (turned);
  g_object_unref (grey);
  g_object_unref (transparent);
  g_object_unref (deep);
  g_object_unref (cmyk);
}

/* In the colours of wide screens, as their profile says. */
static void
save_coloured (VipsImage *photograph, const char *folder)
{
  static const char *const names[] = { "coloured.jpg", "coloured.png", "coloured.webp[lossless]" };
  VipsBlob *profile;
  VipsImage *coloured;
  gsize size;
  const void *data;

  check (vips_profile_load ("p3", &profile, NULL));
  check (vips_copy (photograph, &coloured, NULL));
  data = vips_blob_get (profile, &size);
  vips_image_set_blob_copy (coloured, VIPS_META_ICC_NAME, data, size);
  vips_image_set_int (coloured, VIPS_META_ORIENTATION, 5);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    save (coloured, folder, names[i]);
  g_object_unref (coloured);
  vips_area_unref (VIPS_AREA (profile));
}

/* Two frames, one above the other in memory. */
static void
save_moving (VipsImage *photograph, const char *folder)
{
  VipsImage *transparent, *moving;

  check (vips_bandjoin_const1 (photograph, &transparent, 128, NULL));
  check (vips_copy (transparent, &moving, NULL));
  vips_image_set_int (moving, VIPS_META_PAGE_HEIGHT, vips_image_get_height (moving) / 2);
  save (moving, folder, "moving.gif");
  save (moving, folder, "moving.webp");
  g_object_unref (moving);
  g_object_unref (transparent);
}

static void
save_noise (const char *folder)
{
  VipsImage *noise = make_noise (512);
  VipsImage *transparent, *bands[4] = { noise, noise, noise, noise };
  VipsImage *coloured;

  save (noise, folder, "noise.png");
  check (vips_bandjoin (bands, &transparent, 4, NULL));
  check (vips_copy (transparent, &coloured, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
  save (coloured, folder, "noise-alpha.png");
  g_object_unref (coloured);
  g_object_unref (transparent);
  g_object_unref (noise);
}

int
main (int argc, char **argv)
{
  static const char *const plain[]
      = { "photograph.jpg", "progressive.jpg[interlace]", "photograph.png",  "photograph.webp", "photograph.gif",
          "photograph.tif", "photograph.heic",           "photograph.avif[compression=av1,effort=0]" };
  static const struct
  {
    int width, height;
    const char *name;
  } sizes[] = { { 1, 1, "dot.png" }, { 8, 5, "small.png" }, { 2, 2000, "narrow.png" }, { 256, 200, "fits.png" },
                { 8, 5, "small.jpg[strip]" }, { 8, 8, "tiny.jpg[strip]" }, { 8, 8, "tiny.webp[strip]" },  { 8, 8, "tiny.gif" } };
  VipsImage *photograph;

  if (argc != 2 || vips_init (argv[0]) != 0)
    return 1;
  photograph = make_photograph (640, 480);
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    save (photograph, argv[1], plain[i]);
  save_variants (photograph, argv[1]);
  save_coloured (photograph, argv[1]);
  save_moving (photograph, argv[1]);
  save_noise (argv[1]);
  g_object_unref (photograph);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      VipsImage *image;

      check (vips_black (&image, sizes[i].width, sizes[i].height, "bands", 3, NULL));
      save (image, argv[1], sizes[i].name);
      g_object_unref (image);
    }
  /* At once: an encoder leaves memory behind, which would stop a build with a leak checker. */
  _exit (0);
}
