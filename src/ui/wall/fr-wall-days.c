/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-days.h"

#include "fr-day-text.h"
#include "fr-month-list.h"
#include "fr-wall-private.h"

/* How long the month stays after scrolling. */
#define PILL_MS 1000

static gint64
get_time_us (GListModel *items, guint position)
{
  g_autoptr (FrWallItem) item = g_list_model_get_item (items, position);

  return item != NULL ? fr_wall_item_get_time_us (item) : 0;
}

/**
 * fr_wall_days_is_first:
 * @items: (element-type FrWallItem): pictures, the newest first
 * @position: of one
 *
 * Returns: whether a day that is known begins with it
 */
gboolean
fr_wall_days_is_first (GListModel *items, guint position)
{
  if (position >= g_list_model_get_n_items (items) || get_time_us (items, position) == 0)
    return FALSE;
  return position == 0 || !fr_day_text_is_same_day (get_time_us (items, position), get_time_us (items, position - 1));
}

/* The first position after @first that is of an earlier month, by halving: a month may have thousands. */
static guint
find_end (GListModel *items, guint first)
{
  gint64 begin_us = fr_day_text_begin_month (get_time_us (items, first));
  guint low = first + 1, high = g_list_model_get_n_items (items);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_time_us (items, middle) >= begin_us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * fr_wall_days_list_months:
 * @items: (element-type FrWallItem): pictures, the newest first
 *
 * Returns: (transfer full): the months that they are of, where that is known
 */
GListStore *
fr_wall_days_list_months (GListModel *items)
{
  GListStore *months = g_list_store_new (FR_TYPE_MONTH);
  guint n_items = g_list_model_get_n_items (items);

  for (guint first = 0, end; first < n_items && get_time_us (items, first) != 0; first = end)
    {
      g_autoptr (FrMonth) month = NULL;

      end = find_end (items, first);
      month = fr_month_new (get_time_us (items, first), first, end - first);
      g_list_store_append (months, month);
    }
  return months;
}

/* The month of what is at the top, while one scrolls */

static gboolean
hide_cb (gpointer data)
{
  FrWall *self = data;

  self->pill_id = 0;
  gtk_revealer_set_reveal_child (self->pill, FALSE);
  return G_SOURCE_REMOVE;
}

static guint
find_top (FrWall *self)
{
  int row_height = fr_wall_tiles_get_row_height (self);
  double value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scrolled));

  if (row_height == 0 || value <= 0)
    return 0;
  return (guint) (value / row_height + 0.5) * fr_wall_tiles_count_columns (self);
}

void
fr_wall_days_scrolled_cb (FrWall *self)
{
  GListModel *items = G_LIST_MODEL (self->selection);
  guint top;

  fr_wall_tiles_queue_load (self);
  if (!self->has_days || self->selection == NULL || g_list_model_get_n_items (items) == 0)
    return;
  top = MIN (find_top (self), g_list_model_get_n_items (items) - 1);
  if (get_time_us (items, top) == 0)
    return;
  if (self->pill_id != 0)
    g_source_remove (self->pill_id);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      g_autofree char *month = fr_day_text_describe_month (get_time_us (items, top));

      gtk_label_set_label (self->pill_label, month);
      gtk_revealer_set_reveal_child (self->pill, TRUE);
    }
  self->pill_id = g_timeout_add (PILL_MS, hide_cb, self);
}

/* To a month */

static void
chosen_cb (FrWall *self, FrMonth *month)
{
  fr_wall_go_to (self, fr_month_get_first (month));
}

void
fr_wall_days_choose_month (FrWall *self)
{
  g_autoptr (GListStore) months = NULL;
  FrMonthList *list;

  if (!self->has_days || self->selection == NULL)
    return;
  months = fr_wall_days_list_months (G_LIST_MODEL (self->selection));
  list = fr_month_list_new (gtk_widget_get_root (GTK_WIDGET (self)), G_LIST_MODEL (months), find_top (self));
  g_signal_connect_object (list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (list));
}

void
fr_wall_days_clear (FrWall *self)
{
  g_clear_handle_id (&self->pill_id, g_source_remove);
}
