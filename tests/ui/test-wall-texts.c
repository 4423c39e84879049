/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "fr-day-text.h"
#include "fr-wall-geometry.h"
#include "fr-wall-marks.h"
#include "fr-wall-text.h"

#include "tests.h"

/* What a wall says, and how large things on it are: without a wall. */

static gint64
make_us (int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
test_days (void)
{
  static const struct
  {
    int year, month, day, hour;
    const char *text;
    const char *short_text;
  } rows[] = {
    { 2026, 11, 28, 0, "Today", "Today" },
    { 2026, 11, 28, 23, "Today", "Today" },
    { 2026, 11, 27, 23, "Yesterday", "27 Nov" },
    { 2026, 11, 26, 12, "26 November", "26 Nov" },
    { 2026, 11, 29, 0, "29 November", "29 Nov" }, /* by a clock that was wrong */
    { 2026, 1, 1, 0, "1 January", "1 Jan" },
    { 2025, 12, 31, 23, "31 December 2025", "31 Dec 2025" },
    { 2025, 11, 28, 12, "28 November 2025", "28 Nov 2025" },
    { 1999, 5, 4, 12, "4 May 1999", "4 May 1999" },
  };
  gint64 now_us = make_us (2026, 11, 28, 14);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 us = make_us (rows[i].year, rows[i].month, rows[i].day, rows[i].hour);
      g_autofree char *text = fr_day_text_describe (us, now_us);
      g_autofree char *short_text = fr_day_text_describe_short (us, now_us);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (short_text, ==, rows[i].short_text);
    }
}

/* The day before the first of January is yesterday, too. */
static void
test_new_year (void)
{
  g_autofree char *text = fr_day_text_describe (make_us (2025, 12, 31, 23), make_us (2026, 1, 1, 0));

  g_assert_cmpstr (text, ==, "Yesterday");
}

static void
test_months (void)
{
  gint64 us = make_us (2026, 11, 28, 14);
  g_autofree char *text = fr_day_text_describe_month (us);
  g_autofree char *broken = fr_day_text_describe_month (G_MAXINT64);

  g_assert_cmpstr (text, ==, "November 2026");
  g_assert_cmpint (fr_day_text_begin_month (us), ==, make_us (2026, 11, 1, 0));
  g_assert_nonnull (broken);
  g_assert_true (fr_day_text_is_same_day (make_us (2026, 11, 28, 0), make_us (2026, 11, 28, 23)));
  g_assert_false (fr_day_text_is_same_day (make_us (2026, 11, 28, 0), make_us (2026, 11, 27, 23)));
  g_assert_false (fr_day_text_is_same_day (make_us (2026, 11, 28, 0), make_us (2025, 11, 28, 0)));
  g_assert_true (fr_day_text_is_same_month (make_us (2026, 11, 1, 0), make_us (2026, 11, 30, 23)));
  g_assert_false (fr_day_text_is_same_month (make_us (2026, 11, 1, 0), make_us (2025, 11, 1, 0)));
}

