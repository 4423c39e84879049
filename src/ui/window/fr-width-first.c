/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-width-first.h"

/**
 * FrWidthFirst:
 *
 * Gives each child all of the room, as #GtkBinLayout does, but never asks how wide they have to be for a height. A window
 * asks that of its content after each change, and labels that wrap find out by trying: that takes longer than a frame, for
 * a number that is of no use where everything fits into the least width.
 */
struct _FrWidthFirst
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (FrWidthFirst, fr_width_first, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
fr_width_first_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fr_width_first_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, &child_minimum,
                          &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
fr_width_first_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
fr_width_first_class_init (FrWidthFirstClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = fr_width_first_get_request_mode;
  manager_class->measure = fr_width_first_measure;
  manager_class->allocate = fr_width_first_allocate;
}

static void
fr_width_first_init (FrWidthFirst *self)
{
}
