/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include <glib/gi18n.h>

#include "fr-announce.h"

/* What moves: playing and stopping it. */

static FrMovingPaintable *
find_moving (FrViewer *self)
{
  return self->picture != NULL ? fr_viewed_picture_get_moving (self->picture) : NULL;
}

void
fr_viewer_update_moving (FrViewer *self)
{
  FrMovingPaintable *moving = find_moving (self);
  gboolean is_playing = moving != NULL && fr_moving_paintable_get_playing (moving);
  const char *label = is_playing ? _ ("Stop moving") : _ ("Play");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.play", moving != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->play_button), moving != NULL);
  gtk_button_set_icon_name (self->play_button,
                            is_playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  fr_viewer_keep_focus (self);
}

/* Nothing moves by itself where somebody does not want that. */
void
fr_viewer_moving_cb (FrViewer *self)
{
  FrMovingPaintable *moving = find_moving (self);
  gboolean moves = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);
  fr_moving_paintable_set_seen (moving, gtk_widget_get_mapped (GTK_WIDGET (self->canvas)));
  fr_moving_paintable_set_playing (moving, moves);
  fr_canvas_set_moving (self->canvas, GDK_PAINTABLE (moving));
  fr_viewer_update_moving (self);
}

/* The canvas has come into sight, or gone from it. */
void
fr_viewer_mapped_cb (FrViewer *self)
{
  FrMovingPaintable *moving = find_moving (self);

  if (moving != NULL)
    fr_moving_paintable_set_seen (moving, gtk_widget_get_mapped (GTK_WIDGET (self->canvas)));
}

void
fr_viewer_play_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  FrViewer *self = FR_VIEWER (widget);
  FrMovingPaintable *moving = find_moving (self);
  gboolean is_playing;

  if (moving == NULL)
    return;
  is_playing = !fr_moving_paintable_get_playing (moving);
  fr_moving_paintable_set_playing (moving, is_playing);
  fr_viewer_update_moving (self);
  fr_announce (GTK_WIDGET (self->canvas), is_playing ? _ ("It moves.") : _ ("It stands still."));
}
