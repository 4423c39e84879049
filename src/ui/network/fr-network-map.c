/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-map.h"

#include <glib/gi18n.h>
#include <math.h>

#include "fr-network-layout.h"
#include "fr-network-node.h"
#include "fr-search-wave.h"

#define GAP 6
#define NATURAL_WIDTH 420
#define MOST_NATURAL_HEIGHT 480
#define ANSWER_RADIUS 4
#define WAVE_LINE 3
#define WAVE_ALPHA 0.7

struct _FrNetworkMap
{
  GtkWidget parent_instance;

  /* owned */
  GListModel *links; /* nullable */
  FrSearchWave *wave;
  GPtrArray *nodes;  /* of FrNetworkNode, in the order of the links; children */
  GtkWidget *own;    /* oneself; a child */

  /* state */
  FrNetworkSpace space; /* as it was allocated */
  FrNetworkPoint points[FR_NETWORK_LAYOUT_MAX];
  guint tick; /* while something moves */
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrNetworkMap, fr_network_map, GTK_TYPE_WIDGET)

/* Motion */

static gint64
now (FrNetworkMap *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  return clock != NULL ? gdk_frame_clock_get_frame_time (clock) : g_get_monotonic_time ();
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  FrNetworkMap *self = FR_NETWORK_MAP (widget);

  gtk_widget_queue_draw (widget);
  if (fr_search_wave_is_moving (self->wave, gdk_frame_clock_get_frame_time (clock)))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* Whether there is to be any; where not, what was begun is over. */
static gboolean
may_move (FrNetworkMap *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && adw_get_enable_animations (GTK_WIDGET (self)))
    return TRUE;
  fr_search_wave_end (self->wave);
  return FALSE;
}

static void
move (FrNetworkMap *self)
{
  if (self->tick == 0 && fr_search_wave_is_moving (self->wave, now (self)))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* Who is on it */

static void
clicked_cb (FrNetworkMap *self, FrNetworkNode *node)
{
  g_signal_emit (self, signals[OPEN], 0, fr_network_link_get_person (fr_network_node_get_link (node)));
}

static void
redraw_cb (FrNetworkMap *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkWidget *
make_node (FrNetworkMap *self, guint position)
{
  g_autoptr (FrNetworkLink) link = g_list_model_get_item (self->links, position);
  GtkWidget *node = fr_network_node_new (link);
  GtkWidget *before = position > 0 ? g_ptr_array_index (self->nodes, position - 1) : self->own;

  g_signal_connect_object (node, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "changed", G_CALLBACK (redraw_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_after (node, GTK_WIDGET (self), before);
  return node;
}

/* Whoever had the focus and is gone leaves it to a neighbour. */
static void
pass_focus_on (FrNetworkMap *self, guint position)
{
  GtkWidget *next = position + 1 < self->nodes->len ? g_ptr_array_index (self->nodes, position + 1)
                    : position > 0                  ? g_ptr_array_index (self->nodes, position - 1)
                                                    : NULL;

  if (gtk_widget_has_focus (g_ptr_array_index (self->nodes, position)) && next != NULL)
    gtk_widget_grab_focus (next);
}

static void
items_changed_cb (GListModel *links, guint position, guint n_removed, guint n_added, FrNetworkMap *self)
{
  for (guint i = 0; i < n_removed; i++)
    {
      pass_focus_on (self, position);
      gtk_widget_unparent (g_ptr_array_index (self->nodes, position));
      g_ptr_array_remove_index (self->nodes, position);
    }
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->nodes, (int) (position + i), make_node (self, position + i));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
find_node (FrNetworkMap *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->nodes->len; i++)
    if (fr_network_link_has_key (fr_network_node_get_link (g_ptr_array_index (self->nodes, i)), key))
      return (int) i;
  return -1;
}

/* Where */

/* All have the size of the largest. */
static void
measure_nodes (FrNetworkMap *self, FrNetworkSpace *space, int *out_least_width)
{
  int least, natural, width = 0;

  *out_least_width = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
      *out_least_width = MAX (*out_least_width, least);
      width = MAX (width, natural);
    }
  space->node_width = MAX (*out_least_width, MIN (width, (space->width - 2 * GAP) / 3));
  space->node_height = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, space->node_width, &least, &natural, NULL, NULL);
      space->node_height = MAX (space->node_height, natural);
    }
  space->n_nodes = self->nodes->len;
}

