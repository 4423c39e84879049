/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-distance-plot.h"

#include <glib/gi18n.h>

#include "fr-network-text.h"

#define HEIGHT 160
#define PADDING 6
#define DOT_RADIUS 3.5
#define MIN_STEPS 3 /* along, so that a few dots do not look like many */
#define GRID_ALPHA 0.2

struct _FrDistancePlot
{
  GtkWidget parent_instance;

  FrSearchTrace *trace; /* owned, nullable */
};

/* Where things are. */
typedef struct
{
  int left, top, width, height; /* of the field of the dots */
  guint n_steps;
  gint64 most_us;
} Field;

G_DEFINE_FINAL_TYPE (FrDistancePlot, fr_distance_plot, GTK_TYPE_WIDGET)

static guint
count (FrDistancePlot *self)
{
  return self->trace != NULL ? fr_search_trace_get_n_answers (self->trace) : 0;
}

static PangoLayout *
make_label (FrDistancePlot *self, char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  g_free (text);
  return layout;
}

static void
measure (FrDistancePlot *self, Field *field)
{
  g_autoptr (PangoLayout) label = NULL;
  int label_width, label_height;
  gint64 last_us = 0;

  field->n_steps = MIN_STEPS;
  for (guint i = 0; i < count (self); i++)
    {
      const FrTraceAnswer *answer = fr_search_trace_get_answer (self->trace, i);

      last_us = MAX (last_us, answer->delay_us);
      field->n_steps = MAX (field->n_steps, answer->hops);
    }
  field->most_us = fr_network_text_round_up_time (last_us);
  label = make_label (self, fr_network_text_describe_time (field->most_us));
  pango_layout_get_pixel_size (label, &label_width, &label_height);
  field->left = label_width + PADDING;
  field->top = label_height / 2 + 1;
  field->width = MAX (1, gtk_widget_get_width (GTK_WIDGET (self)) - field->left - PADDING);
  field->height = MAX (1, gtk_widget_get_height (GTK_WIDGET (self)) - field->top - label_height - PADDING);
}

static double
place_step (const Field *field, guint n_steps)
{
  return field->left + field->width * (n_steps - 0.5) / field->n_steps;
}

static double
place_time (const Field *field, gint64 us)
{
  return field->top + field->height * (1 - MIN (1, us / (double) field->most_us));
}

/* The scale is written from left to right, wherever the text is not. */
static double
turn (FrDistancePlot *self, double x, double width)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
             ? gtk_widget_get_width (GTK_WIDGET (self)) - x - width
             : x;
}

static void
draw_label (FrDistancePlot *self, GtkSnapshot *snapshot, PangoLayout *label, double x, double y, const GdkRGBA *colour)
{
  int width, height;

  pango_layout_get_pixel_size (label, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) turn (self, x, width), (float) y));
  gtk_snapshot_append_layout (snapshot, label, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_scales (FrDistancePlot *self, GtkSnapshot *snapshot, const Field *field, const GdkRGBA *colour)
{
  GdkRGBA grid = *colour;

  grid.alpha *= GRID_ALPHA;
  for (guint i = 0; i <= 2; i++)
    {
      gint64 us = field->most_us * i / 2;
      g_autoptr (PangoLayout) label = make_label (self, fr_network_text_describe_time (us));
      double y = place_time (field, us);
      int width, height;

      pango_layout_get_pixel_size (label, &width, &height);
      draw_label (self, snapshot, label, field->left - PADDING - width, y - height / 2.0, colour);
      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT ((float) turn (self, field->left, field->width), (float) y,
                                                      (float) field->width, 1));
    }
  for (guint i = 1; i <= field->n_steps; i++)
    {
      g_autoptr (PangoLayout) label = make_label (self, g_strdup_printf ("%u", i));
      int width;

      pango_layout_get_pixel_size (label, &width, NULL);
      draw_label (self, snapshot, label, place_step (field, i) - width / 2.0, field->top + field->height + PADDING, colour);
    }
}

static void
draw_dots (FrDistancePlot *self, GtkSnapshot *snapshot, const Field *field)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (context, "accent_color", &colour))
    gtk_style_context_get_color (context, &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint i = 0; i < count (self); i++)
    {
      const FrTraceAnswer *answer = fr_search_trace_get_answer (self->trace, i);

      cairo_arc (cr, turn (self, place_step (field, MAX (answer->hops, 1)), 0), place_time (field, answer->delay_us),
                 DOT_RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
fr_distance_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FrDistancePlot *self = FR_DISTANCE_PLOT (widget);
  GdkRGBA colour;
  Field field;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  measure (self, &field);
  draw_scales (self, snapshot, &field, &colour);
  draw_dots (self, snapshot, &field);
}

static void
fr_distance_plot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 200;
}

static void
describe (FrDistancePlot *self)
{
  g_autofree char *text = NULL;
  gint64 first_us = G_MAXINT64, last_us = 0;

  for (guint i = 0; i < count (self); i++)
    {
      gint64 us = fr_search_trace_get_answer (self->trace, i)->delay_us;

      first_us = MIN (first_us, us);
      last_us = MAX (last_us, us);
    }
  text = fr_network_text_describe_times (count (self), count (self) > 0 ? first_us : 0, last_us);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
fr_distance_plot_finalize (GObject *object)
{
  g_clear_object (&FR_DISTANCE_PLOT (object)->trace);
  G_OBJECT_CLASS (fr_distance_plot_parent_class)->finalize (object);
}

static void
fr_distance_plot_class_init (FrDistancePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fr_distance_plot_finalize;
  widget_class->measure = fr_distance_plot_measure;
  widget_class->snapshot = fr_distance_plot_snapshot;
  gtk_widget_class_set_css_name (widget_class, "distanceplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fr_distance_plot_init (FrDistancePlot *self)
{
  describe (self);
}

/**
 * fr_distance_plot_set_trace:
 * @self: a plot
 * @trace: (nullable): a search
 *
 * Shows its answers, and those that come.
 */
void
fr_distance_plot_set_trace (FrDistancePlot *self, FrSearchTrace *trace)
{
  if (self->trace == trace)
    return;
  if (self->trace != NULL)
    g_signal_handlers_disconnect_by_func (self->trace, describe, self);
  g_set_object (&self->trace, trace);
  if (trace != NULL)
    g_signal_connect_object (trace, "answer", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
  describe (self);
}
