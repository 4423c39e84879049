/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wish-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fr-announce.h"

#define SECONDS 10 /* long enough to notice that it was the wrong one */

static void
unwish_cb (FrWishes *wishes, AdwToast *toast)
{
  fr_wishes_remove (wishes, g_object_get_data (G_OBJECT (toast), "wish"));
}

static void
restore_cb (FrWishes *wishes, AdwToast *toast)
{
  fr_wishes_restore (wishes, g_object_get_data (G_OBJECT (toast), "wish"));
}

/* Short: a toast with a button has room for three words where the window is narrow, and cuts the rest. */
static void
show (GtkWidget *widget, FrWishes *wishes, FrWish *wish, const char *text, GCallback undo)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, SECONDS);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH); /* or one of before, with an Undo too, would hide it */
  g_object_set_data_full (G_OBJECT (toast), "wish", g_object_ref (wish), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", undo, wishes, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  fr_announce (widget, text);
}

/**
 * fr_wish_toast_kept:
 * @widget: where it was asked for
 * @wishes: wishes
 * @wish: a new one of them
 *
 * Says that it is kept.
 */
void
fr_wish_toast_kept (GtkWidget *widget, FrWishes *wishes, FrWish *wish)
{
  show (widget, wishes, wish, _ ("You will be told."), G_CALLBACK (unwish_cb));
}

/**
 * fr_wish_toast_removed:
 * @widget: where it was asked for
 * @wishes: wishes
 * @wish: one that was removed
 *
 * Says that it is gone.
 */
void
fr_wish_toast_removed (GtkWidget *widget, FrWishes *wishes, FrWish *wish)
{
  show (widget, wishes, wish, _ ("You will not be told."), G_CALLBACK (restore_cb));
}