static GtkSizeRequestMode
fr_network_map_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fr_network_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  FrNetworkMap *self = FR_NETWORK_MAP (widget);
  FrNetworkSpace space = { .width = for_size > 0 ? for_size : 320 };
  int least_width;

  measure_nodes (self, &space, &least_width);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 3 * least_width + 2 * GAP;
      *natural = MAX (*minimum, NATURAL_WIDTH);
    }
  else
    {
      *minimum = fr_network_layout_get_height (&space);
      *natural = MAX (*minimum, MIN (space.width * 3 / 4, MOST_NATURAL_HEIGHT));
    }
}

static void
allocate_child (FrNetworkMap *self, GtkWidget *child, FrNetworkPoint point)
{
  GtkAllocation place = { (int) (point.x - self->space.node_width / 2.0), (int) (point.y - self->space.node_height / 2.0),
                          self->space.node_width, self->space.node_height };

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    place.x = self->space.width - place.x - place.width;
  gtk_widget_size_allocate (child, &place, -1);
}

static void
fr_network_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FrNetworkMap *self = FR_NETWORK_MAP (widget);
  int least_width;

  self->space = (FrNetworkSpace) { .width = width, .height = height };
  measure_nodes (self, &self->space, &least_width);
  fr_network_layout_place (&self->space, self->points);
  for (guint i = 0; i < MIN (self->nodes->len, FR_NETWORK_LAYOUT_MAX); i++)
    allocate_child (self, g_ptr_array_index (self->nodes, i), self->points[i]);
  allocate_child (self, self->own, fr_network_layout_get_middle (&self->space));
}

/* How it looks */

static void
get_colour (FrNetworkMap *self, const char *name, GdkRGBA *out_colour)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (!gtk_style_context_lookup_color (context, name, out_colour))
    gtk_style_context_get_color (context, out_colour);
}

