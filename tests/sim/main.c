/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "tests.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_queue_add ();
  test_latency_add ();
  test_graph_add ();
  test_titles_add ();
  test_output_add ();
  test_world_add ();
  test_trouble_add ();
  test_experiments_add ();
  return g_test_run ();
}
