/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-preferences-window.h"

#include "fr-background-page.h"
#include "fr-connection-page.h"
#include "fr-pictures-page.h"
#include "fr-you-page.h"

struct _FrPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* template widgets */
  FrYouPage *you_page;
  FrConnectionPage *connection_page;
  FrPicturesPage *pictures_page;
};

G_DEFINE_FINAL_TYPE (FrPreferencesWindow, fr_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
connection_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_preferences_window_show (FR_PREFERENCES_WINDOW (widget), "connection");
}

/* It is a page of the window that this one belongs to. */
static void
doctor_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_window_close (GTK_WINDOW (widget));
  if (parent == NULL)
    return;
  gtk_window_present (parent);
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.doctor", NULL);
}

static gboolean
close_request_cb (FrPreferencesWindow *self)
{
  fr_you_page_take_name (self->you_page);
  return GDK_EVENT_PROPAGATE;
}

static void
fr_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FR_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (fr_preferences_window_parent_class)->dispose (object);
}

static void
fr_preferences_window_class_init (FrPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_preferences_window_dispose;
  g_type_ensure (FR_TYPE_YOU_PAGE);
  g_type_ensure (FR_TYPE_CONNECTION_PAGE);
  g_type_ensure (FR_TYPE_PICTURES_PAGE);
  g_type_ensure (FR_TYPE_BACKGROUND_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/freshet/Freshet/ui/fr-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FrPreferencesWindow, you_page);
  gtk_widget_class_bind_template_child (widget_class, FrPreferencesWindow, connection_page);
  gtk_widget_class_bind_template_child (widget_class, FrPreferencesWindow, pictures_page);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_install_action (widget_class, "win.connection", NULL, connection_action);
  gtk_widget_class_install_action (widget_class, "win.doctor", NULL, doctor_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fr_preferences_window_init (FrPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fr_preferences_window_new:
 * @node: whose
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window that is not shown yet
 */
FrPreferencesWindow *
fr_preferences_window_new (FrNode *node, GtkWindow *parent)
{
  FrPreferencesWindow *self = g_object_new (FR_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  fr_you_page_set_node (self->you_page, node);
  fr_connection_page_set_node (self->connection_page, node);
  fr_pictures_page_set_node (self->pictures_page, node);
  return self;
}

/**
 * fr_preferences_window_show:
 * @self: a window
 * @page: its name
 *
 * Shows the window, and that page, whose first row gets the focus.
 */
void
fr_preferences_window_show (FrPreferencesWindow *self, const char *page)
{
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (self), page);
  gtk_window_present (GTK_WINDOW (self));
  gtk_window_set_focus (GTK_WINDOW (self), NULL); /* which would go on from where it was */
  gtk_widget_child_focus (GTK_WIDGET (adw_preferences_window_get_visible_page (ADW_PREFERENCES_WINDOW (self))),
                          GTK_DIR_TAB_FORWARD);
}
