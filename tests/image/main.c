/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_sniff_add ();
  test_protocol_add ();
  test_pixels_add ();
  test_likeness_add ();
  test_moving_add ();
  test_part_add ();
  test_pictures_add ();
  test_bad_pictures_add ();
  test_bombs_add ();
  test_client_add ();
  test_hostile_add ();
  test_confinement_add ();
  test_drawings_add ();
  test_strip_exif_add ();
  test_strip_jpeg_add ();
  test_strip_png_add ();
  test_strip_webp_add ();
  test_strip_gif_add ();
  test_strip_hostile_add ();
  test_strip_client_add ();
  return g_test_run ();
}
