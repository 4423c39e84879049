/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-transfers-list.h"

#include "fr-limit-text.h"
#include "fr-settings.h"
#include "fr-transfer-row.h"

#define ROW_HEIGHT 72
#define POPOVER_WIDTH 380

struct _FrTransfersList
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  AdwClamp *clamp;
  GtkWidget *retry_all_button;
  GtkWidget *limits_box;
  GtkLabel *limits_label;
  GtkWidget *boxes[FR_TRANSFER_OVER + 1]; /* a heading, and a list */
  GtkListBox *lists[FR_TRANSFER_OVER + 1];

  /* owned */
  FrTransfers *transfers;
  FrTextureLoader *loader;
  FrVeil *veil;

  /* state */
  guint is_active : 1;
  guint in_popover : 1;
};

enum
{
  PROP_0,
  PROP_IN_POPOVER,
  N_PROPS
};

enum
{
  OPEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrTransfersList, fr_transfers_list, ADW_TYPE_BIN)

static guint
count (FrTransfersList *self, guint group)
{
  return g_list_model_get_n_items (fr_transfers_get_group (self->transfers, group));
}

/* A scrolled window asks for what is in it to be as wide as it likes, and is too low for what wraps. */
static void
fit_popover (FrTransfersList *self)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (self->clamp), GTK_ORIENTATION_VERTICAL, POPOVER_WIDTH, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scrolled, MIN (height, FR_TRANSFERS_LIST_MAX_ROWS * ROW_HEIGHT));
}

static void
update (FrTransfersList *self)
{
  gboolean is_empty = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (self->boxes); i++)
    {
      gtk_widget_set_visible (self->boxes[i], count (self, i) > 0);
      is_empty = is_empty && count (self, i) == 0;
    }
  gtk_widget_set_visible (self->retry_all_button, fr_transfers_get_n_failed (self->transfers) > 1);
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
  if (self->in_popover && self->is_active)
    fit_popover (self);
}

static void
show_limits (FrTransfersList *self)
{
  FrNode *node = fr_transfers_get_node (self->transfers);
  g_autofree char *text = fr_limit_text_describe (fr_node_get_limit_down (node), fr_node_get_limit_up (node));

  gtk_widget_set_visible (self->limits_box, text != NULL);
  gtk_label_set_label (self->limits_label, text != NULL ? text : "");
  if (self->in_popover && self->is_active)
    fit_popover (self);
}

/* What is at a place of a group, or else nearest to it in the whole list. */
static GtkWidget *
find_near (FrTransfersList *self, guint group, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lists[group], index);

  if (row == NULL && index > 0)
    row = gtk_list_box_get_row_at_index (self->lists[group], index - 1);
  for (guint i = 0; row == NULL && i < G_N_ELEMENTS (self->lists); i++)
    row = gtk_list_box_get_row_at_index (self->lists[i], 0);
  return row != NULL ? GTK_WIDGET (row) : NULL;
}

/* Takes the next one into focus, so that Delete can be pressed again. */
static void
remove_cb (FrTransfersList *self, FrTransferRow *row)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (row)), *next;
  g_autoptr (GObject) transfer = g_object_ref (fr_transfer_row_get_transfer (row));
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  guint group = 0;

  while (group < FR_TRANSFER_OVER && GTK_WIDGET (self->lists[group]) != list)
    group++;
  fr_transfers_remove (self->transfers, transfer);
  next = find_near (self, group, index);
  if (next != NULL)
    gtk_widget_grab_focus (next);
}

static GtkWidget *
make_row (gpointer transfer, gpointer data)
{
  FrTransfersList *self = data;
  FrTransferRow *row = fr_transfer_row_new (transfer, self->loader, self->veil);

  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (row);
}

static void
row_activated_cb (FrTransfersList *self, FrTransferRow *row)
{
  if (fr_transfer_row_get_offers (row) & FR_TRANSFER_OPEN)
    g_signal_emit (self, signals[OPEN], 0, fr_transfer_row_get_transfer (row));
}

/* Rows that come back from the other end have the focus that they had here. */
static void
retry_all_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrTransfersList *self = FR_TRANSFERS_LIST (widget);

  fr_transfers_retry_all (self->transfers);
  fr_transfers_list_take_focus (self);
}

static void
clear_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrTransfersList *self = FR_TRANSFERS_LIST (widget);

  fr_transfers_clear (self->transfers);
  fr_transfers_list_take_focus (self);
}

