/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "fr-canvas-geometry.h"
#include "fr-canvas.h"

#include "tests.h"
#include "ui-fixture.h"

/* Where a picture is in what shows it: tables; and the widget that does. */

#define ASSERT_NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 0.01)

typedef struct
{
  double width, height;               /* of the picture */
  double view_width, view_height, scale;
} Case;

static FrCanvasGeometry
make (double width, double height, double view_width, double view_height, double scale)
{
  FrCanvasGeometry geometry;

  fr_canvas_geometry_init (&geometry);
  fr_canvas_geometry_set_view (&geometry, view_width, view_height, scale);
  fr_canvas_geometry_set_picture (&geometry, width, height, TRUE);
  return geometry;
}

/* What is larger than the view is made smaller, what is small stays as it is, and what is only known small is enlarged. */
static void
test_fit (void)
{
  static const struct
  {
    Case at;
    gboolean is_measured;
    double x, y, shown_width, shown_height;
    guint percent, wanted_width;
  } rows[] = {
    { { 4000, 2000, 1000, 800, 1 }, TRUE, 0, 150, 1000, 500, 25, 1000 },
    { { 2000, 4000, 1000, 800, 1 }, TRUE, 300, 0, 400, 800, 20, 400 },
    { { 100, 50, 1000, 800, 1 }, TRUE, 450, 375, 100, 50, 100, 100 },
    { { 100, 50, 1000, 800, 2 }, TRUE, 475, 387.5, 50, 25, 100, 100 },
    { { 4000, 2000, 1000, 800, 2 }, TRUE, 0, 150, 1000, 500, 50, 2000 },
    { { 100, 50, 1000, 800, 1 }, FALSE, 0, 150, 1000, 500, 1000, 1000 },
    { { 1000000, 1, 1000, 800, 1 }, TRUE, 0, 400, 1000, 0.001, 1, 1000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrCanvasGeometry geometry = make (1, 1, rows[i].at.view_width, rows[i].at.view_height, rows[i].at.scale);
      double x, y, width, height;
      guint wanted_width, wanted_height;

      fr_canvas_geometry_set_picture (&geometry, rows[i].at.width, rows[i].at.height, rows[i].is_measured);
      fr_canvas_geometry_get_place (&geometry, &x, &y, &width, &height);
      fr_canvas_geometry_get_wanted (&geometry, &wanted_width, &wanted_height);
      ASSERT_NEAR (x, rows[i].x);
      ASSERT_NEAR (y, rows[i].y);
      ASSERT_NEAR (width, rows[i].shown_width);
      ASSERT_NEAR (height, rows[i].shown_height);
      g_assert_cmpuint (fr_canvas_geometry_get_percent (&geometry), ==, rows[i].percent);
      g_assert_cmpuint (wanted_width, ==, rows[i].wanted_width);
      g_assert_cmpuint (wanted_height, >=, 1);
      g_assert_false (fr_canvas_geometry_is_larger (&geometry));
    }
}

/* Nothing is known yet, or there is no room: nothing happens. */
static void
test_not_ready (void)
{
  FrCanvasGeometry geometry;

  fr_canvas_geometry_init (&geometry);
  g_assert_false (fr_canvas_geometry_is_ready (&geometry));
  fr_canvas_geometry_step (&geometry, 1, 5, 5);
  fr_canvas_geometry_move (&geometry, 10, 10);
  fr_canvas_geometry_toggle (&geometry, 1, 1);
  g_assert_false (fr_canvas_geometry_can_zoom (&geometry, 1));
  g_assert_false (fr_canvas_geometry_is_larger (&geometry));
  fr_canvas_geometry_set_view (&geometry, 100, 0, 1);
  fr_canvas_geometry_set_picture (&geometry, 10, 10, TRUE);
  g_assert_false (fr_canvas_geometry_is_ready (&geometry));
  fr_canvas_geometry_set_view (&geometry, 100, 100, 1);
  g_assert_true (fr_canvas_geometry_is_ready (&geometry));
}

static void
find_point (const FrCanvasGeometry *geometry, double view_x, double view_y, double *out_x, double *out_y)
{
  double x, y, width, height;

  fr_canvas_geometry_get_place (geometry, &x, &y, &width, &height);
  *out_x = (view_x - x) / geometry->zoom;
  *out_y = (view_y - y) / geometry->zoom;
}

/* What is under the pointer stays there, as long as the picture fills the view. */
static void
test_about_the_pointer (void)
{
  static const double points[][2] = { { 500, 400 }, { 10, 10 }, { 990, 700 }, { 300, 790 } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    {
      FrCanvasGeometry geometry = make (4000, 3200, 1000, 800, 1);
      double x, y, zoomed_x, zoomed_y;

      find_point (&geometry, points[i][0], points[i][1], &x, &y);
      for (guint n = 0; n < 8; n++)
        {
          fr_canvas_geometry_step (&geometry, 1, points[i][0], points[i][1]);
          find_point (&geometry, points[i][0], points[i][1], &zoomed_x, &zoomed_y);
          ASSERT_NEAR (zoomed_x, x);
          ASSERT_NEAR (zoomed_y, y);
        }
      g_assert_true (fr_canvas_geometry_is_larger (&geometry));
    }
}

/* Steps stop at 100 % and where all is shown, and end at the limits. */
static void
test_steps (void)
{
  FrCanvasGeometry geometry = make (4000, 3200, 1000, 800, 1);
  gboolean was_actual = FALSE;

  g_assert_false (fr_canvas_geometry_can_zoom (&geometry, -1));
  for (guint n = 0; n < 100 && fr_canvas_geometry_can_zoom (&geometry, 1); n++)
    {
      fr_canvas_geometry_step (&geometry, 1, 500, 400);
      was_actual |= fr_canvas_geometry_get_percent (&geometry) == 100;
      g_assert_false (geometry.is_fit);
    }
  g_assert_true (was_actual);
  g_assert_cmpuint (fr_canvas_geometry_get_percent (&geometry), ==, 100 * (guint) FR_CANVAS_MAX_ENLARGED);
  was_actual = FALSE;
  for (guint n = 0; n < 100 && fr_canvas_geometry_can_zoom (&geometry, -1); n++)
    {
      fr_canvas_geometry_step (&geometry, -1, 500, 400);
      was_actual |= fr_canvas_geometry_get_percent (&geometry) == 100;
    }
  g_assert_true (was_actual && geometry.is_fit);
  g_assert_cmpuint (fr_canvas_geometry_get_percent (&geometry), ==, 25);

  /* both stops lie within one step */
  geometry = make (1100, 880, 1000, 800, 1);
  fr_canvas_geometry_step (&geometry, 1, 0, 0);
  g_assert_cmpuint (fr_canvas_geometry_get_percent (&geometry), ==, 100);
  fr_canvas_geometry_step (&geometry, -1, 0, 0);
  g_assert_true (geometry.is_fit);
}

/* The size of what is only known small is not known, so that it stays as it is. */
static void
test_not_measured (void)
{
  FrCanvasGeometry geometry = make (1, 1, 1000, 800, 1);

  fr_canvas_geometry_set_picture (&geometry, 64, 48, FALSE);
  g_assert_false (fr_canvas_geometry_can_zoom (&geometry, 1));
  g_assert_false (fr_canvas_geometry_can_zoom (&geometry, -1));
}

/* What is larger than the view fills it wherever it is moved; what is not stays in the middle. */
static void
test_moves (void)
{
  static const struct
  {
    double dx, dy, x, y;
  } rows[] = {
    { 0, 0, -500, -400 },      { 100, 0, -400, -400 },  { 10000, 10000, 0, 0 },
    { -10000, -10000, -1000, -800 }, { 0, -50, -500, -450 },
  };
  FrCanvasGeometry geometry;
  double x, y, width, height;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      geometry = make (2000, 1600, 1000, 800, 1);
      fr_canvas_geometry_toggle (&geometry, 500, 400);
      fr_canvas_geometry_move (&geometry, rows[i].dx, rows[i].dy);
      fr_canvas_geometry_get_place (&geometry, &x, &y, &width, &height);
      ASSERT_NEAR (x, rows[i].x);
      ASSERT_NEAR (y, rows[i].y);
    }
  geometry = make (2000, 100, 1000, 800, 1);
  fr_canvas_geometry_toggle (&geometry, 500, 400);
  fr_canvas_geometry_move (&geometry, 0, 300);
  fr_canvas_geometry_get_place (&geometry, &x, &y, &width, &height);
  ASSERT_NEAR (y, 350);
}

/* A window that grows shows all of what was fitted, and the same middle of what was not. */
static void
test_view_changes (void)
{
  FrCanvasGeometry geometry = make (4000, 3200, 1000, 800, 1);
  double x, y;

  fr_canvas_geometry_set_view (&geometry, 500, 400, 1);
  g_assert_cmpuint (fr_canvas_geometry_get_percent (&geometry), ==, 13);
  fr_canvas_geometry_zoom (&geometry, 1, 100, 100);
  x = geometry.x;
  y = geometry.y;
  fr_canvas_geometry_set_view (&geometry, 600, 420, 1);
  ASSERT_NEAR (geometry.x, x);
  ASSERT_NEAR (geometry.y, y);
  g_assert_cmpuint (fr_canvas_geometry_get_percent (&geometry), ==, 100);
  fr_canvas_geometry_set_view (&geometry, 600, 420, 2);
  g_assert_cmpuint (fr_canvas_geometry_get_percent (&geometry), ==, 200);
}

/* What is decoded is never more than may be, whatever the picture says that it is. */
static void
test_wanted (void)
{
  static const struct
  {
    double width, height;
    guint wanted_width, wanted_height;
  } rows[] = {
    { 4000, 4000, 4000, 4000 }, /* all that may be */
    { 4000, 4001, 800, 800 },   /* one row more: what fits, and parts of it */
    { FR_CANVAS_MAX_SIDE, 100, FR_CANVAS_MAX_SIDE, 100 },
    { FR_CANVAS_MAX_SIDE + 1, 100, 1000, 12 },
    { 12000, 8000, 1000, 667 },
    { 1000000, 1000000, 800, 800 },
    { 1000000, 1, 1000, 1 },
    { 2000, 1600, 2000, 1600 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrCanvasGeometry geometry = make (rows[i].width, rows[i].height, 1000, 800, 1);
      guint width, height;

      fr_canvas_geometry_zoom (&geometry, 1, 500, 400);
      fr_canvas_geometry_get_wanted (&geometry, &width, &height);
      g_assert_cmpuint (width, ==, rows[i].wanted_width);
      g_assert_cmpuint (height, ==, rows[i].wanted_height);
      g_assert_cmpuint ((guint64) width * height, <=, FR_CANVAS_MAX_PIXELS + FR_CANVAS_MAX_SIDE);
    }
}

/* Of what is too large for that, what is seen is decoded, with a margin, and as sharp as it is shown. */
static void
test_part (void)
{
  static const struct
  {
    double zoom, x, y; /* the middle */
    FrImagePart part;
  } rows[] = {
    { 1, 5000, 4000, { 4248, 3400, 1504, 1200, 1504, 1200 } },
    { 0.5, 5000, 4000, { 3496, 2800, 3008, 2400, 1504, 1200 } },
    { 4, 5000, 4000, { 4808, 3848, 384, 304, 384, 304 } },
    { 1, 0, 0, { 0, 0, 1256, 1000, 1256, 1000 } },
    { 1, 10000, 8000, { 8744, 7000, 1256, 1000, 1256, 1000 } },
  };
  FrCanvasGeometry geometry = make (10000, 8000, 1000, 800, 1);

  g_assert_false (fr_canvas_geometry_needs_part (&geometry));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FrImagePart part, blunt;

      geometry = make (10000, 8000, 1000, 800, 1);
      fr_canvas_geometry_zoom (&geometry, rows[i].zoom, 500, 400);
      fr_canvas_geometry_move (&geometry, (5000 - rows[i].x) * rows[i].zoom, (4000 - rows[i].y) * rows[i].zoom);
      g_assert_true (fr_canvas_geometry_needs_part (&geometry));
      fr_canvas_geometry_get_part (&geometry, &part);
      g_test_message ("row %zu: %u, %u, %u × %u as %u × %u", i, part.left, part.top, part.width, part.height, part.max_width,
                      part.max_height);
      g_assert_cmpmem (&part, sizeof part, &rows[i].part, sizeof part);
      g_assert_true (fr_image_part_fits (&part, 10000, 8000));
      g_assert_true (fr_canvas_geometry_is_served (&geometry, &part));
      blunt = part;
      blunt.max_width /= 2;
      g_assert_false (fr_canvas_geometry_is_served (&geometry, &blunt));
      fr_canvas_geometry_move (&geometry, i == 4 ? 200 : -200, 0);
      g_assert_true (fr_canvas_geometry_is_served (&geometry, &part));
      fr_canvas_geometry_move (&geometry, i == 4 ? 100 : -100, 0);
      g_assert_false (fr_canvas_geometry_is_served (&geometry, &part));
    }
}

/* Whatever the picture says that it is, and however large the screen, a part lies in it and is not too much. */
static void
test_part_is_bounded (void)
{
  g_autoptr (GRand) rand = fr_test_rand_new ();

  for (guint n = 0; n < 2000; n++)
    {
      double width = g_rand_int_range (rand, 1, 500000), height = g_rand_int_range (rand, 1, 500000);
      FrCanvasGeometry geometry = make (width, height, g_rand_int_range (rand, 1, 8000), g_rand_int_range (rand, 1, 5000),
                                        g_rand_int_range (rand, 1, 4));
      FrImagePart part;

      fr_canvas_geometry_zoom (&geometry, g_rand_double_range (rand, 0, 20), g_rand_double_range (rand, 0, 1000), 0);
      fr_canvas_geometry_move (&geometry, g_rand_double_range (rand, -1e6, 1e6), g_rand_double_range (rand, -1e6, 1e6));
      if (!fr_canvas_geometry_needs_part (&geometry))
        continue;
      fr_canvas_geometry_get_part (&geometry, &part);
      g_assert_true (fr_image_part_fits (&part, (guint) width, (guint) height));
      g_assert_cmpuint (part.max_width, >=, 1);
      g_assert_cmpuint (part.max_height, >=, 1);
      g_assert_cmpuint (part.max_width, <=, FR_CANVAS_MAX_SIDE);
      g_assert_cmpuint (part.max_height, <=, FR_CANVAS_MAX_SIDE);
      g_assert_cmpuint ((guint64) part.max_width * part.max_height, <=, FR_CANVAS_MAX_PART_PIXELS + FR_CANVAS_MAX_SIDE);
      g_assert_true (fr_canvas_geometry_is_served (&geometry, &part));
    }
}

/* The widget */

typedef struct
{
  GtkWidget *window;
  FrCanvas *canvas;
  guint n_wants, width, height;
  guint n_parts;
  FrImagePart part;
} Lab;

static void
want_cb (Lab *lab, guint width, guint height)
{
  lab->n_wants++;
  lab->width = width;
  lab->height = height;
}

static void
want_part_cb (Lab *lab, const FrImagePart *part)
{
  lab->n_parts++;
  lab->part = *part;
}

static void
lab_init (Lab *lab)
{
  *lab = (Lab){ gtk_window_new (), g_object_new (FR_TYPE_CANVAS, NULL) };
  g_signal_connect_swapped (lab->canvas, "want", G_CALLBACK (want_cb), lab);
  g_signal_connect_swapped (lab->canvas, "want-part", G_CALLBACK (want_part_cb), lab);
  gtk_window_set_child (GTK_WINDOW (lab->window), GTK_WIDGET (lab->canvas));
  gtk_window_set_default_size (GTK_WINDOW (lab->window), 400, 300);
  gtk_window_present (GTK_WINDOW (lab->window));
}

static GdkTexture *
make_texture (guint width, guint height)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (4 * width * height), 4 * width * height);

  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_R8G8B8A8, bytes, 4 * width);
}

