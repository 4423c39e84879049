/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-toast.h"

#include <adwaita.h>

#include <glib/gi18n.h>

#include "fr-announce.h"

#define OFFER_SECONDS 8
#define SILENT_MS 300 /* what takes longer says so */

struct _FrToastWait
{
  GtkWidget *overlay; /* owned */
  GCancellable *cancellable; /* owned */
  AdwToast *toast; /* owned; NULL: not shown yet */
  char *text;
  guint timeout_id;
};

typedef struct
{
  FrToastFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GtkWidget *overlay; /* owned */
} Offer;

static void
offer_free (Offer *offer, GClosure *closure)
{
  if (offer->free_data != NULL)
    offer->free_data (offer->data);
  g_object_unref (offer->overlay);
  g_free (offer);
}

static void
clicked_cb (AdwToast *toast, Offer *offer)
{
  offer->func (offer->overlay, offer->data);
}

static AdwToast *
make_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

/**
 * fr_toast_say:
 * @widget: where it was asked for; in an #AdwToastOverlay, or nothing is shown
 * @text: what was done
 */
void
fr_toast_say (GtkWidget *widget, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay == NULL)
    return;
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), make_toast (text));
  fr_announce (widget, text);
}

/**
 * fr_toast_offer:
 * @widget: where it was asked for; in an #AdwToastOverlay, or nothing is shown
 * @text: what was done
 * @button: what can be done now
 * @func: does that
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees it, as soon as nobody can press the button any more
 */
void
fr_toast_offer (GtkWidget *widget, const char *text, const char *button, FrToastFunc func, gpointer data,
                GDestroyNotify free_data)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  Offer *offer;
  AdwToast *toast;

  if (overlay == NULL)
    {
      if (free_data != NULL)
        free_data (data);
      return;
    }
  offer = g_new0 (Offer, 1);
  *offer = (Offer){ func, data, free_data, g_object_ref (overlay) };
  toast = make_toast (text);
  adw_toast_set_button_label (toast, button);
  adw_toast_set_timeout (toast, OFFER_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (clicked_cb), offer, (GClosureNotify) (GCallback) offer_free, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  fr_announce (widget, text);
}

static gboolean
waited_cb (gpointer data)
{
  FrToastWait *self = data;

  self->timeout_id = 0;
  self->toast = g_object_ref (make_toast (self->text));
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_button_label (self->toast, _ ("_Cancel"));
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (g_cancellable_cancel), self->cancellable,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->overlay), self->toast);
  fr_announce (self->overlay, self->text);
  return G_SOURCE_REMOVE;
}

/**
 * fr_toast_wait_new:
 * @widget: where it was asked for; in an #AdwToastOverlay, or nothing is shown
 * @text: what goes on
 * @cancellable: stops it
 *
 * Returns: (transfer full): what says it after a while, until fr_toast_wait_end()
 */
FrToastWait *
fr_toast_wait_new (GtkWidget *widget, const char *text, GCancellable *cancellable)
{
  FrToastWait *self = g_new0 (FrToastWait, 1);

  self->overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  self->cancellable = g_object_ref (cancellable);
  self->text = g_strdup (text);
  if (self->overlay == NULL)
    return self;
  g_object_ref (self->overlay);
  self->timeout_id = g_timeout_add (SILENT_MS, waited_cb, self);
  return self;
}

/**
 * fr_toast_wait_end:
 * @self: (transfer full): what said that something goes on
 */
void
fr_toast_wait_end (FrToastWait *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  g_clear_object (&self->overlay);
  g_object_unref (self->cancellable);
  g_free (self->text);
  g_free (self);
}
