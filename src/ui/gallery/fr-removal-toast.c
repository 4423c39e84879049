/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-removal-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fr-announce.h"

#define LAST "removal-toast" /* of the overlay: the toast that is shown, or about to be */
#define SECONDS 10           /* long enough to notice that it was the wrong one */

static void
say (GtkWidget *overlay, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (escaped));
  fr_announce (overlay, text);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) overlay = data;
  g_autoptr (GError) error = NULL;
  int n = fr_removal_undo_finish (FR_REMOVAL (source), result, &error);
  g_autofree char *text = NULL;

  if (n < 0)
    {
      say (overlay, error->message);
      return;
    }
  text = n == 1 ? g_strdup (_ ("The picture is back"))
                : g_strdup_printf (ngettext ("%u picture is back", "%u pictures are back", (guint) n), (guint) n);
  say (overlay, text);
}

static void
undo (AdwToast *toast, GtkWidget *overlay)
{
  FrRemoval *removal = g_object_get_data (G_OBJECT (toast), "removal");

  g_object_set_data (G_OBJECT (overlay), LAST, NULL);
  fr_removal_undo_async (removal, undone_cb, g_object_ref (overlay));
}

/* What nobody can undo any more is gone for good: then nobody holds it. */
static void
forget_cb (AdwToast *toast, GtkWidget *overlay)
{
  if (g_object_get_data (G_OBJECT (overlay), LAST) == toast)
    g_object_set_data (G_OBJECT (overlay), LAST, NULL);
}

/**
 * fr_removal_toast_show:
 * @widget: where it was asked for; in an #AdwToastOverlay
 * @removal: what was removed
 *
 * Shows and announces it for ten seconds. Without an overlay nobody could undo it, so it is final then.
 */
void
fr_removal_toast_show (GtkWidget *widget, FrRemoval *removal)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  guint n = fr_removal_get_n (removal);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (overlay == NULL || n == 0)
    return;
  text = n == 1 ? g_strdup (_ ("Picture removed"))
                : g_strdup_printf (ngettext ("%u picture removed", "%u pictures removed", n), n);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "removal", g_object_ref (removal), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo), overlay, 0);
  g_object_set_data_full (G_OBJECT (overlay), LAST, g_object_ref (toast), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (forget_cb), overlay, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  fr_announce (widget, text);
}

/**
 * fr_removal_toast_undo:
 * @widget: where a key was pressed
 *
 * Does what a click on the button would.
 *
 * Returns: whether there was something to undo
 */
gboolean
fr_removal_toast_undo (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autoptr (AdwToast) toast = NULL;

  if (overlay != NULL && g_object_get_data (G_OBJECT (overlay), LAST) != NULL)
    toast = g_object_ref (g_object_get_data (G_OBJECT (overlay), LAST));
  if (toast == NULL)
    return FALSE;
  undo (toast, overlay);
  adw_toast_dismiss (toast);
  return TRUE;
}
