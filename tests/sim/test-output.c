/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "fr-sim-json.h"
#include "fr-sim-plot.h"
#include "fr-test-support.h"
#include "tests.h"

static void
test_json (void)
{
  g_autoptr (FrSimJson) json = fr_sim_json_new ();
  g_autofree char *text = NULL;

  fr_sim_json_string (json, "a \"name\"", "back\\slash\n");
  fr_sim_json_begin (json, "inner");
  fr_sim_json_number (json, "whole", 12345678901.0);
  fr_sim_json_number (json, "part", 0.25);
  fr_sim_json_begin (json, "empty");
  fr_sim_json_end (json);
  fr_sim_json_end (json);
  fr_sim_json_number (json, "none", NAN);
  fr_sim_json_boolean (json, "yes", TRUE);
  text = fr_sim_json_finish (json);
  g_assert_cmpstr (text, ==,
                   "{\"a \\\"name\\\"\":\"back\\\\slash\\u000a\",\"inner\":{\"whole\":12345678901,\"part\":0.25,"
                   "\"empty\":{}},\"none\":null,\"yes\":true}");
}

static void
test_json_empty (void)
{
  g_autoptr (FrSimJson) json = fr_sim_json_new ();
  g_autofree char *text = fr_sim_json_finish (json);

  g_assert_cmpstr (text, ==, "{}");
}

/* Every kind of axis, with curves of many points, one, and none at all. */
static void
test_plot (void)
{
  static const FrSimPlotFlags flags[]
      = { FR_SIM_PLOT_LINEAR, FR_SIM_PLOT_LOG_X, FR_SIM_PLOT_LOG_Y, FR_SIM_PLOT_LOG_X | FR_SIM_PLOT_LOG_Y,
          FR_SIM_PLOT_FROM_ZERO };
  char *folder = fr_test_folder_new ();
  g_autofree char *inner = g_build_filename (folder, "new", "plots", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    for (guint n_curves = 0; n_curves <= FR_SIM_PLOT_MAX_CURVES; n_curves += 4)
      {
        g_autoptr (FrSimPlot) plot = fr_sim_plot_new ("A <title>", "x & more", "y", flags[i]);
        g_autofree char *name = g_strdup_printf ("plot-%u-%u", i, n_curves);
        g_autofree char *path = g_strdup_printf ("%s/%s.svg", inner, name);
        g_autofree char *text = NULL;
        g_autoptr (GError) error = NULL;

        for (guint j = 0; j < n_curves; j++)
          {
            guint curve = fr_sim_plot_add_curve (plot, "a curve",
                                                 j % 2 == 0 ? FR_SIM_PLOT_MEASURED : FR_SIM_PLOT_QUOTED);

            for (guint k = 0; k < j; k++)
              fr_sim_plot_add_point (plot, curve, k * 100, k * j);
            fr_sim_plot_add_point (plot, curve, NAN, 1);
          }
        g_assert_true (fr_sim_plot_write (plot, inner, name, &error));
        g_assert_no_error (error);
        g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
        g_assert_nonnull (strstr (text, "<svg"));
        g_assert_null (strstr (text, "nan"));
        g_assert_nonnull (strstr (text, "</svg>"));
      }
  fr_test_folder_free (folder);
}

static void
test_plot_nowhere (void)
{
  g_autoptr (FrSimPlot) plot = fr_sim_plot_new ("", "", "", FR_SIM_PLOT_LINEAR);
  g_autoptr (GError) error = NULL;

  g_assert_false (fr_sim_plot_write (plot, "/proc/no/such/folder", "x", &error));
  g_assert_nonnull (error);
}

void
test_output_add (void)
{
  g_test_add_func ("/sim/json/members", test_json);
  g_test_add_func ("/sim/json/empty", test_json_empty);
  g_test_add_func ("/sim/plot/axes", test_plot);
  g_test_add_func ("/sim/plot/nowhere", test_plot_nowhere);
}