/* From the last row of a group on to the next group. */
static gboolean
keynav_failed_cb (FrTransfersList *self, GtkDirectionType direction, GtkWidget *list)
{
  int step = direction == GTK_DIR_DOWN ? 1 : -1, group = 0;

  if (direction != GTK_DIR_DOWN && direction != GTK_DIR_UP)
    return GDK_EVENT_PROPAGATE;
  while (GTK_WIDGET (self->lists[group]) != list)
    group++;
  for (group += step; group >= 0 && group <= FR_TRANSFER_OVER; group += step)
    {
      guint n = count (self, (guint) group);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lists[group], step > 0 ? 0 : (int) n - 1);

      if (row != NULL)
        return gtk_widget_grab_focus (GTK_WIDGET (row));
    }
  return GDK_EVENT_PROPAGATE;
}

static void
set_in_popover (FrTransfersList *self, gboolean in_popover)
{
  self->in_popover = in_popover;
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    gtk_widget_add_css_class (GTK_WIDGET (self->lists[i]), in_popover ? "transfers" : "boxed-list");
}

static void
fr_transfers_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IN_POPOVER)
    g_value_set_boolean (value, FR_TRANSFERS_LIST (object)->in_popover);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_transfers_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IN_POPOVER)
    set_in_popover (FR_TRANSFERS_LIST (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_transfers_list_dispose (GObject *object)
{
  FrTransfersList *self = FR_TRANSFERS_LIST (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    gtk_list_box_bind_model (self->lists[i], NULL, NULL, NULL, NULL);
  /* a child that is a template child too would be unparented twice */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_TRANSFERS_LIST);
  g_clear_object (&self->transfers);
  g_clear_object (&self->loader);
  g_clear_object (&self->veil);
  G_OBJECT_CLASS (fr_transfers_list_parent_class)->dispose (object);
}

static void
bind_group (GtkWidgetClass *widget_class, const char *box, const char *list, guint group)
{
  gtk_widget_class_bind_template_child_full (widget_class, box, FALSE,
                                             G_STRUCT_OFFSET (FrTransfersList, boxes) + group * sizeof (GtkWidget *));
  gtk_widget_class_bind_template_child_full (widget_class, list, FALSE,
                                             G_STRUCT_OFFSET (FrTransfersList, lists) + group * sizeof (GtkListBox *));
}

static void
fr_transfers_list_class_init (FrTransfersListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fr_transfers_list_get_property;
  object_class->set_property = fr_transfers_list_set_property;
  object_class->dispose = fr_transfers_list_dispose;
  properties[PROP_IN_POPOVER] = g_param_spec_boolean (
      "in-popover", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPEN] = g_signal_new ("open", FR_TYPE_TRANSFERS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                FR_TYPE_FETCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-transfers-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FrTransfersList, stack);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersList, scrolled);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersList, clamp);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersList, retry_all_button);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersList, limits_box);
  gtk_widget_class_bind_template_child (widget_class, FrTransfersList, limits_label);
  bind_group (widget_class, "coming_box", "coming_list", FR_TRANSFER_COMING);
  bind_group (widget_class, "going_box", "going_list", FR_TRANSFER_GOING);
  bind_group (widget_class, "over_box", "over_list", FR_TRANSFER_OVER);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed_cb);
  gtk_widget_class_install_action (widget_class, "transfers.retry-all", NULL, retry_all_action);
  gtk_widget_class_install_action (widget_class, "transfers.clear", NULL, clear_action);
}

static void
fr_transfers_list_init (FrTransfersList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_transfers_list_set_transfers:
 * @self: a list
 * @transfers: what it shows; once
 * @loader: who loads small pictures
 */
void
fr_transfers_list_set_transfers (FrTransfersList *self, FrTransfers *transfers, FrTextureLoader *loader)
{
  g_autoptr (GSettings) settings = fr_settings_open ();

  self->transfers = g_object_ref (transfers);
  self->loader = g_object_ref (loader);
  self->veil = fr_veil_new (fr_node_get_people (fr_transfers_get_node (transfers)), settings);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    g_signal_connect_object (fr_transfers_get_group (transfers, i), "items-changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (transfers, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fr_transfers_get_node (transfers), "notify::limits", G_CALLBACK (show_limits), self,
                           G_CONNECT_SWAPPED);
  show_limits (self);
  update (self);
}

/**
 * fr_transfers_list_set_active:
 * @self: a list
 * @is_active: whether it is looked at
 */
void
fr_transfers_list_set_active (FrTransfersList *self, gboolean is_active)
{
  if (self->is_active == is_active || self->transfers == NULL)
    return;
  self->is_active = is_active;
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    gtk_list_box_bind_model (self->lists[i], is_active ? fr_transfers_get_group (self->transfers, i) : NULL, make_row,
                             self, NULL);
  update (self);
}

/**
 * fr_transfers_list_take_focus:
 * @self: a list
 *
 * Gives the focus to the first row.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fr_transfers_list_take_focus (FrTransfersList *self)
{
  GtkWidget *row = find_near (self, FR_TRANSFER_COMING, 0);

  return row != NULL && gtk_widget_grab_focus (row);
}