static gboolean
has_wanted (gpointer data)
{
  return ((Lab *) data)->n_wants > 0;
}

static gboolean
has_wanted_twice (gpointer data)
{
  return ((Lab *) data)->n_wants > 1;
}

/* It asks for what it shows, and for more once it is looked at more closely; what is less sharp takes nothing away. */
static void
test_canvas (void)
{
  g_autoptr (GdkTexture) small = make_texture (80, 60), large = make_texture (160, 120);
  Lab lab;

  lab_init (&lab);
  fr_canvas_clear (lab.canvas, 1600, 1200, "Harbour");
  fr_test_wait_until (has_wanted, &lab, 5);
  g_assert_cmpuint (lab.width, >=, 300);
  g_assert_cmpuint (lab.width, <=, 400);
  g_assert_cmpuint (lab.height, <=, 300);
  fr_canvas_set_texture (lab.canvas, large);
  fr_canvas_set_texture (lab.canvas, small);
  g_assert_true (fr_canvas_get_texture (lab.canvas) == large);
  g_assert_true (fr_canvas_is_fit (lab.canvas));
  g_assert_false (fr_canvas_pan (lab.canvas, 1, 0));

  fr_canvas_zoom_to_actual (lab.canvas);
  g_assert_cmpuint (fr_canvas_get_percent (lab.canvas), ==, 100);
  g_assert_true (fr_canvas_pan (lab.canvas, 1, 0));
  fr_test_wait_until (has_wanted_twice, &lab, 5);
  g_assert_cmpuint (lab.width, ==, 1600);
  fr_canvas_zoom (lab.canvas, 1);
  g_assert_cmpuint (fr_canvas_get_percent (lab.canvas), ==, 125);
  fr_canvas_zoom_to_fit (lab.canvas);
  g_assert_true (fr_canvas_is_fit (lab.canvas));
  fr_canvas_clear (lab.canvas, 0, 0, "");
  g_assert_null (fr_canvas_get_texture (lab.canvas));
  gtk_window_destroy (GTK_WINDOW (lab.window));
}

