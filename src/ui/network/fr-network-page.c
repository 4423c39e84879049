/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-page.h"

#include <glib/gi18n.h>

#include "fr-announce.h"
#include "fr-columns-layout.h"
#include "fr-distance-plot.h"
#include "fr-network-links.h"
#include "fr-network-text.h"
#include "fr-trace-row.h"

struct _FrNetworkPage
{
  AdwBin parent_instance;

  /* template widgets */
  GtkInfoBar *notice;
  GtkLabel *notice_label;
  GtkStack *stack;
  FrNetworkMap *map;
  GtkLabel *status;
  GtkWidget *right;
  GtkWidget *hint;
  GtkWidget *searches;
  GtkListBox *list;
  GtkWidget *times;
  GtkLabel *times_of;
  FrDistancePlot *plot;
  GtkWidget *invite_button;
  GtkWidget *search_button;

  /* borrowed from the widget */
  FrColumnsLayout *columns;

  /* owned */
  FrNode *node;
  FrNetworkLinks *links;
  FrSearchTrace *trace; /* nullable: the last search */

  /* state */
  gboolean narrow;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrNetworkPage, fr_network_page, ADW_TYPE_BIN)

/* What there is */

static void
update (FrNetworkPage *self)
{
  gboolean is_alone = g_list_model_get_n_items (G_LIST_MODEL (self->links)) == 0;
  gboolean has_asked = self->trace != NULL;
  gboolean has_answers = has_asked && fr_search_trace_get_n_answers (self->trace) > 0;

  gtk_stack_set_visible_child_name (self->stack, is_alone ? "alone" : "map");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), is_alone && !has_asked);
  gtk_widget_set_visible (self->hint, !has_asked && !is_alone);
  gtk_widget_set_visible (self->searches, has_asked);
  gtk_widget_set_visible (self->times, has_answers);
  gtk_widget_set_visible (GTK_WIDGET (self->status), has_asked);
  gtk_widget_set_visible (self->right, has_asked || !is_alone);
}

static void
update_notice (FrNetworkPage *self)
{
  FrNodeState state = fr_node_get_state (self->node);

  if (state == FR_NODE_OFFLINE)
    gtk_label_set_label (self->notice_label,
                         _ ("You have no meeting point. The people who are connected stay so."));
  else if (state == FR_NODE_WAITING || state == FR_NODE_FAILED)
    gtk_label_set_label (self->notice_label,
                         _ ("You are not at your meeting point now. The people who are connected stay so."));
  gtk_info_bar_set_revealed (self->notice,
                             state == FR_NODE_OFFLINE || state == FR_NODE_WAITING || state == FR_NODE_FAILED);
}

/* The last search */

static void
show_trace (FrNetworkPage *self)
{
  g_autofree char *text = fr_network_text_describe_search (
      fr_search_trace_get_words (self->trace), fr_search_trace_get_n_asked (self->trace),
      fr_search_trace_get_n_answered (self->trace), fr_search_trace_get_listening (self->trace));

  if (g_str_equal (gtk_label_get_label (self->status), text))
    return;
  gtk_label_set_label (self->status, text);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fr_announce_progress (GTK_WIDGET (self), text);
}

static void
trace_changed_cb (FrNetworkPage *self)
{
  fr_network_map_reach (self->map, fr_search_trace_get_n_steps (self->trace));
  show_trace (self);
  update (self);
}

static void
run_back (FrNetworkPage *self, guint index)
{
  const FrTraceAnswer *answer = fr_search_trace_get_answer (self->trace, index);

  fr_network_map_answer (self->map, &answer->via, answer->hops);
}

static void
answer_cb (FrNetworkPage *self, guint index)
{
  run_back (self, index);
  update (self);
}

/* Whoever comes from where it was asked sees what became of it until now, and then what is new. */
static void
run_out (FrNetworkPage *self)
{
  if (self->trace == NULL || !fr_search_trace_get_listening (self->trace))
    return;
  fr_network_map_begin_search (self->map);
  fr_network_map_reach (self->map, fr_search_trace_get_n_steps (self->trace));
  for (guint i = 0; i < fr_search_trace_get_n_answers (self->trace); i++)
    run_back (self, i);
}

