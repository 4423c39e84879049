/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-limits-group.h"

#include <glib/gi18n.h>

#include "fr-limit-text.h"

/* KiB a second that are offered: 100, 250 and 500 kB, 1 to 10 MB. One that was set elsewhere stands behind them. */
static const guint offered[] = { 0, 98, 244, 488, 977, 1953, 4883, 9766 };

typedef struct
{
  AdwComboRow *row;
  guint other_kib; /* 0: what holds is offered */
} Limit;

struct _FrLimitsGroup
{
  AdwPreferencesGroup parent_instance;

  Limit down, up; /* their rows are children */

  /* owned */
  FrNode *node;

  /* state */
  gboolean is_showing; /* so that what is selected was not chosen */
};

G_DEFINE_FINAL_TYPE (FrLimitsGroup, fr_limits_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
get_selected (const Limit *limit)
{
  guint selected = adw_combo_row_get_selected (limit->row);

  return selected < G_N_ELEMENTS (offered) ? offered[selected] : limit->other_kib;
}

static void
selected_cb (FrLimitsGroup *self)
{
  if (self->node != NULL && !self->is_showing)
    fr_node_set_limits (self->node, get_selected (&self->down), get_selected (&self->up));
}

static guint
find_offered (guint kib)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (offered) && offered[i] != kib)
    i++;
  return i;
}

static void
show_limit (Limit *limit, guint kib)
{
  guint place = find_offered (kib);
  guint other_kib = place < G_N_ELEMENTS (offered) ? 0 : kib;
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (limit->row));
  g_autofree char *text = fr_limit_text_describe_rate (other_kib);
  const char *const others[] = { text, NULL };

  if (limit->other_kib != other_kib)
    gtk_string_list_splice (list, G_N_ELEMENTS (offered), limit->other_kib != 0, other_kib != 0 ? others : NULL);
  limit->other_kib = other_kib;
  adw_combo_row_set_selected (limit->row, place);
}

static void
show_limits (FrLimitsGroup *self)
{
  self->is_showing = TRUE;
  show_limit (&self->down, fr_node_get_limit_down (self->node));
  show_limit (&self->up, fr_node_get_limit_up (self->node));
  self->is_showing = FALSE;
}

static void
add_row (FrLimitsGroup *self, Limit *limit, const char *title)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    gtk_string_list_take (list, fr_limit_text_describe_rate (offered[i]));
  limit->row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (limit->row), title);
  adw_combo_row_set_model (limit->row, G_LIST_MODEL (list));
  g_signal_connect_object (limit->row, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (limit->row));
}

static void
fr_limits_group_dispose (GObject *object)
{
  g_clear_object (&FR_LIMITS_GROUP (object)->node);
  G_OBJECT_CLASS (fr_limits_group_parent_class)->dispose (object);
}

static void
fr_limits_group_class_init (FrLimitsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_limits_group_dispose;
}

static void
fr_limits_group_init (FrLimitsGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Speed"));
  add_row (self, &self->down, _("Pictures That Come"));
  add_row (self, &self->up, _("Pictures That Go Out"));
}

/**
 * fr_limits_group_set_node:
 * @self: a group
 * @node: (nullable): whose limits; %NULL where the page goes: AdwPreferencesWindow of libadwaita 1.2 never lets go of the
 *   groups of its pages
 */
void
fr_limits_group_set_node (FrLimitsGroup *self, FrNode *node)
{
  if (self->node != NULL)
    g_signal_handlers_disconnect_by_data (self->node, self);
  if (!g_set_object (&self->node, node) || node == NULL)
    return;
  g_signal_connect_object (node, "notify::limits", G_CALLBACK (show_limits), self, G_CONNECT_SWAPPED);
  show_limits (self);
}