/* Somebody may say that their picture has a shape that it does not have. */
static void
test_canvas_lies (void)
{
  g_autoptr (GdkTexture) preview = make_texture (90, 60), whole = make_texture (160, 120), wide = make_texture (400, 50);
  Lab lab;

  lab_init (&lab);
  fr_canvas_clear (lab.canvas, 1600, 1200, "Harbour");
  g_assert_true (fr_canvas_is_measured (lab.canvas));
  fr_canvas_set_texture (lab.canvas, preview);
  g_assert_false (fr_canvas_is_measured (lab.canvas));
  fr_canvas_set_texture (lab.canvas, whole);
  g_assert_true (fr_canvas_is_measured (lab.canvas));
  fr_canvas_set_texture (lab.canvas, wide);
  g_assert_false (fr_canvas_is_measured (lab.canvas));
  g_assert_false (fr_canvas_can_zoom (lab.canvas, 1));

  fr_canvas_clear (lab.canvas, 0, 0, "What it is is not known");
  fr_canvas_set_texture (lab.canvas, preview);
  g_assert_false (fr_canvas_is_measured (lab.canvas));
  gtk_window_destroy (GTK_WINDOW (lab.window));
}

static gboolean
has_wanted_part (gpointer data)
{
  return ((Lab *) data)->n_parts > 0;
}