static void
traces_changed_cb (FrNetworkPage *self)
{
  g_autoptr (FrSearchTrace) trace = g_list_model_get_item (G_LIST_MODEL (fr_node_get_search_traces (self->node)), 0);
  g_autofree char *of = NULL;

  if (trace == NULL || trace == self->trace)
    return;
  if (self->trace != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->trace, trace_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->trace, answer_cb, self);
    }
  g_set_object (&self->trace, trace);
  g_signal_connect_object (trace, "changed", G_CALLBACK (trace_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (trace, "answer", G_CALLBACK (answer_cb), self, G_CONNECT_SWAPPED);
  fr_distance_plot_set_trace (self->plot, trace);
  /* Translators: what was looked for */
  of = g_strdup_printf (_ ("Answers to “%s”"), fr_search_trace_get_words (trace));
  gtk_label_set_label (self->times_of, of);
  run_out (self);
  show_trace (self);
  update (self);
}

static GtkWidget *
create_row (gpointer trace, gpointer data)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), fr_trace_row_new (trace));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE); /* what opens its table is */
  return row;
}

static void
open_cb (FrNetworkPage *self, FrPerson *person)
{
  g_signal_emit (self, signals[OPEN], 0, person);
}

static void
name_cb (FrNetworkPage *self)
{
  const char *name = fr_node_get_name (self->node);

  fr_network_map_set_own_name (self->map, name != NULL ? name : "");
}

static void
fr_network_page_map (GtkWidget *widget)
{
  FrNetworkPage *self = FR_NETWORK_PAGE (widget);

  GTK_WIDGET_CLASS (fr_network_page_parent_class)->map (widget);
  if (self->links == NULL)
    return;
  fr_network_links_set_active (self->links, TRUE);
  run_out (self);
}

static void
fr_network_page_unmap (GtkWidget *widget)
{
  FrNetworkPage *self = FR_NETWORK_PAGE (widget);

  if (self->links != NULL)
    fr_network_links_set_active (self->links, FALSE);
  GTK_WIDGET_CLASS (fr_network_page_parent_class)->unmap (widget);
}

static void
fr_network_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, FR_NETWORK_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_network_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FrNetworkPage *self = FR_NETWORK_PAGE (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (g_value_get_boolean (value) == self->narrow)
    return;
  self->narrow = g_value_get_boolean (value);
  fr_columns_layout_set_stacked (self->columns, self->narrow);
  g_object_notify_by_pspec (object, pspec);
}

static void
fr_network_page_dispose (GObject *object)
{
  FrNetworkPage *self = FR_NETWORK_PAGE (object);

  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_NETWORK_PAGE);
  g_clear_object (&self->links);
  g_clear_object (&self->trace);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_network_page_parent_class)->dispose (object);
}

static void
fr_network_page_class_init (FrNetworkPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = fr_network_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = fr_network_page_set_property;
  G_OBJECT_CLASS (klass)->dispose = fr_network_page_dispose;
  widget_class->map = fr_network_page_map;
  widget_class->unmap = fr_network_page_unmap;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_NETWORK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_PERSON);
  g_type_ensure (FR_TYPE_NETWORK_MAP);
  g_type_ensure (FR_TYPE_DISTANCE_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-network-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, notice);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, map);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, status);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, right);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, hint);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, searches);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, list);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, times);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, times_of);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, plot);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, invite_button);
  gtk_widget_class_bind_template_child (widget_class, FrNetworkPage, search_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
fr_network_page_init (FrNetworkPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->columns = FR_COLUMNS_LAYOUT (fr_columns_layout_new (24));
  gtk_widget_set_layout_manager (gtk_widget_get_parent (self->right), GTK_LAYOUT_MANAGER (self->columns));
}

/**
 * fr_network_page_set_node:
 * @self: a page
 * @node: whose network it shows; once
 */
void
fr_network_page_set_node (FrNetworkPage *self, FrNode *node)
{
  FrSearchTraces *traces = fr_node_get_search_traces (node);

  g_set_object (&self->node, node);
  self->links = fr_network_links_new (node);
  g_signal_connect_object (self->links, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  fr_network_map_set_links (self->map, G_LIST_MODEL (self->links));
  g_signal_connect_object (node, "notify::name", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  name_cb (self);
  g_signal_connect_object (node, "notify::state", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  update_notice (self);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (traces), create_row, NULL, NULL);
  g_signal_connect_object (traces, "items-changed", G_CALLBACK (traces_changed_cb), self, G_CONNECT_SWAPPED);
  traces_changed_cb (self);
  update (self);
}

/**
 * fr_network_page_take_focus:
 * @self: a page
 *
 * Gives the focus to the first one on the map, or to what leads on from an empty page.
 */
void
fr_network_page_take_focus (FrNetworkPage *self)
{
  GtkWidget *first = gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (self->map)));

  gtk_widget_grab_focus (first != NULL ? first : self->invite_button);
}

FrNetworkMap *
fr_network_page_get_map (FrNetworkPage *self)
{
  return self->map;
}
