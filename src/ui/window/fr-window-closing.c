/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-private.h"

#include <glib/gi18n.h>

#include "fr-background.h"
#include "fr-closing.h"
#include "fr-settings.h"

/* Closing the window: the end of it, or going on without one; and coming back. */

static gboolean
has_people (FrNode *node)
{
  GListModel *people = G_LIST_MODEL (fr_node_get_people (node));

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (people, i);

      if (fr_person_is_contact (person))
        return TRUE;
    }
  return FALSE;
}

/* One on a folder of its own could not be opened again: another start does not find it. */
static gboolean
can_stay (FrWindow *self, GSettings *settings)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return settings != NULL && application != NULL
         && !(g_application_get_flags (G_APPLICATION (application)) & G_APPLICATION_NON_UNIQUE);
}

static FrClosing
choose (FrWindow *self)
{
  g_autoptr (GSettings) settings = fr_settings_open ();
  g_autofree char *keep_sharing = settings != NULL ? g_settings_get_string (settings, FR_SETTING_KEEP_SHARING) : NULL;
  FrNode *node = fr_window_get_node (self);
  const FrClosingFacts facts = { .can_stay = can_stay (self, settings),
                                 .is_open = node != NULL && g_strcmp0 (fr_window_get_visible_name (self), "main") == 0,
                                 .has_people = node != NULL && has_people (node),
                                 .keep_sharing = keep_sharing };

  return fr_closing_choose (&facts);
}

static void
stay (FrWindow *self)
{
  fr_window_hide (self);
  fr_notifier_tell_staying (fr_window_get_notifier (self));
}

/* Remembers what the desktop has answered, or says that it does not allow it. */
static gboolean
take_leave (FrWindow *self, GAsyncResult *result)
{
  g_autoptr (GSettings) settings = fr_settings_open ();
  FrBackgroundLeave leave = { FALSE, FALSE };

  fr_background_ask_finish (result, &leave, NULL);
  if (fr_window_get_node (self) == NULL || settings == NULL)
    return FALSE;
  if (leave.goes_on)
    g_settings_set_string (settings, FR_SETTING_KEEP_SHARING, "yes");
  else
    fr_window_say (self, _ ("Your desktop does not allow it. You can change that in its settings."));
  return leave.goes_on;
}

static void
leave_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWindow) self = data;

  if (take_leave (self, result))
    stay (self);
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWindow) self = data;

  if (take_leave (self, result))
    fr_window_say (self, _ ("Freshet goes on sharing when you close its window."));
}

static void
response_cb (FrWindow *self, const char *response)
{
  g_autoptr (GSettings) settings = fr_settings_open ();

  if (g_str_equal (response, "keep"))
    fr_background_ask_async (fr_background_get_at_login (), NULL, leave_cb, g_object_ref (self));
  else if (g_str_equal (response, "quit"))
    {
      if (settings != NULL)
        g_settings_set_string (settings, FR_SETTING_KEEP_SHARING, "no");
      fr_window_quit (self);
    }
}

static void
ask (FrWindow *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Keep Sharing in the Background?"),
      _ ("Then people get your pictures, and you get theirs, while the window is closed.")));

  adw_message_dialog_add_responses (dialog, "quit", _ ("_Quit"), "keep", _ ("_Keep Sharing"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "keep", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * fr_window_leave:
 * @self: a window
 *
 * Does what closing it means.
 */
void
fr_window_leave (FrWindow *self)
{
  switch (choose (self))
    {
    case FR_CLOSING_ASK:
      ask (self);
      break;
    case FR_CLOSING_STAY:
      stay (self);
      break;
    case FR_CLOSING_QUIT:
    default:
      fr_window_quit (self);
    }
}

/**
 * fr_window_keep_sharing:
 * @self: a window
 *
 * From now on closing it does not end the program, if the desktop allows that.
 */
void
fr_window_keep_sharing (FrWindow *self)
{
  fr_background_ask_async (fr_background_get_at_login (), NULL, keep_cb, g_object_ref (self));
}

/**
 * fr_window_update_quit:
 * @self: a window
 *
 * That one can quit is said only where closing does not do it; that it need not is offered to who has not decided yet.
 */
void
fr_window_update_quit (FrWindow *self)
{
  g_autoptr (GSettings) settings = fr_settings_open ();
  g_autofree char *keep_sharing = settings != NULL ? g_settings_get_string (settings, FR_SETTING_KEEP_SHARING) : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.quit", choose (self) == FR_CLOSING_STAY);
  fr_new_page_set_could_stay (fr_main_view_get_new_page (fr_window_get_main_view (self)),
                              can_stay (self, settings) && g_strcmp0 (keep_sharing, "ask") == 0);
}

/**
 * fr_window_show_arrived:
 * @self: a window
 *
 * Shows the pictures that have come since it was looked at, one after the other.
 *
 * Returns: whether there are any
 */
gboolean
fr_window_show_arrived (FrWindow *self)
{
  FrNotifier *notifier = fr_window_get_notifier (self);
  g_autoptr (GListModel) hits = notifier != NULL ? fr_notifier_list_arrived (notifier) : NULL;

  if (hits == NULL || g_list_model_get_n_items (hits) == 0)
    return FALSE;
  fr_main_view_open_hits (fr_window_get_main_view (self), hits);
  return TRUE;
}

/**
 * fr_window_show_wish:
 * @self: a window
 * @terms: what is wished for
 *
 * Shows what has turned up; where that is not wished for any more, the page to look for pictures.
 */
void
fr_window_show_wish (FrWindow *self, const FrSearchTerms *terms)
{
  FrNode *node = fr_window_get_node (self);
  FrWish *wish = node != NULL ? fr_wishes_find (fr_node_get_wishes (node), terms) : NULL;

  if (node != NULL)
    fr_main_view_show_wish (fr_window_get_main_view (self), wish);
}
