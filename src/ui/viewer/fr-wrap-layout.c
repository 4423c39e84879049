/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wrap-layout.h"

struct _FrWrapLayout
{
  GtkLayoutManager parent_instance;

  /* state */
  int spacing;
};

G_DEFINE_FINAL_TYPE (FrWrapLayout, fr_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
get_next (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
measure_child (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

/* How many from the first stand on a line, and how high that is. */
static guint
measure_line (FrWrapLayout *self, GtkWidget *first, int width, int *out_height)
{
  guint n = 0;
  int used = 0;

  *out_height = 0;
  for (GtkWidget *child = get_next (first); child != NULL; child = get_next (gtk_widget_get_next_sibling (child)))
    {
      int child_width = measure_child (child, width), height;

      if (n > 0 && used + self->spacing + child_width > width)
        break;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &height, NULL, NULL);
      *out_height = MAX (*out_height, height);
      used += child_width + (n > 0 ? self->spacing : 0);
      n++;
    }
  return n;
}

static GtkWidget *
skip (GtkWidget *child, guint n)
{
  child = get_next (child);
  for (guint i = 0; i < n && child != NULL; i++)
    child = get_next (gtk_widget_get_next_sibling (child));
  return child;
}

static int
measure_height (FrWrapLayout *self, GtkWidget *widget, int width)
{
  GtkWidget *child = get_next (gtk_widget_get_first_child (widget));
  int total = 0;

  while (child != NULL)
    {
      int height;
      guint n = measure_line (self, child, width, &height);

      total += height + (total > 0 ? self->spacing : 0);
      child = skip (child, n);
    }
  return total;
}

static void
fr_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  FrWrapLayout *self = FR_WRAP_LAYOUT (manager);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = measure_height (self, widget, for_size < 0 ? G_MAXINT / 2 : for_size);
      return;
    }
  for (GtkWidget *child = get_next (gtk_widget_get_first_child (widget)); child != NULL;
       child = get_next (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing : 0);
    }
}

static void
allocate_line (FrWrapLayout *self, GtkWidget *child, guint n, int y, int width, int height)
{
  gboolean is_rtl = gtk_widget_get_direction (gtk_widget_get_parent (child)) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (guint i = 0; i < n; i++, child = get_next (gtk_widget_get_next_sibling (child)))
    {
      gboolean is_last = get_next (gtk_widget_get_next_sibling (child)) == NULL;
      int child_width = is_last ? width - x : measure_child (child, width);
      GtkAllocation allocation = { is_rtl ? width - x - child_width : x, y, child_width, height };

      gtk_widget_size_allocate (child, &allocation, -1);
      x += child_width + self->spacing;
    }
}

static void
fr_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  FrWrapLayout *self = FR_WRAP_LAYOUT (manager);
  GtkWidget *child = get_next (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL)
    {
      int line_height;
      guint n = measure_line (self, child, width, &line_height);

      allocate_line (self, child, n, y, width, line_height);
      y += line_height + self->spacing;
      child = skip (child, n);
    }
}

static GtkSizeRequestMode
fr_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fr_wrap_layout_class_init (FrWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = fr_wrap_layout_get_request_mode;
  manager_class->measure = fr_wrap_layout_measure;
  manager_class->allocate = fr_wrap_layout_allocate;
}

static void
fr_wrap_layout_init (FrWrapLayout *self)
{
}

/**
 * fr_wrap_layout_new:
 * @spacing: pixels between children, and between lines
 *
 * Returns: (transfer full): a layout
 */
GtkLayoutManager *
fr_wrap_layout_new (int spacing)
{
  FrWrapLayout *self = g_object_new (FR_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
