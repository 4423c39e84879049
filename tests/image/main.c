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
  test_pictures_add ();
  test_bad_pictures_add ();
  test_client_add ();
  test_hostile_add ();
  test_confinement_add ();
  test_drawings_add ();
  return g_test_run ();
}
