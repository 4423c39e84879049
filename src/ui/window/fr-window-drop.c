/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-window-private.h"

#include <glib/gi18n.h>

#include "fr-address-only.h"
#include "fr-hand-out-content.h"
#include "fr-offer.h"
#include "fr-person-row.h"
#include "fr-person-sharing.h"

/* Pictures that other programs hand over: dropped anywhere on the window, or on a person, or pasted. What is dragged from a
 * wall is here already: it can be dropped on a person alone. */

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

/* Whoever pictures are dropped on, on their row or on their page. */
static FrPerson *
find_person (FrWindow *self, double x, double y, FrPersonRow **out_row)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, FR_TYPE_PERSON_ROW) : NULL;
  GtkWidget *page = picked != NULL ? gtk_widget_get_ancestor (picked, FR_TYPE_PERSON_PAGE) : NULL;
  FrPerson *person = NULL;

  if (row != NULL)
    person = fr_person_row_get_person (FR_PERSON_ROW (row));
  else if (page != NULL)
    person = fr_person_page_get_person (FR_PERSON_PAGE (page));
  if (person == NULL || !fr_person_sharing_can_begin (person))
    return NULL;
  *out_row = row != NULL ? FR_PERSON_ROW (row) : NULL;
  return person;
}

/* While something is dragged over the window */
typedef struct
{
  GtkRevealer *hint;
  FrPersonRow *row; /* nullable, weak: what it is over */
} Dragging;

static void
dragging_free (Dragging *dragging, GClosure *closure)
{
  g_clear_weak_pointer (&dragging->row);
  g_free (dragging);
}

/* Whoever it is over has the say: their row, and not the whole window, so that one can see whose it is. */
static void
set_row (Dragging *dragging, FrPersonRow *row)
{
  if (dragging->row == row)
    return;
  if (dragging->row != NULL)
    fr_person_row_set_dropping (dragging->row, FALSE);
  g_set_weak_pointer (&dragging->row, row);
  if (row != NULL)
    fr_person_row_set_dropping (row, TRUE);
}

/* (nullable): what is dragged within the window. */
static FrHandOutContent *
get_own_content (GdkDrop *drop)
{
  GdkDrag *drag = gdk_drop_get_drag (drop);
  GdkContentProvider *content = drag != NULL ? gdk_drag_get_content (drag) : NULL;

  return FR_IS_HAND_OUT_CONTENT (content) ? FR_HAND_OUT_CONTENT (content) : NULL;
}

static void
show_hint (Dragging *dragging, double x, double y)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (dragging->hint));
  AdwStatusPage *status = ADW_STATUS_PAGE (gtk_revealer_get_child (dragging->hint));
  FrPersonRow *row = NULL;
  FrPerson *person = find_person (FR_WINDOW (window), x, y, &row);
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;

  if (person != NULL)
    /* Translators: the name of a person: what happens to pictures that are dropped here */
    title = g_strdup_printf (_ ("Drop to Share with %s"), fr_person_get_name (person));
  escaped = g_markup_escape_text (title != NULL ? title : _ ("Drop to Add"), -1);
  if (g_strcmp0 (adw_status_page_get_title (status), escaped) != 0)
    adw_status_page_set_title (status, escaped);
  set_row (dragging, row);
  gtk_revealer_set_reveal_child (dragging->hint, row == NULL);
}

static void
hide_hint (Dragging *dragging)
{
  set_row (dragging, NULL);
  gtk_revealer_set_reveal_child (dragging->hint, FALSE);
}

/* What is being read, and for whom. */
typedef struct
{
  FrWindow *window; /* owned, both */
  FrPerson *person; /* nullable: whoever is usual */
  gboolean is_on_page;
} Drop;

static void
drop_free (Drop *drop)
{
  g_object_unref (drop->window);
  g_clear_object (&drop->person);
  g_free (drop);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drop, drop_free)

