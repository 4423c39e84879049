/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_bulk_header_add ();
  test_frame_add ();
  test_frame_bounds_add ();
  test_frame_hostile_add ();
  test_frame_overlay_add ();
  return g_test_run ();
}
