/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-columns-layout.h"

struct _FrColumnsLayout
{
  GtkLayoutManager parent_instance;

  /* state */
  int spacing;
  gboolean stacked;
};

G_DEFINE_FINAL_TYPE (FrColumnsLayout, fr_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

#define FOR_EACH(child, widget)                                                                                        \
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;                             \
       child = next_shown (gtk_widget_get_next_sibling (child)))

static int
count (GtkWidget *widget)
{
  int n = 0;

  FOR_EACH (child, widget)
    n++;
  return MAX (n, 1);
}

/* Of each. */
static int
get_width (FrColumnsLayout *self, GtkWidget *widget, int width)
{
  int n = count (widget);

  return self->stacked ? width : (width - (n - 1) * self->spacing) / n;
}

static GtkSizeRequestMode
fr_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fr_columns_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  FrColumnsLayout *self = FR_COLUMNS_LAYOUT (manager);
  gboolean is_along = self->stacked == (orientation == GTK_ORIENTATION_VERTICAL); /* one after the other */
  int n = count (widget), most_least = 0, most = 0, sum_least = 0, sum = 0;

  FOR_EACH (child, widget)
    {
      int width = for_size < 0 || orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : get_width (self, widget, for_size);
      int child_least, child_natural, least_width;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
      if (width >= 0)
        width = MAX (width, least_width);
      gtk_widget_measure (child, orientation, width, &child_least, &child_natural, NULL, NULL);
      most_least = MAX (most_least, child_least);
      most = MAX (most, child_natural);
      sum_least += child_least;
      sum += child_natural;
    }
  *minimum = is_along && orientation == GTK_ORIENTATION_VERTICAL ? sum_least + (n - 1) * self->spacing : most_least;
  *natural = is_along ? sum + (n - 1) * self->spacing : most;
}

static void
fr_columns_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  FrColumnsLayout *self = FR_COLUMNS_LAYOUT (manager);
  gboolean turns = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int each = get_width (self, widget, width), left = height, x = 0, y = 0;

  fr_columns_layout_measure (manager, widget, GTK_ORIENTATION_VERTICAL, width, &left, &(int){ 0 }, NULL, NULL);
  left = MAX (0, height - left); /* for the first that wants it */
  FOR_EACH (child, widget)
    {
      int least_width, least_height, child_width, child_height = height;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
      child_width = MAX (each, least_width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, &least_height, NULL, NULL, NULL);
      if (self->stacked)
        {
          child_height = least_height + (gtk_widget_compute_expand (child, GTK_ORIENTATION_VERTICAL) ? left : 0);
          left -= child_height - least_height;
        }
      gtk_widget_size_allocate (child, &(GtkAllocation){ turns ? width - x - child_width : x, y, child_width, child_height },
                                -1);
      if (self->stacked)
        y += child_height + self->spacing;
      else
        x += each + self->spacing;
    }
}

static void
fr_columns_layout_class_init (FrColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = fr_columns_layout_get_request_mode;
  layout_class->measure = fr_columns_layout_measure;
  layout_class->allocate = fr_columns_layout_allocate;
}

static void
fr_columns_layout_init (FrColumnsLayout *self)
{
}

/**
 * fr_columns_layout_new:
 * @spacing: between them, in pixels
 *
 * Returns: (transfer full): a layout, beside each other
 */
GtkLayoutManager *
fr_columns_layout_new (int spacing)
{
  FrColumnsLayout *self = g_object_new (FR_TYPE_COLUMNS_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}

/**
 * fr_columns_layout_set_stacked:
 * @self: a layout
 * @stacked: whether they stand below each other
 */
void
fr_columns_layout_set_stacked (FrColumnsLayout *self, gboolean stacked)
{
  if (self->stacked == stacked)
    return;
  self->stacked = stacked;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
