/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-viewer-private.h"

#include "fr-drag-icon.h"
#include "fr-hand-out-content.h"

/* The picture that is looked at, dragged into another program, as long as all of it is seen: else dragging moves it. */

/* A finger that moves leads back. */
static gboolean
is_touch (GtkGesture *gesture)
{
  GdkEvent *event = gtk_gesture_get_last_event (gesture, gtk_gesture_get_last_updated_sequence (gesture));
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;

  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, FrViewer *self)
{
  FrNode *node = NULL;
  g_autoptr (GPtrArray) pictures = fr_viewer_list_whole (GTK_WIDGET (self), &node);

  if (pictures->len == 0 || fr_canvas_is_larger (self->canvas) || is_touch (GTK_GESTURE (source)))
    return NULL;
  gtk_gesture_set_state (GTK_GESTURE (source), GTK_EVENT_SEQUENCE_CLAIMED);
  return fr_hand_out_content_new (node, pictures);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, FrViewer *self)
{
  g_autoptr (GPtrArray) textures = g_ptr_array_new ();
  g_autoptr (GdkPaintable) icon = NULL;

  if (fr_canvas_get_texture (self->canvas) == NULL)
    return;
  g_ptr_array_add (textures, fr_canvas_get_texture (self->canvas));
  icon = fr_drag_icon_new (textures);
  gtk_drag_source_set_icon (source, icon, 0, 0);
}

void
fr_viewer_drag_attach (FrViewer *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), GTK_EVENT_CONTROLLER (source));
}

/**
 * fr_viewer_list_whole:
 * @viewer: a viewer
 * @out_node: (out) (transfer none): whose pictures
 *
 * Returns: (transfer full) (element-type GObject): what is shown, as #FrGalleryItem or #FrFetch, if it is here; or nothing
 */
GPtrArray *
fr_viewer_list_whole (GtkWidget *viewer, FrNode **out_node)
{
  FrViewer *self = FR_VIEWER (viewer);
  GPtrArray *pictures = g_ptr_array_new_with_free_func (g_object_unref);
  FrViewedPicture *picture = self->picture;

  *out_node = self->node;
  if (picture == NULL || self->is_gone || !fr_viewed_picture_is_here (picture))
    return pictures;
  if (fr_viewed_picture_get_item (picture) != NULL)
    g_ptr_array_add (pictures, g_object_ref (fr_viewed_picture_get_item (picture)));
  else
    g_ptr_array_add (pictures, g_object_ref (fr_viewed_picture_get_fetch (picture)));
  return pictures;
}
