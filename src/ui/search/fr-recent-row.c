/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-recent-row.h"

#include <glib/gi18n.h>

struct _FrRecentRow
{
  AdwActionRow parent_instance;

  FrRecentSearch *search; /* owned */
};

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrRecentRow, fr_recent_row, ADW_TYPE_ACTION_ROW)

static void
remove_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
fr_recent_row_dispose (GObject *object)
{
  g_clear_object (&FR_RECENT_ROW (object)->search);
  G_OBJECT_CLASS (fr_recent_row_parent_class)->dispose (object);
}

static void
fr_recent_row_class_init (FrRecentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_recent_row_dispose;
  signals[REMOVE] = g_signal_new ("remove", FR_TYPE_RECENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "recent.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "recent.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "recent.remove", NULL);
}

static void
fr_recent_row_init (FrRecentRow *self)
{
}

/**
 * fr_recent_row_new:
 * @search: what was looked for
 *
 * Returns: (transfer floating): its row
 */
FrRecentRow *
fr_recent_row_new (FrRecentSearch *search)
{
  const char *words = fr_recent_search_get_words (search);
  FrRecentRow *self = g_object_new (FR_TYPE_RECENT_ROW, "activatable", TRUE, "use-markup", FALSE, "title-lines", 2,
                                    NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  /* Translators: what a person was looking for */
  g_autofree char *label = g_strdup_printf (_ ("Take “%s” away"), words);

  self->search = g_object_ref (search);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), words); /* after it knows that this is no markup */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "recent.remove");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return self;
}

FrRecentSearch *
fr_recent_row_get_search (FrRecentRow *self)
{
  return self->search;
}