static gboolean
has_no_part (gpointer data)
{
  return fr_canvas_get_part (((Lab *) data)->canvas) == NULL;
}

/* A part is asked for where one looks closely, once; what comes too late is not shown, and it goes when all is seen. */
static void
test_canvas_part (void)
{
  g_autoptr (GdkTexture) whole = make_texture (400, 300), piece = make_texture (60, 45);
  FrImagePart late;
  Lab lab;

  lab_init (&lab);
  fr_canvas_clear (lab.canvas, 12000, 9000, "Harbour");
  fr_test_wait_until (has_wanted, &lab, 5);
  g_assert_cmpuint (lab.width, <=, 400);
  fr_canvas_set_texture (lab.canvas, whole);
  g_assert_cmpuint (lab.n_parts, ==, 0);
  fr_canvas_zoom_to_actual (lab.canvas);
  fr_test_wait_until (has_wanted_part, &lab, 5);
  g_assert_true (fr_image_part_fits (&lab.part, 12000, 9000));
  g_assert_cmpuint (lab.part.width, <, 1000);
  late = lab.part;
  late.left += 8;
  fr_canvas_set_part (lab.canvas, piece, &late);
  g_assert_null (fr_canvas_get_part (lab.canvas));
  fr_canvas_set_part (lab.canvas, piece, &lab.part);
  g_assert_true (fr_canvas_get_part (lab.canvas) == piece);
  g_assert_true (fr_canvas_get_texture (lab.canvas) == whole);

  lab.n_parts = 0;
  for (guint n = 0; n < 5; n++)
    fr_canvas_pan (lab.canvas, 1, 1);
  fr_test_wait_until (has_wanted_part, &lab, 5);
  g_assert_cmpuint (lab.n_parts, ==, 1);
  g_assert_cmpuint (lab.n_wants, ==, 1);
  fr_canvas_zoom_to_fit (lab.canvas);
  fr_test_wait_until (has_no_part, &lab, 5);
  gtk_window_destroy (GTK_WINDOW (lab.window));
}

void
test_canvas_add (void)
{
  g_test_add_func ("/ui/canvas/fit", test_fit);
  g_test_add_func ("/ui/canvas/not-ready", test_not_ready);
  g_test_add_func ("/ui/canvas/about-the-pointer", test_about_the_pointer);
  g_test_add_func ("/ui/canvas/steps", test_steps);
  g_test_add_func ("/ui/canvas/not-measured", test_not_measured);
  g_test_add_func ("/ui/canvas/moves", test_moves);
  g_test_add_func ("/ui/canvas/view-changes", test_view_changes);
  g_test_add_func ("/ui/canvas/wanted", test_wanted);
  g_test_add_func ("/ui/canvas/part", test_part);
  g_test_add_func ("/ui/canvas/part-is-bounded", test_part_is_bounded);
  g_test_add_func ("/ui/canvas/widget", test_canvas);
  g_test_add_func ("/ui/canvas/widget-part", test_canvas_part);
  g_test_add_func ("/ui/canvas/lies", test_canvas_lies);
}
