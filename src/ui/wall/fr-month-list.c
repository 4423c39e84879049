/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-month-list.h"

#include <glib/gi18n.h>

#include "fr-day-text.h"

struct _FrMonthList
{
  AdwWindow parent_instance;

  /* template widgets */
  GtkListBox *list;

  /* owned */
  GListModel *months;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrMonthList, fr_month_list, ADW_TYPE_WINDOW)

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  FrMonth *month = item;
  g_autofree char *title = fr_day_text_describe_month (fr_month_get_time_us (month));
  g_autofree char *number = g_strdup_printf ("%u", fr_month_get_n (month));
  g_autofree char *pictures
      = g_strdup_printf (ngettext ("%u picture", "%u pictures", fr_month_get_n (month)), fr_month_get_n (month));
  GtkWidget *row = adw_action_row_new (), *label = gtk_label_new (number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, pictures, -1);
  return row;
}

static void
row_activated_cb (FrMonthList *self, GtkListBoxRow *row)
{
  g_autoptr (FrMonth) month = g_list_model_get_item (self->months, (guint) gtk_list_box_row_get_index (row));

  if (month != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, month);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fr_month_list_dispose (GObject *object)
{
  FrMonthList *self = FR_MONTH_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_MONTH_LIST);
  g_clear_object (&self->months);
  G_OBJECT_CLASS (fr_month_list_parent_class)->dispose (object);
}

static void
fr_month_list_class_init (FrMonthListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_month_list_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", FR_TYPE_MONTH_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  FR_TYPE_MONTH);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-month-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FrMonthList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_month_list_init (FrMonthList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The month that is looked at has the focus. */
static void
focus_shown (FrMonthList *self, guint shown)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->months); i++)
    {
      g_autoptr (FrMonth) month = g_list_model_get_item (self->months, i);

      if (shown < fr_month_get_first (month) + fr_month_get_n (month))
        {
          gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
          return;
        }
    }
}

/**
 * fr_month_list_new:
 * @parent: (nullable): the window it belongs to
 * @months: (element-type FrMonth): what to choose from
 * @shown: the position of a picture of the month that is looked at
 *
 * Returns: (transfer none): a window, which is not shown yet
 */
FrMonthList *
fr_month_list_new (GtkRoot *parent, GListModel *months, guint shown)
{
  FrMonthList *self = g_object_new (FR_TYPE_MONTH_LIST, "transient-for", parent, NULL);

  self->months = g_object_ref (months);
  gtk_list_box_bind_model (self->list, months, make_row, NULL, NULL);
  focus_shown (self, shown);
  return self;
}
