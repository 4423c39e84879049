/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-private.h"

#include "fr-offer.h"

/* Pictures that other programs hand over: dropped anywhere on the window, or pasted. */

static void
take_offer (FrWindow *self, FrOffer *offer)
{
  FrGalleryPage *page = fr_main_view_get_gallery_page (fr_window_get_main_view (self));

  fr_window_end_first_start (self);
  fr_main_view_show_page (fr_window_get_main_view (self), "pictures");
  if (offer->paths != NULL)
    fr_gallery_page_offer_paths (page, (const char *const *) offer->paths);
  else
    fr_gallery_page_offer_bytes (page, offer->bytes);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrOffer) offer = fr_offer_read_finish (source, result, &error);

  gdk_drop_finish (GDK_DROP (source), offer != NULL ? GDK_ACTION_COPY : 0);
  if (offer != NULL)
    take_offer (self, offer);
  else
    fr_window_say (self, error->message);
}

static gboolean
accept_cb (GtkDropTargetAsync *target, GdkDrop *drop, FrWindow *self)
{
  /* not what is dragged within the window, such as text */
  return fr_window_takes_pictures (self) && gdk_drop_get_drag (drop) == NULL
         && fr_offer_is_in (gdk_drop_get_formats (drop));
}

static GdkDragAction
drag_enter_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, GtkRevealer *hint)
{
  gtk_revealer_set_reveal_child (hint, TRUE);
  return GDK_ACTION_COPY;
}

static void
drag_leave_cb (GtkDropTargetAsync *target, GdkDrop *drop, GtkRevealer *hint)
{
  gtk_revealer_set_reveal_child (hint, FALSE);
}

/* A drop is no leaving. */
static gboolean
drop_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, GtkRevealer *hint)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (hint));

  gtk_revealer_set_reveal_child (hint, FALSE);
  fr_offer_read_drop_async (drop, NULL, dropped_cb, g_object_ref (window));
  return TRUE;
}

/**
 * fr_window_accept_drops:
 * @self: a window
 * @drop_hint: a #GtkRevealer over the window, shown while something is dragged over it
 */
void
fr_window_accept_drops (FrWindow *self, GtkWidget *drop_hint)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (fr_offer_get_formats (), GDK_ACTION_COPY);

  g_signal_connect (target, "accept", G_CALLBACK (accept_cb), self);
  g_signal_connect (target, "drag-enter", G_CALLBACK (drag_enter_cb), drop_hint);
  g_signal_connect (target, "drag-leave", G_CALLBACK (drag_leave_cb), drop_hint);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), drop_hint);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FrOffer) offer = fr_offer_read_finish (source, result, &error);

  if (offer != NULL)
    take_offer (self, offer);
  else
    fr_window_say (self, error->message);
}

/**
 * fr_window_paste:
 * @self: a window
 *
 * Offers to add what is in the clipboard.
 */
void
fr_window_paste (FrWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (fr_window_takes_pictures (self))
    fr_offer_read_clipboard_async (clipboard, NULL, pasted_cb, g_object_ref (self));
}
