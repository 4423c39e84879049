/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfer-ring.h"

#include <math.h>

#define SIZE 16
#define RADIUS 7.0
#define LINE 2.0
#define TRACK_ALPHA 0.25

struct _FrTransferRing
{
  GtkWidget parent_instance;

  /* state */
  double share;
  gboolean is_alarming;
};

G_DEFINE_FINAL_TYPE (FrTransferRing, fr_transfer_ring, GTK_TYPE_WIDGET)

static void
draw_arrow (cairo_t *cr)
{
  cairo_move_to (cr, 0, -3.5);
  cairo_line_to (cr, 0, 3);
  cairo_move_to (cr, -2.75, 0.5);
  cairo_line_to (cr, 0, 3.25);
  cairo_line_to (cr, 2.75, 0.5);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_mark (cairo_t *cr)
{
  cairo_move_to (cr, 0, -3.5);
  cairo_line_to (cr, 0, 0.75);
  cairo_move_to (cr, 0, 3.5);
  cairo_line_to (cr, 0, 3.5);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (cr);
}

static void
fr_transfer_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FrTransferRing *self = FR_TRANSFER_RING (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA colour;
  cairo_t *cr;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_width (cr, LINE);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha * TRACK_ALPHA);
  cairo_arc (cr, 0, 0, RADIUS, 0, 2 * M_PI);
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, &colour);
  if (self->share > 0)
    {
      cairo_arc (cr, 0, 0, RADIUS, -M_PI / 2, -M_PI / 2 + self->share * 2 * M_PI);
      cairo_stroke (cr);
    }
  if (self->is_alarming)
    draw_mark (cr);
  else
    draw_arrow (cr);
  cairo_destroy (cr);
}

static void
fr_transfer_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
fr_transfer_ring_class_init (FrTransferRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = fr_transfer_ring_measure;
  widget_class->snapshot = fr_transfer_ring_snapshot;
  gtk_widget_class_set_css_name (widget_class, "transferring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fr_transfer_ring_init (FrTransferRing *self)
{
}

/**
 * fr_transfer_ring_show:
 * @self: a ring
 * @share: how much of it is closed, from 0 to 1
 * @is_alarming: whether something did not come
 */
void
fr_transfer_ring_show (FrTransferRing *self, double share, gboolean is_alarming)
{
  if (self->share == share && self->is_alarming == is_alarming)
    return;
  self->share = CLAMP (share, 0, 1);
  self->is_alarming = is_alarming;
  if (is_alarming)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
fr_transfer_ring_get_share (FrTransferRing *self)
{
  return self->share;
}
