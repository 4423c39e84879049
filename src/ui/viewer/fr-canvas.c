/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-canvas.h"

#include <math.h>
#include <string.h>

#include "fr-canvas-geometry.h"

#define BLUR_RADIUS 24
#define REST_MS 150      /* after the last movement more pixels are asked for */
#define WHEEL_STEPS 1.0  /* of zoom, a notch */
#define SURFACE_STEPS 0.02 /* the same, a unit that fingers move on a touchpad */
#define PAN_SHARE 0.2    /* of the view, a key */

struct _FrCanvas
{
  GtkWidget parent_instance;

  /* owned */
  GdkTexture *texture; /* nullable */
  GdkTexture *part_texture; /* nullable: sharper, of what is looked at */
  GdkPaintable *moving;     /* nullable: in place of both */
  GSource *rest;
  GSource *news; /* to be told once it is laid out */

  /* state */
  FrCanvasGeometry geometry;
  FrImagePart part;        /* what part_texture is of */
  FrImagePart wanted_part; /* asked for last */
  guint told_width, told_height; /* what is said of the picture; 0: nothing */
  double pointer_x, pointer_y; /* below 0: elsewhere */
  double pinch_zoom;           /* when it began */
  double drag_x, drag_y;       /* how far the drag has been followed */
  guint wanted_width;          /* asked for last */
  guint is_covered : 1;
};

enum
{
  ZOOMED,
  WANT,
  WANT_PART,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrCanvas, fr_canvas, GTK_TYPE_WIDGET)

/* How sharp it could be */

static void
end_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
begin_source (FrCanvas *self, GSource **source, GSource *added, GSourceFunc callback)
{
  end_source (source);
  *source = added;
  g_source_set_callback (added, callback, self, NULL);
  g_source_attach (added, NULL);
}

/* What has been asked for and has not come yet is not asked for again. What is not looked at any more is forgotten. */
static void
want_part (FrCanvas *self)
{
  if (!fr_canvas_geometry_needs_part (&self->geometry))
    {
      g_clear_object (&self->part_texture);
      self->wanted_part = (FrImagePart){ 0 };
    }
  else if (self->wanted_part.width == 0 || !fr_canvas_geometry_is_served (&self->geometry, &self->wanted_part))
    {
      fr_canvas_geometry_get_part (&self->geometry, &self->wanted_part);
      g_signal_emit (self, signals[WANT_PART], 0, &self->wanted_part);
    }
}

static gboolean
rest_cb (gpointer data)
{
  FrCanvas *self = data;
  guint width, height;

  end_source (&self->rest);
  fr_canvas_geometry_get_wanted (&self->geometry, &width, &height);
  if (width > self->wanted_width * FR_CANVAS_WORTHWHILE)
    {
      self->wanted_width = width;
      g_signal_emit (self, signals[WANT], 0, width, height);
    }
  want_part (self);
  return G_SOURCE_REMOVE;
}

/* At once where nothing has been asked for yet. */
static void
begin_rest (FrCanvas *self)
{
  end_source (&self->rest);
  if (fr_canvas_geometry_is_ready (&self->geometry))
    begin_source (self, &self->rest, self->wanted_width == 0 ? g_idle_source_new () : g_timeout_source_new (REST_MS),
                  rest_cb);
}

static gboolean
news_cb (gpointer data)
{
  FrCanvas *self = data;

  end_source (&self->news);
  g_signal_emit (self, signals[ZOOMED], 0);
  return G_SOURCE_REMOVE;
}

/* What stands beside it may become wider by that: not while everything is laid out. */
static void
show_geometry (FrCanvas *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), fr_canvas_geometry_is_larger (&self->geometry) ? "grab" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  begin_rest (self);
  if (self->news == NULL)
    begin_source (self, &self->news, g_idle_source_new (), news_cb);
}

/* What somebody else says of their picture may be wrong: its shape is that of its pixels. */
static gboolean
is_as_told (FrCanvas *self, GdkTexture *texture)
{
  double width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);

  return self->told_width > 0
         && (fabs (width * self->told_height / self->told_width - height) < 2
             || fabs (height * self->told_width / self->told_height - width) < 2);
}

/* Gestures */

static void
get_pointer (FrCanvas *self, double *out_x, double *out_y)
{
  gboolean is_here = self->pointer_x >= 0 && self->pointer_y >= 0;

  *out_x = is_here ? self->pointer_x : self->geometry.view_width / 2;
  *out_y = is_here ? self->pointer_y : self->geometry.view_height / 2;
}

static void
step (FrCanvas *self, double steps, double x, double y)
{
  if (!fr_canvas_geometry_can_zoom (&self->geometry, steps))
    return;
  fr_canvas_geometry_step (&self->geometry, steps, x, y);
  show_geometry (self);
}

