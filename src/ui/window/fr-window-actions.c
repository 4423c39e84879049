/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-private.h"

static void
add_pictures_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrMainView *main_view = fr_window_get_main_view (FR_WINDOW (widget));

  fr_main_view_show_page (main_view, "pictures");
  fr_gallery_page_choose (fr_main_view_get_gallery_page (main_view));
}

static void
paste_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_window_paste (FR_WINDOW (widget));
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_main_view_search (fr_window_get_main_view (FR_WINDOW (widget)));
}

static void
show_page_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_main_view_show_page (fr_window_get_main_view (FR_WINDOW (widget)), g_variant_get_string (parameter, NULL));
}

static void
invite_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_window_invite (FR_WINDOW (widget));
}

static void
preferences_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_window_show_preferences (FR_WINDOW (widget), "you");
}

static void
connection_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_window_show_preferences (FR_WINDOW (widget), "connection");
}

static void
quit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_window_quit (FR_WINDOW (widget));
}

static void
transfers_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_main_view_show_transfers (fr_window_get_main_view (FR_WINDOW (widget)));
}

static void
network_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_main_view_show_network (fr_window_get_main_view (FR_WINDOW (widget)));
}

static void
doctor_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_main_view_show_doctor (fr_window_get_main_view (FR_WINDOW (widget)), NULL);
}

/* The key of a person, or the address of one who has not been met. */
static void
find_out_why_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrPeople *people = fr_node_get_people (fr_window_get_node (FR_WINDOW (widget)));
  const char *who = g_variant_get_string (parameter, NULL);
  FrPeerKey key;
  FrPerson *person
      = fr_peer_key_parse (&key, who) ? fr_people_find_key (people, &key) : fr_people_find_address (people, who);

  fr_main_view_show_doctor (fr_window_get_main_view (FR_WINDOW (widget)), person);
}

static void
keep_sharing_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_window_keep_sharing (FR_WINDOW (widget));
}

static void
back_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  fr_main_view_back (fr_window_get_main_view (FR_WINDOW (widget)));
}

static void
sheet_destroyed_cb (FrWindow *self)
{
  g_object_set_data (G_OBJECT (self), "fr-invite-sheet", NULL);
}

static const struct
{
  const char *name;
  const char *parameter_type;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "win.add-pictures", NULL, add_pictures_action }, { "win.paste", NULL, paste_action },
  { "win.search", NULL, search_action },             { "win.show-page", "s", show_page_action },
  { "win.invite", NULL, invite_action },             { "win.connection", NULL, connection_action },
  { "win.back", NULL, back_action },                 { "win.preferences", NULL, preferences_action },
  { "win.transfers", NULL, transfers_action },       { "win.doctor", NULL, doctor_action },
  { "win.find-out-why", "s", find_out_why_action },  { "win.keep-sharing", NULL, keep_sharing_action },
  { "win.network", NULL, network_action },
};

/**
 * fr_window_class_install_actions:
 * @widget_class: the class of #FrWindow
 *
 * These are keys of the window, not of the application: an entry that has the focus comes first. Alt and an arrow, and
 * the button of a mouse, go back by the leaflet itself.
 */
void
fr_window_class_install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type, actions[i].activate);
  gtk_widget_class_install_action (widget_class, "win.quit", NULL, quit_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_SHIFT_MASK, "win.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_slash, 0, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Divide, 0, "win.search", NULL);
}

/**
 * fr_window_invite:
 * @self: a window with a node
 *
 * Shows one's own invitation, and a place for somebody else's.
 *
 * Returns: (transfer none): where they are; the one that is shown already, if there is one
 */
FrInviteSheet *
fr_window_invite (FrWindow *self)
{
  FrInviteSheet *sheet = g_object_get_data (G_OBJECT (self), "fr-invite-sheet");

  if (sheet == NULL)
    {
      sheet = fr_invite_sheet_new (fr_window_get_node (self), GTK_WINDOW (self));
      g_object_set_data (G_OBJECT (self), "fr-invite-sheet", sheet);
      g_signal_connect_object (sheet, "destroy", G_CALLBACK (sheet_destroyed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (sheet));
  return sheet;
}

static void
preferences_destroyed_cb (FrWindow *self)
{
  g_object_set_data (G_OBJECT (self), "fr-preferences", NULL);
}

/**
 * fr_window_show_preferences:
 * @self: a window with a node
 * @page: the page to begin with, as fr_preferences_window_show() has it
 *
 * Shows what can be chosen; there is one window of that.
 */
void
fr_window_show_preferences (FrWindow *self, const char *page)
{
  FrPreferencesWindow *preferences = g_object_get_data (G_OBJECT (self), "fr-preferences");

  if (preferences == NULL)
    {
      preferences = fr_preferences_window_new (fr_window_get_node (self), GTK_WINDOW (self));
      g_object_set_data (G_OBJECT (self), "fr-preferences", preferences);
      g_signal_connect_object (preferences, "destroy", G_CALLBACK (preferences_destroyed_cb), self, G_CONNECT_SWAPPED);
    }
  fr_preferences_window_show (preferences, page);
}

/**
 * fr_window_close_preferences:
 * @self: a window
 * @for_good: whether what takes long there ends, too
 */
void
fr_window_close_preferences (FrWindow *self, gboolean for_good)
{
  GtkWindow *preferences = g_object_get_data (G_OBJECT (self), "fr-preferences");

  if (preferences == NULL)
    return;
  if (for_good)
    gtk_window_destroy (preferences);
  else
    gtk_window_close (preferences);
}

/**
 * fr_window_actions_update:
 * @self: a window
 *
 * There is something to do only when the pages are shown.
 */
void
fr_window_actions_update (FrWindow *self)
{
  gboolean is_main = g_strcmp0 (fr_window_get_visible_name (self), "main") == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, is_main);
  fr_window_update_quit (self);
}