static void
test_names (void)
{
  static const struct
  {
    const char *words;
    FrWallFacts facts;
    const char *day;
    const char *name;
  } rows[] = {
    { "Dune", { 0 }, NULL, "Dune" },
    { "", { 0 }, NULL, "Picture" },
    { NULL, { 0 }, NULL, "Picture" },
    { "Dune", { 0 }, "Today", "Today. Dune" },
    { "Dune", { .audience = (char *) "Only for me" }, NULL, "Dune. Only for me" },
    { "Dune", { .from = (char *) "From Anna", .is_kept = TRUE }, NULL, "Dune. From Anna. Kept" },
    { "Dune", { .from = (char *) "From someone you don’t know", .is_veiled = TRUE }, NULL,
      "Dune. From someone you don’t know. Blurred" },
    { "Dune", { .is_fresh = TRUE, .n_alike = 3 }, "Today", "Today. Dune. New. 3 much alike" },
    { "Dune", { .n_alike = 1 }, NULL, "Dune" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = fr_wall_text_name (rows[i].words, &rows[i].facts, rows[i].day);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

static void
test_counts (void)
{
  static const struct
  {
    guint n;
    const char *text;
  } rows[] = {
    { 0, "Click on pictures to select them" },
    { 1, "1 picture selected" },
    { 50000, "50000 pictures selected" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = fr_wall_text_count_selected (rows[i].n);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_levels (void)
{
  static const struct
  {
    int side;
    gboolean is_narrow;
    guint level_side;
  } rows[] = {
    { 0, FALSE, 150 },  { 0, TRUE, 112 },  { -1, FALSE, 150 }, { 1, FALSE, 72 },   { 72, TRUE, 72 },
    { 111, FALSE, 72 }, { 112, TRUE, 112 }, { 150, TRUE, 150 }, { 319, FALSE, 220 }, { 99999, FALSE, 320 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (fr_wall_geometry_get_side (fr_wall_geometry_find_level (rows[i].side, rows[i].is_narrow)), ==,
                      rows[i].level_side);
  g_assert_cmpuint (fr_wall_geometry_get_side (99), ==, 320);
  g_assert_cmpuint (fr_wall_geometry_step (0, -1), ==, 0);
  g_assert_cmpuint (fr_wall_geometry_step (0, 1), ==, 1);
  g_assert_cmpuint (fr_wall_geometry_step (FR_WALL_N_LEVELS - 1, 1), ==, FR_WALL_N_LEVELS - 1);
}

static void
test_pinch (void)
{
  static const struct
  {
    guint level;
    double scale;
    guint pinched;
  } rows[] = {
    { 2, 1, 2 }, { 2, 1.1, 2 }, { 2, 1.4, 3 }, { 2, 3, 4 }, { 2, 100, 4 }, { 2, 0.8, 1 }, { 2, 0, 0 }, { 4, 0.5, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (fr_wall_geometry_pinch (rows[i].level, rows[i].scale), ==, rows[i].pinched);
}

/* Three of the usual size fit a telephone. */
static void
test_columns (void)
{
  static const struct
  {
    int width;
    guint side;
    guint n;
  } rows[] = {
    { 0, 150, 1 }, { 151, 150, 1 }, { 152, 150, 1 }, { 303, 150, 1 }, { 304, 150, 2 }, { 358, 112, 3 }, { 1278, 72, 17 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (fr_wall_geometry_count_columns (rows[i].width, rows[i].side), ==, rows[i].n);
}

/* As WCAG 2 reckons. */
static double
get_luminance (const GdkRGBA *color)
{
  const double weights[] = { 0.2126, 0.7152, 0.0722 }, parts[] = { color->red, color->green, color->blue };
  double luminance = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    luminance += weights[i] * (parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return luminance;
}

/* White can be read on everything that is below it, whatever the picture is. */
static void
test_contrast (void)
{
  const GdkRGBA *ground = fr_wall_marks_get_ground ();
  const float rest = 1 - ground->alpha;
  const GdkRGBA on_white = { rest, rest, rest, 1 };

  g_assert_cmpfloat (1.05 / (get_luminance (&on_white) + 0.05), >=, 4.5);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_assert_cmpfloat (1.05 / (get_luminance (fr_wall_marks_get_avatar_ground (name)) + 0.05), >=, 4.5);
    }
}

/* Each is made once, and there is an end to how many are remembered. */
static void
test_marks (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (FrWallMarks) marks = fr_wall_marks_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  for (guint i = 0; i < FR_WALL_MARKS_REMEMBERED; i++)
    {
      g_autofree char *name = g_strdup_printf ("Ä%u", i);

      fr_wall_marks_draw_avatar (marks, snapshot, name);
    }
  g_assert_cmpuint (fr_wall_marks_get_n_remembered (marks), ==, FR_WALL_MARKS_REMEMBERED);
  fr_wall_marks_draw_avatar (marks, snapshot, "Ä0");
  g_assert_cmpuint (fr_wall_marks_get_n_remembered (marks), ==, FR_WALL_MARKS_REMEMBERED);
  fr_wall_marks_draw_check (marks, snapshot, TRUE);
  g_assert_cmpuint (fr_wall_marks_get_n_remembered (marks), ==, 1);
  fr_wall_marks_draw_check (marks, snapshot, FALSE);
  fr_wall_marks_draw_dot (marks, snapshot);
  fr_wall_marks_draw_number (marks, snapshot, "+3");
  fr_wall_marks_draw_avatar (marks, snapshot, "");
  fr_wall_marks_draw_icon (marks, snapshot, "no-such-icon-symbolic");
  g_assert_cmpuint (fr_wall_marks_get_n_remembered (marks), ==, 6);
  fr_wall_marks_forget (marks);
  g_assert_cmpuint (fr_wall_marks_get_n_remembered (marks), ==, 0);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
}

void
test_wall_texts_add (void)
{
  g_test_add_func ("/ui/wall-texts/days", test_days);
  g_test_add_func ("/ui/wall-texts/new-year", test_new_year);
  g_test_add_func ("/ui/wall-texts/months", test_months);
  g_test_add_func ("/ui/wall-texts/names", test_names);
  g_test_add_func ("/ui/wall-texts/counts", test_counts);
  g_test_add_func ("/ui/wall-texts/levels", test_levels);
  g_test_add_func ("/ui/wall-texts/pinch", test_pinch);
  g_test_add_func ("/ui/wall-texts/columns", test_columns);
  g_test_add_func ("/ui/wall-texts/contrast", test_contrast);
  g_test_add_func ("/ui/wall-texts/marks", test_marks);
}
