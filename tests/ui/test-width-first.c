/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "fr-width-first.h"
#include "tests.h"

/* A child that notes what it is asked for. */

#define PROBE_TYPE (probe_get_type ())
G_DECLARE_FINAL_TYPE (Probe, probe, PROBE, PROBE, GtkWidget)

struct _Probe
{
  GtkWidget parent_instance;
  int width_for; /* the height that its width was asked for */
  int height_for;
  int width, height; /* what it has got */
};

G_DEFINE_FINAL_TYPE (Probe, probe, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
probe_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
probe_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
               int *minimum_baseline, int *natural_baseline)
{
  Probe *self = PROBE_PROBE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    self->width_for = for_size;
  else
    self->height_for = for_size;
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 40 : 20;
  *natural = *minimum * 2;
}

static void
probe_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  Probe *self = PROBE_PROBE (widget);

  self->width = width;
  self->height = height;
}

static void
probe_class_init (ProbeClass *klass)
{
  GTK_WIDGET_CLASS (klass)->get_request_mode = probe_get_request_mode;
  GTK_WIDGET_CLASS (klass)->measure = probe_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = probe_size_allocate;
}

static void
probe_init (Probe *self)
{
  self->width_for = self->height_for = -2;
}

static GtkWidget *
make_bin (Probe **out_probe)
{
  GtkWidget *bin = g_object_ref_sink (g_object_new (ADW_TYPE_BIN, NULL));

  *out_probe = g_object_new (PROBE_TYPE, NULL);
  gtk_widget_set_layout_manager (bin, g_object_new (FR_TYPE_WIDTH_FIRST, NULL));
  adw_bin_set_child (ADW_BIN (bin), GTK_WIDGET (*out_probe));
  return bin;
}

static void
test_asks (void)
{
  Probe *probe;
  GtkWidget *bin = make_bin (&probe);
  int minimum, natural;

  g_assert_cmpint (gtk_widget_get_request_mode (bin), ==, GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH);
  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, 300, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (probe->width_for, ==, -1);
  g_assert_cmpint (minimum, ==, 40);
  g_assert_cmpint (natural, ==, 80);
  gtk_widget_measure (bin, GTK_ORIENTATION_VERTICAL, 300, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (probe->height_for, ==, 300);
  g_assert_cmpint (minimum, ==, 20);
  g_assert_cmpint (natural, ==, 40);
  gtk_widget_allocate (bin, 300, 200, -1, NULL);
  g_assert_cmpint (probe->width, ==, 300);
  g_assert_cmpint (probe->height, ==, 200);
  g_object_unref (bin);
}

/* What is not shown takes no room. */
static void
test_hidden (void)
{
  Probe *probe;
  GtkWidget *bin = make_bin (&probe);
  int minimum;

  gtk_widget_set_visible (GTK_WIDGET (probe), FALSE);
  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  g_assert_cmpint (probe->width_for, ==, -2);
  g_object_unref (bin);
}

void
test_width_first_add (void)
{
  g_test_add_func ("/ui/width-first/asks", test_asks);
  g_test_add_func ("/ui/width-first/hidden", test_hidden);
}
