/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-start.h"

#include "fr-recent-row.h"
#include "fr-wish-row.h"
#include "fr-wish-toast.h"

#define UPDATE_SECONDS 30 /* "Asked 5 minutes ago" */

struct _FrSearchStart
{
  AdwBin parent_instance;

  /* template widgets */
  GtkWidget *wishes_group;
  GtkWidget *searches_group;
  GtkListBox *wishes_list;
  GtkListBox *searches_list;

  /* owned */
  FrNode *node;

  /* state */
  guint timer_id; /* while it is shown */
};

enum
{
  SHOW,
  ASK,
  CHANGED,
  EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrSearchStart, fr_search_start, ADW_TYPE_BIN)

static guint
count (gpointer model)
{
  return g_list_model_get_n_items (model);
}

static void
update (FrSearchStart *self)
{
  gtk_widget_set_visible (self->wishes_group, count (fr_node_get_wishes (self->node)) > 0);
  gtk_widget_set_visible (self->searches_group, count (fr_node_get_recent_searches (self->node)) > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is at that place by now, or before it, or in the other list. */
static void
focus_near (FrSearchStart *self, GtkListBox *list, int index)
{
  GtkListBox *other = list == self->wishes_list ? self->searches_list : self->wishes_list;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, index);

  if (row == NULL && index > 0)
    row = gtk_list_box_get_row_at_index (list, index - 1);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (other, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    g_signal_emit (self, signals[EMPTIED], 0);
}

/* Wishes */

static void
remove_wish_cb (FrSearchStart *self, FrWishRow *row)
{
  FrWishes *wishes = fr_node_get_wishes (self->node);
  g_autoptr (FrWish) wish = g_object_ref (fr_wish_row_get_wish (row));
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  fr_wishes_remove (wishes, wish);
  focus_near (self, self->wishes_list, index);
  fr_wish_toast_removed (GTK_WIDGET (self), wishes, wish);
}

static GtkWidget *
make_wish_row (gpointer wish, gpointer data)
{
  FrSearchStart *self = data;
  FrWishRow *row = fr_wish_row_new (wish, fr_node_get_people (self->node));

  g_signal_connect_object (row, "remove", G_CALLBACK (remove_wish_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (row);
}

static void
wish_activated_cb (FrSearchStart *self, FrWishRow *row)
{
  g_signal_emit (self, signals[SHOW], 0, fr_wish_row_get_wish (row));
}

/* Recent searches */

static void
remove_search_cb (FrSearchStart *self, FrRecentRow *row)
{
  g_autoptr (FrRecentSearch) search = g_object_ref (fr_recent_row_get_search (row));
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  fr_recent_searches_forget (fr_node_get_recent_searches (self->node), fr_recent_search_get_words (search));
  focus_near (self, self->searches_list, index);
}

static GtkWidget *
make_search_row (gpointer search, gpointer data)
{
  FrRecentRow *row = fr_recent_row_new (search);

  g_signal_connect_object (row, "remove", G_CALLBACK (remove_search_cb), data, G_CONNECT_SWAPPED);
  return GTK_WIDGET (row);
}

static void
search_activated_cb (FrSearchStart *self, FrRecentRow *row)
{
  g_signal_emit (self, signals[ASK], 0, fr_recent_row_get_search (row));
}

static void
forget_all_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  FrSearchStart *self = FR_SEARCH_START (widget);

  fr_recent_searches_forget_all (fr_node_get_recent_searches (self->node));
  focus_near (self, self->searches_list, 0);
}

/* From the last row of one list on to the other. */
static gboolean
keynav_failed_cb (FrSearchStart *self, GtkDirectionType direction, GtkListBox *list)
{
  gboolean is_first = list == self->wishes_list;
  GtkListBox *other = is_first ? self->searches_list : self->wishes_list;
  int n = (int) count (is_first ? (gpointer) fr_node_get_recent_searches (self->node)
                                : (gpointer) fr_node_get_wishes (self->node));
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (other, is_first ? 0 : n - 1);

  if (direction != (is_first ? GTK_DIR_DOWN : GTK_DIR_UP) || n == 0)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static gboolean
timer_cb (gpointer data)
{
  FrSearchStart *self = data;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->wishes_list, i)) != NULL; i++)
    fr_wish_row_update (FR_WISH_ROW (row));
  return G_SOURCE_CONTINUE;
}

static void
fr_search_start_map (GtkWidget *widget)
{
  FrSearchStart *self = FR_SEARCH_START (widget);

  GTK_WIDGET_CLASS (fr_search_start_parent_class)->map (widget);
  timer_cb (self);
  self->timer_id = g_timeout_add_seconds (UPDATE_SECONDS, timer_cb, self);
}

static void
fr_search_start_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&FR_SEARCH_START (widget)->timer_id, g_source_remove);
  GTK_WIDGET_CLASS (fr_search_start_parent_class)->unmap (widget);
}

static void
fr_search_start_dispose (GObject *object)
{
  FrSearchStart *self = FR_SEARCH_START (object);

  gtk_list_box_bind_model (self->wishes_list, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->searches_list, NULL, NULL, NULL, NULL);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_SEARCH_START);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_search_start_parent_class)->dispose (object);
}

static void
fr_search_start_class_init (FrSearchStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GSignalFlags flags = G_SIGNAL_RUN_LAST;

  G_OBJECT_CLASS (klass)->dispose = fr_search_start_dispose;
  widget_class->map = fr_search_start_map;
  widget_class->unmap = fr_search_start_unmap;
  signals[SHOW] = g_signal_new ("show-wish", FR_TYPE_SEARCH_START, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_WISH);
  signals[ASK] = g_signal_new ("ask", FR_TYPE_SEARCH_START, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               FR_TYPE_RECENT_SEARCH);
  signals[CHANGED] = g_signal_new ("changed", FR_TYPE_SEARCH_START, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EMPTIED] = g_signal_new ("emptied", FR_TYPE_SEARCH_START, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-search-start.ui");
  gtk_widget_class_bind_template_child (widget_class, FrSearchStart, wishes_group);
  gtk_widget_class_bind_template_child (widget_class, FrSearchStart, searches_group);
  gtk_widget_class_bind_template_child (widget_class, FrSearchStart, wishes_list);
  gtk_widget_class_bind_template_child (widget_class, FrSearchStart, searches_list);
  gtk_widget_class_bind_template_callback (widget_class, wish_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed_cb);
  gtk_widget_class_install_action (widget_class, "start.forget-all", NULL, forget_all_action);
}

static void
fr_search_start_init (FrSearchStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_search_start_set_node:
 * @self: what stands there
 * @node: whose wishes these are; once
 */
void
fr_search_start_set_node (FrSearchStart *self, FrNode *node)
{
  GListModel *wishes = G_LIST_MODEL (fr_node_get_wishes (node));
  GListModel *searches = G_LIST_MODEL (fr_node_get_recent_searches (node));

  g_set_object (&self->node, node);
  gtk_list_box_bind_model (self->wishes_list, wishes, make_wish_row, self, NULL);
  gtk_list_box_bind_model (self->searches_list, searches, make_search_row, self, NULL);
  g_signal_connect_object (wishes, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (searches, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update (self);
}

/**
 * fr_search_start_is_empty:
 * @self: what stands there
 *
 * Returns: whether nothing does
 */
gboolean
fr_search_start_is_empty (FrSearchStart *self)
{
  return self->node == NULL
         || (count (fr_node_get_wishes (self->node)) == 0 && count (fr_node_get_recent_searches (self->node)) == 0);
}