static void
refuse (FrWindow *self, const GError *error)
{
  if (g_error_matches (error, FR_OFFER_ERROR, FR_OFFER_ERROR_ADDRESS_ONLY))
    fr_address_only_present (GTK_WIDGET (self));
  else
    fr_window_say (self, error->message);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Drop) drop = data;
  FrMainView *main_view = fr_window_get_main_view (drop->window);
  g_autoptr (GError) error = NULL;
  g_autoptr (FrOffer) offer = fr_offer_read_finish (source, result, &error);

  gdk_drop_finish (GDK_DROP (source), offer != NULL ? GDK_ACTION_COPY : 0);
  if (offer == NULL)
    refuse (drop->window, error);
  else if (drop->person == NULL)
    take_offer (drop->window, offer);
  else if (drop->is_on_page && fr_person_page_get_person (fr_main_view_get_person_page (main_view)) == drop->person)
    fr_person_page_take_offer (fr_main_view_get_person_page (main_view), offer);
  else
    fr_people_page_take_offer (fr_main_view_get_people_page (main_view), drop->person, offer);
}

static gboolean
accept_cb (GtkDropTargetAsync *target, GdkDrop *drop, Dragging *dragging)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (dragging->hint));

  /* of what is dragged within the window only pictures: not text */
  return fr_window_takes_pictures (FR_WINDOW (window))
         && (gdk_drop_get_drag (drop) == NULL || get_own_content (drop) != NULL)
         && fr_offer_is_in (gdk_drop_get_formats (drop));
}

static GdkDragAction
drag_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, Dragging *dragging)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (dragging->hint));
  FrPersonRow *row = NULL;

  if (get_own_content (drop) != NULL && (find_person (FR_WINDOW (window), x, y, &row) == NULL || row == NULL))
    {
      hide_hint (dragging);
      return 0;
    }
  show_hint (dragging, x, y);
  return GDK_ACTION_COPY;
}

static void
drag_leave_cb (GtkDropTargetAsync *target, GdkDrop *drop, Dragging *dragging)
{
  hide_hint (dragging);
}

static gboolean
drop_own (FrWindow *window, GdkDrop *gdk_drop, FrHandOutContent *content, double x, double y)
{
  FrPersonRow *row = NULL;
  FrPerson *person = find_person (window, x, y, &row);

  if (person == NULL || row == NULL)
    return FALSE;
  fr_people_page_take_pictures (fr_main_view_get_people_page (fr_window_get_main_view (window)), person,
                                fr_hand_out_content_get_pictures (content));
  gdk_drop_finish (gdk_drop, GDK_ACTION_COPY);
  return TRUE;
}

/* A drop is no leaving. */
static gboolean
drop_cb (GtkDropTargetAsync *target, GdkDrop *gdk_drop, double x, double y, Dragging *dragging)
{
  FrWindow *window = FR_WINDOW (gtk_widget_get_root (GTK_WIDGET (dragging->hint)));
  FrHandOutContent *content = get_own_content (gdk_drop);
  FrPersonRow *row = NULL;
  Drop *drop;

  if (content != NULL)
    {
      hide_hint (dragging);
      return drop_own (window, gdk_drop, content, x, y);
    }
  drop = g_new0 (Drop, 1);
  drop->window = g_object_ref (window);
  g_set_object (&drop->person, find_person (window, x, y, &row));
  drop->is_on_page = row == NULL;
  hide_hint (dragging);
  fr_offer_read_drop_async (gdk_drop, NULL, dropped_cb, drop);
  return TRUE;
}

/**
 * fr_window_accept_drops:
 * @self: a window
 * @drop_hint: a #GtkRevealer over the window, of an #AdwStatusPage, shown while something is dragged over it
 */
void
fr_window_accept_drops (FrWindow *self, GtkWidget *drop_hint)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (fr_offer_get_formats (), GDK_ACTION_COPY);
  Dragging *dragging = g_new0 (Dragging, 1);

  dragging->hint = GTK_REVEALER (drop_hint);
  g_signal_connect_data (target, "accept", G_CALLBACK (accept_cb), dragging, (GClosureNotify) dragging_free, 0);
  g_signal_connect (target, "drag-enter", G_CALLBACK (drag_cb), dragging);
  g_signal_connect (target, "drag-motion", G_CALLBACK (drag_cb), dragging);
  g_signal_connect (target, "drag-leave", G_CALLBACK (drag_leave_cb), dragging);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), dragging);
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
    refuse (self, error);
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