static void
choose_line (FrNetworkMap *self, cairo_t *cr, const FrNetworkLinkFacts *facts)
{
  static const struct
  {
    const char *colour;
    double width;
  } looks[] = {
    [FR_DELAY_UNKNOWN] = { "fg", 1.5 },
    [FR_DELAY_SHORT] = { "success_color", 4 },
    [FR_DELAY_LONG] = { "warning_color", 3 },
    [FR_DELAY_VERY_LONG] = { "error_color", 2 },
  };
  static const double dots[] = { 0.5, 6 }, dashes[] = { 10, 6 };
  FrDelayClass delay = facts->is_here ? fr_network_text_judge_delay (facts->round_trip_us) : FR_DELAY_UNKNOWN;
  GdkRGBA colour;

  get_colour (self, looks[delay].colour, &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, facts->is_here ? looks[delay].width : 3);
  cairo_set_line_cap (cr, facts->is_here ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  if (!facts->is_here)
    cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  else
    cairo_set_dash (cr, dashes, facts->is_relayed ? G_N_ELEMENTS (dashes) : 0, 0);
}

static void
draw_links (FrNetworkMap *self, cairo_t *cr)
{
  FrNetworkPoint middle = fr_network_layout_get_middle (&self->space);

  for (guint i = 0; i < MIN (self->nodes->len, FR_NETWORK_LAYOUT_MAX); i++)
    {
      FrNetworkPoint from = fr_network_layout_leave (&self->space, middle, self->points[i]);
      FrNetworkPoint to = fr_network_layout_leave (&self->space, self->points[i], middle);
      FrNetworkLinkFacts facts;

      fr_network_link_get_facts (fr_network_node_get_link (g_ptr_array_index (self->nodes, i)), &facts);
      choose_line (self, cr, &facts);
      cairo_move_to (cr, from.x, from.y);
      cairo_line_to (cr, to.x, to.y);
      cairo_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_front (FrNetworkMap *self, cairo_t *cr, gint64 now_us)
{
  FrNetworkPoint middle = fr_network_layout_get_middle (&self->space);
  double alpha = fr_search_wave_get_alpha (self->wave, now_us), x, y;
  GdkRGBA colour;

  fr_network_layout_get_front (&self->space, fr_search_wave_get_front (self->wave, now_us),
                               fr_search_wave_get_n_steps (self->wave), &x, &y);
  if (alpha <= 0 || x <= 0 || y <= 0)
    return;
  get_colour (self, "accent_color", &colour);
  cairo_save (cr);
  cairo_translate (cr, middle.x, middle.y);
  cairo_scale (cr, x, y);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, alpha * WAVE_ALPHA);
  cairo_set_line_width (cr, WAVE_LINE);
  cairo_stroke (cr);
}

static void
draw_answers (FrNetworkMap *self, cairo_t *cr, gint64 now_us)
{
  FrWaveAnswer answers[FR_SEARCH_WAVE_MAX_ANSWERS];
  guint n = fr_search_wave_list_answers (self->wave, now_us, answers);
  guint n_steps = fr_search_wave_get_n_steps (self->wave);
  GdkRGBA colour;

  get_colour (self, "accent_color", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint i = 0; i < n; i++)
    {
      int node = find_node (self, &answers[i].link);
      FrNetworkPoint point;

      if (node < 0)
        continue;
      point = fr_network_layout_find (&self->space, self->points[node], answers[i].steps, n_steps);
      cairo_arc (cr, point.x, point.y, ANSWER_RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
fr_network_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FrNetworkMap *self = FR_NETWORK_MAP (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  draw_links (self, cr);
  draw_front (self, cr, now (self));
  draw_answers (self, cr, now (self));
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (fr_network_map_parent_class)->snapshot (widget, snapshot);
}

static void
fr_network_map_unmap (GtkWidget *widget)
{
  fr_search_wave_end (FR_NETWORK_MAP (widget)->wave);
  GTK_WIDGET_CLASS (fr_network_map_parent_class)->unmap (widget);
}

static void
fr_network_map_dispose (GObject *object)
{
  FrNetworkMap *self = FR_NETWORK_MAP (object);

  fr_network_map_set_links (self, NULL);
  g_clear_pointer (&self->own, gtk_widget_unparent);
  G_OBJECT_CLASS (fr_network_map_parent_class)->dispose (object);
}

static void
fr_network_map_finalize (GObject *object)
{
  FrNetworkMap *self = FR_NETWORK_MAP (object);

  fr_search_wave_free (self->wave);
  g_ptr_array_unref (self->nodes);
  G_OBJECT_CLASS (fr_network_map_parent_class)->finalize (object);
}

static void
fr_network_map_class_init (FrNetworkMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_network_map_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_network_map_finalize;
  widget_class->get_request_mode = fr_network_map_get_request_mode;
  widget_class->measure = fr_network_map_measure;
  widget_class->size_allocate = fr_network_map_size_allocate;
  widget_class->snapshot = fr_network_map_snapshot;
  widget_class->unmap = fr_network_map_unmap;
  signals[OPEN] = g_signal_new ("open", FR_TYPE_NETWORK_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_PERSON);
  gtk_widget_class_set_css_name (widget_class, "networkmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
fr_network_map_init (FrNetworkMap *self)
{
  self->wave = fr_search_wave_new ();
  self->nodes = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People who are connected to you"),
                                  -1);
  fr_network_map_set_own_name (self, "");
}

/**
 * fr_network_map_set_links:
 * @self: a map
 * @links: (nullable): of #FrNetworkLink
 *
 * Shows them.
 */
void
fr_network_map_set_links (FrNetworkMap *self, GListModel *links)
{
  if (self->links != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->links, items_changed_cb, self);
      items_changed_cb (self->links, 0, self->nodes->len, 0, self);
    }
  g_set_object (&self->links, links);
  if (links == NULL)
    return;
  g_signal_connect_object (links, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  items_changed_cb (links, 0, 0, g_list_model_get_n_items (links), self);
}

/**
 * fr_network_map_set_own_name:
 * @self: a map
 * @name: of the person in the middle
 */
void
fr_network_map_set_own_name (FrNetworkMap *self, const char *name)
{
  GtkWidget *detail;

  g_clear_pointer (&self->own, gtk_widget_unparent);
  self->own = fr_network_node_make_content (name, &detail);
  gtk_label_set_label (GTK_LABEL (detail), _ ("You"));
  gtk_widget_add_css_class (self->own, "network-own");
  gtk_widget_insert_after (self->own, GTK_WIDGET (self), NULL);
}

/**
 * fr_network_map_begin_search:
 * @self: a map
 *
 * A search begins here. It runs out as fr_network_map_reach() says; with reduced motion, or where nobody looks, it does
 * not.
 */
void
fr_network_map_begin_search (FrNetworkMap *self)
{
  if (may_move (self))
    fr_search_wave_begin (self->wave, now (self));
}

/**
 * fr_network_map_reach:
 * @self: a map
 * @n_steps: how far away the farthest are whom the search has come to
 */
void
fr_network_map_reach (FrNetworkMap *self, guint n_steps)
{
  if (!may_move (self))
    return;
  fr_search_wave_reach (self->wave, n_steps, now (self));
  move (self);
}

/**
 * fr_network_map_answer:
 * @self: a map
 * @link: whom an answer has come by
 * @n_steps: how far away those are who answered
 */
void
fr_network_map_answer (FrNetworkMap *self, const FrPeerKey *link, guint n_steps)
{
  if (!may_move (self))
    return;
  fr_search_wave_answer (self->wave, link, n_steps, now (self));
  move (self);
}

gboolean
fr_network_map_is_moving (FrNetworkMap *self)
{
  return self->tick != 0;
}