static void
motion_cb (FrCanvas *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
leave_cb (FrCanvas *self)
{
  self->pointer_x = self->pointer_y = -1;
}

/* A wheel zooms; fingers on a touchpad move what is larger than the view, and zoom with Ctrl. */
static gboolean
scroll_cb (FrCanvas *self, double dx, double dy, GtkEventController *controller)
{
  gboolean is_wheel
      = gtk_event_controller_scroll_get_unit (GTK_EVENT_CONTROLLER_SCROLL (controller)) == GDK_SCROLL_UNIT_WHEEL;
  gboolean has_control = gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK;
  double x, y;

  if (!fr_canvas_geometry_is_ready (&self->geometry))
    return GDK_EVENT_PROPAGATE;
  get_pointer (self, &x, &y);
  if (is_wheel || has_control)
    step (self, -dy * (is_wheel ? WHEEL_STEPS : SURFACE_STEPS), x, y);
  else
    {
      if (!fr_canvas_geometry_is_larger (&self->geometry))
        return GDK_EVENT_PROPAGATE;
      fr_canvas_geometry_move (&self->geometry, -dx, -dy);
      show_geometry (self);
    }
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (FrCanvas *self, GdkEventSequence *sequence, GtkGesture *gesture)
{
  self->pinch_zoom = self->geometry.zoom;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
pinch_cb (FrCanvas *self, double scale, GtkGesture *gesture)
{
  double x, y;

  if (!self->geometry.is_measured || !gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    return;
  fr_canvas_geometry_zoom (&self->geometry, self->pinch_zoom * scale, x, y);
  show_geometry (self);
}

static void
drag_begin_cb (FrCanvas *self, double x, double y, GtkGesture *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!fr_canvas_geometry_is_larger (&self->geometry))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drag_x = self->drag_y = 0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
drag_update_cb (FrCanvas *self, double x, double y, GtkGesture *gesture)
{
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) x, (int) y) && self->drag_x == 0 && self->drag_y == 0)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  fr_canvas_geometry_move (&self->geometry, x - self->drag_x, y - self->drag_y);
  self->drag_x = x;
  self->drag_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (FrCanvas *self)
{
  show_geometry (self);
}

static void
pressed_cb (FrCanvas *self, int n_press, double x, double y)
{
  if (n_press != 2 || !self->geometry.is_measured)
    return;
  fr_canvas_geometry_toggle (&self->geometry, x, y);
  show_geometry (self);
}

static void
add_gestures (FrCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new (), *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
update_view (FrCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  fr_canvas_geometry_set_view (&self->geometry, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                               gtk_widget_get_scale_factor (widget));
  show_geometry (self);
}

static void
fr_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  update_view (FR_CANVAS (widget));
}

/* Where a part of the picture is, or all of it. */
static void
find_place (FrCanvas *self, const FrImagePart *part, graphene_rect_t *out_place)
{
  double x, y, width, height;

  fr_canvas_geometry_get_place (&self->geometry, &x, &y, &width, &height);
  if (part != NULL)
    {
      x += part->left * self->geometry.zoom;
      y += part->top * self->geometry.zoom;
      width = part->width * self->geometry.zoom;
      height = part->height * self->geometry.zoom;
    }
  graphene_rect_init (out_place, (float) x, (float) y, (float) width, (float) height);
}

static void
draw (FrCanvas *self, GtkSnapshot *snapshot)
{
  graphene_rect_t place;

  find_place (self, NULL, &place);
  if (self->moving != NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &place.origin);
      gdk_paintable_snapshot (self->moving, snapshot, place.size.width, place.size.height);
      gtk_snapshot_restore (snapshot);
      return;
    }
  gtk_snapshot_append_texture (snapshot, self->texture, &place);
  if (self->part_texture != NULL)
    {
      find_place (self, &self->part, &place);
      gtk_snapshot_append_texture (snapshot, self->part_texture, &place);
    }
}

static void
fr_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FrCanvas *self = FR_CANVAS (widget);
  graphene_rect_t view;

  if (self->texture == NULL || !fr_canvas_geometry_is_ready (&self->geometry))
    return;
  graphene_rect_init (&view, 0, 0, (float) self->geometry.view_width, (float) self->geometry.view_height);
  gtk_snapshot_push_clip (snapshot, &view);
  if (self->is_covered)
    gtk_snapshot_push_blur (snapshot, BLUR_RADIUS);
  draw (self, snapshot);
  if (self->is_covered)
    gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
fr_canvas_dispose (GObject *object)
{
  FrCanvas *self = FR_CANVAS (object);

  end_source (&self->rest);
  end_source (&self->news);
  fr_canvas_set_moving (self, NULL);
  g_clear_object (&self->part_texture);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (fr_canvas_parent_class)->dispose (object);
}

static void
fr_canvas_class_init (FrCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fr_canvas_dispose;
  widget_class->size_allocate = fr_canvas_size_allocate;
  widget_class->snapshot = fr_canvas_snapshot;
  signals[ZOOMED] = g_signal_new ("zoomed", FR_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WANT] = g_signal_new ("want", FR_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_UINT, G_TYPE_UINT);
  signals[WANT_PART] = g_signal_new ("want-part", FR_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                     G_TYPE_POINTER);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fr_canvas_init (FrCanvas *self)
{
  fr_canvas_geometry_init (&self->geometry);
  leave_cb (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_view), NULL);
  add_gestures (self);
}

/**
 * fr_canvas_clear:
 * @self: a canvas
 * @width: of the next picture in pixels; 0: not known
 * @height: the same
 * @label: what it is, for those who cannot see it
 *
 * Shows nothing, and expects another picture.
 */
void
fr_canvas_clear (FrCanvas *self, guint width, guint height, const char *label)
{
  gboolean is_measured = width > 0 && height > 0;

  end_source (&self->rest);
  fr_canvas_set_moving (self, NULL);
  g_clear_object (&self->part_texture);
  g_clear_object (&self->texture);
  self->wanted_part = (FrImagePart){ 0 };
  self->wanted_width = 0;
  self->is_covered = FALSE;
  self->told_width = is_measured ? width : 0;
  self->told_height = is_measured ? height : 0;
  fr_canvas_geometry_set_picture (&self->geometry, self->told_width, self->told_height, is_measured);
  fr_canvas_set_label (self, label);
  show_geometry (self);
}

void
fr_canvas_set_label (FrCanvas *self, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * fr_canvas_set_texture:
 * @self: a canvas
 * @texture: the picture, as sharp as it is by now
 *
 * Shows it in place of what was there, unless that is sharper.
 */
void
fr_canvas_set_texture (FrCanvas *self, GdkTexture *texture)
{
  gboolean is_told = is_as_told (self, texture);

  if (self->texture != NULL && gdk_texture_get_width (texture) < gdk_texture_get_width (self->texture))
    return;
  g_set_object (&self->texture, texture);
  if (is_told && !self->geometry.is_measured)
    fr_canvas_geometry_set_picture (&self->geometry, self->told_width, self->told_height, TRUE);
  else if (!is_told)
    fr_canvas_geometry_set_picture (&self->geometry, gdk_texture_get_width (texture),
                                    gdk_texture_get_height (texture), FALSE);
  show_geometry (self);
}

/**
 * fr_canvas_set_part:
 * @self: a canvas
 * @texture: a part of the picture
 * @part: which
 *
 * Shows it over the rest, unless another has been asked for meanwhile.
 */
void
fr_canvas_set_part (FrCanvas *self, GdkTexture *texture, const FrImagePart *part)
{
  if (memcmp (part, &self->wanted_part, sizeof *part) != 0)
    return;
  g_set_object (&self->part_texture, texture);
  self->part = *part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * fr_canvas_set_moving:
 * @self: a canvas
 * @moving: (nullable): what the picture looks like at each moment
 *
 * Shows that in place of what stands still, once there is something of that.
 */
void
fr_canvas_set_moving (FrCanvas *self, GdkPaintable *moving)
{
  if (self->moving != NULL)
    g_signal_handlers_disconnect_by_func (self->moving, gtk_widget_queue_draw, self);
  g_set_object (&self->moving, moving);
  if (moving != NULL)
    g_signal_connect_object (moving, "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GdkTexture *
fr_canvas_get_part (FrCanvas *self)
{
  return self->part_texture;
}

GdkTexture *
fr_canvas_get_texture (FrCanvas *self)
{
  return self->texture;
}

void
fr_canvas_set_covered (FrCanvas *self, gboolean is_covered)
{
  self->is_covered = is_covered;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
fr_canvas_zoom (FrCanvas *self, double steps)
{
  double x, y;

  get_pointer (self, &x, &y);
  step (self, steps, x, y);
}

void
fr_canvas_zoom_to_fit (FrCanvas *self)
{
  fr_canvas_geometry_fit (&self->geometry);
  show_geometry (self);
}

void
fr_canvas_zoom_to_actual (FrCanvas *self)
{
  double x, y;

  if (!self->geometry.is_measured)
    return;
  get_pointer (self, &x, &y);
  fr_canvas_geometry_zoom (&self->geometry, fr_canvas_geometry_get_actual (&self->geometry), x, y);
  show_geometry (self);
}

gboolean
fr_canvas_can_zoom (FrCanvas *self, double steps)
{
  return fr_canvas_geometry_can_zoom (&self->geometry, steps);
}

/**
 * fr_canvas_pan:
 * @self: a canvas
 * @x: 1: look further to the right; -1: to the left
 * @y: 1: further down; -1: up
 *
 * Returns: %FALSE if all of it is shown
 */
gboolean
fr_canvas_pan (FrCanvas *self, int x, int y)
{
  if (!fr_canvas_geometry_is_larger (&self->geometry))
    return FALSE;
  fr_canvas_geometry_move (&self->geometry, -x * PAN_SHARE * self->geometry.view_width,
                           -y * PAN_SHARE * self->geometry.view_height);
  show_geometry (self);
  return TRUE;
}

guint
fr_canvas_get_percent (FrCanvas *self)
{
  return fr_canvas_geometry_get_percent (&self->geometry);
}

gboolean
fr_canvas_is_fit (FrCanvas *self)
{
  return self->geometry.is_fit;
}

gboolean
fr_canvas_is_larger (FrCanvas *self)
{
  return fr_canvas_geometry_is_larger (&self->geometry);
}

gboolean
fr_canvas_is_measured (FrCanvas *self)
{
  return self->geometry.is_measured;
}
