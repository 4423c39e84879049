/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include <glib/gi18n.h>

#include "fr-settings.h"

/* Details: beside the picture, or a page by themselves */

static gboolean
is_page (FrViewer *self)
{
  return self->is_narrow || self->is_fullscreen;
}

gboolean
fr_viewer_get_details_shown (FrViewer *self)
{
  return is_page (self) ? adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->details)
                        : self->wants_details;
}

/* The buttons of the window are at the end of what is at the end. */
void
fr_viewer_arranged_cb (FrViewer *self)
{
  gboolean is_folded = adw_leaflet_get_folded (self->leaflet);

  adw_header_bar_set_show_end_title_buttons (self->header_bar, is_folded);
  fr_details_set_folded (self->details, is_folded);
  g_object_notify (G_OBJECT (self), "details-shown");
}

void
fr_viewer_arrange (FrViewer *self)
{
  adw_leaflet_set_can_unfold (self->leaflet, self->wants_details && !is_page (self));
  if (!is_page (self) && !self->wants_details)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->top));
  fr_viewer_arranged_cb (self);
}

void
fr_viewer_set_details_shown (FrViewer *self, gboolean is_shown)
{
  GtkWidget *details = GTK_WIDGET (self->details);

  if (self->is_fullscreen)
    gtk_window_unfullscreen (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  if (is_shown == fr_viewer_get_details_shown (self))
    return;
  if (!self->is_narrow)
    {
      self->wants_details = is_shown;
      if (self->settings != NULL)
        g_settings_set_boolean (self->settings, FR_SETTING_DETAILS_SHOWN, is_shown);
      fr_viewer_arrange (self);
    }
  else
    adw_leaflet_set_visible_child (self->leaflet, is_shown ? details : GTK_WIDGET (self->top));
  if (is_shown && self->is_narrow)
    gtk_widget_child_focus (details, GTK_DIR_TAB_FORWARD);
  else if (!is_shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
fr_viewer_set_narrow (FrViewer *self, gboolean is_narrow)
{
  if (is_narrow == self->is_narrow)
    return;
  if (!is_narrow && fr_viewer_get_details_shown (self))
    self->wants_details = TRUE; /* what is looked at stays */
  self->is_narrow = is_narrow;
  fr_viewer_bar_set_narrow (self->bar, is_narrow);
  fr_viewer_arrange (self);
}

void
fr_viewer_edit_title_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);

  if (self->picture == NULL || fr_viewed_picture_get_item (self->picture) == NULL)
    return;
  fr_viewer_set_details_shown (self, TRUE);
  fr_details_focus_title (self->details);
}

/* Full screen */

void
fr_viewer_fullscreen_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!GTK_IS_WINDOW (root))
    return;
  if (FR_VIEWER (widget)->is_fullscreen)
    gtk_window_unfullscreen (GTK_WINDOW (root));
  else
    gtk_window_fullscreen (GTK_WINDOW (root));
}

void
fr_viewer_fullscreened_cb (FrViewer *self, GParamSpec *pspec, GtkWindow *window)
{
  gboolean is_fullscreen = gtk_window_is_fullscreen (window) && self->picture != NULL;
  AdwFlapFoldPolicy policy = is_fullscreen ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER;
  const char *label = is_fullscreen ? _ ("Leave full screen") : _ ("Full screen");

  if (is_fullscreen == self->is_fullscreen)
    return;
  self->is_fullscreen = is_fullscreen;
  adw_flap_set_fold_policy (self->top, policy);
  adw_flap_set_fold_policy (self->bottom, policy);
  gtk_button_set_icon_name (self->fullscreen_button, is_fullscreen ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fullscreen_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fullscreen_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (is_fullscreen)
    {
      adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->top));
      gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
    }
  fr_viewer_arrange (self);
  fr_vanishing_set_active (self->vanishing, is_fullscreen);
}

void
fr_viewer_revealed_cb (FrViewer *self)
{
  gboolean is_revealed = fr_vanishing_get_revealed (self->vanishing);

  adw_flap_set_reveal_flap (self->top, is_revealed);
  adw_flap_set_reveal_flap (self->bottom, is_revealed);
  gtk_widget_set_visible (self->zoom_box, is_revealed && fr_canvas_is_measured (self->canvas));
  gtk_widget_set_opacity (self->previous_button, is_revealed ? 1 : 0);
  gtk_widget_set_opacity (self->next_button, is_revealed ? 1 : 0);
  fr_viewer_keep_focus (self);
}

/* From full screen to the window, from details that are a page to the picture. */
gboolean
fr_viewer_step_back (FrViewer *self)
{
  if (self->is_fullscreen)
    gtk_window_unfullscreen (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  else if (self->is_narrow && fr_viewer_get_details_shown (self))
    fr_viewer_set_details_shown (self, FALSE);
  else
    return FALSE;
  return TRUE;
}
