/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-moving-paintable.h"

#include <math.h>

#define AHEAD 8u              /* frames that are there before they are to be seen */
#define LATE_US (500 * 1000)  /* after more than that nothing is skipped: this computer slept, or a frame was late */

typedef struct
{
  GdkTexture *texture; /* NULL: has not come yet */
  gint64 duration_us;
} Frame;

struct _FrMovingPaintable
{
  GObject parent_instance;

  /* owned */
  GArray *frames; /* of Frame: all that may be asked for */
  GSource *timer;

  /* state */
  guint position;
  gint64 shown_us; /* since when the frame is seen */
  guint side;
  guint is_asking : 1;
  guint is_playing : 1;
  guint is_seen : 1;
  guint is_ready : 1;
};

enum
{
  WANT,
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void init_paintable (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FrMovingPaintable, fr_moving_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, init_paintable))

static Frame *
get_frame (FrMovingPaintable *self, guint index)
{
  return &g_array_index (self->frames, Frame, index);
}

static void
frame_clear (gpointer data)
{
  g_clear_object (&((Frame *) data)->texture);
}

static GdkTexture *
get_texture (FrMovingPaintable *self)
{
  return self->frames->len > 0 ? get_frame (self, self->position)->texture : NULL;
}

/* Asking */

static void
ask (FrMovingPaintable *self, guint first, guint n)
{
  self->is_asking = TRUE;
  g_signal_emit (self, signals[WANT], 0, first, n, self->side);
}

/* The next that is not there, if it is seen soon. */
static void
ask_ahead (FrMovingPaintable *self)
{
  if (self->is_asking || self->frames->len == 0)
    return;
  for (guint i = 1; i <= MIN (AHEAD, self->frames->len - 1); i++)
    {
      guint index = (self->position + i) % self->frames->len;

      if (get_frame (self, index)->texture != NULL)
        continue;
      ask (self, index, MIN (FR_MOVING_BATCH, self->frames->len - index));
      return;
    }
}

/* The clock */

static void
stop_timer (FrMovingPaintable *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
timer_cb (gpointer data)
{
  FrMovingPaintable *self = data;

  stop_timer (self);
  fr_moving_paintable_advance (self, g_get_monotonic_time ());
  return G_SOURCE_REMOVE;
}

static gint64
get_due (FrMovingPaintable *self)
{
  return self->shown_us + get_frame (self, self->position)->duration_us;
}

static gboolean
has_next (FrMovingPaintable *self)
{
  return self->frames->len > 1 && get_frame (self, (self->position + 1) % self->frames->len)->texture != NULL;
}

static void
start_timer (FrMovingPaintable *self, gint64 now_us)
{
  stop_timer (self);
  if (!self->is_playing || !self->is_seen || !self->is_ready || !has_next (self))
    return;
  self->timer = g_timeout_source_new ((guint) (MAX (get_due (self) - now_us, 0) / 1000));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

/* From now on, with the frame that is seen. */
static void
go_on (FrMovingPaintable *self)
{
  self->shown_us = g_get_monotonic_time ();
  ask_ahead (self);
  start_timer (self, self->shown_us);
}

/* Paintable */

static void
paint (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  GdkTexture *texture = get_texture (FR_MOVING_PAINTABLE (paintable));

  if (texture != NULL)
    gdk_paintable_snapshot (GDK_PAINTABLE (texture), snapshot, width, height);
}

static GdkPaintable *
get_current_image (GdkPaintable *paintable)
{
  GdkTexture *texture = get_texture (FR_MOVING_PAINTABLE (paintable));

  return texture != NULL ? g_object_ref (GDK_PAINTABLE (texture)) : gdk_paintable_new_empty (0, 0);
}

static int
get_intrinsic_width (GdkPaintable *paintable)
{
  GdkTexture *texture = get_texture (FR_MOVING_PAINTABLE (paintable));

  return texture != NULL ? gdk_texture_get_width (texture) : 0;
}

static int
get_intrinsic_height (GdkPaintable *paintable)
{
  GdkTexture *texture = get_texture (FR_MOVING_PAINTABLE (paintable));

  return texture != NULL ? gdk_texture_get_height (texture) : 0;
}

static void
init_paintable (GdkPaintableInterface *iface)
{
  iface->snapshot = paint;
  iface->get_current_image = get_current_image;
  iface->get_intrinsic_width = get_intrinsic_width;
  iface->get_intrinsic_height = get_intrinsic_height;
}

static void
fr_moving_paintable_dispose (GObject *object)
{
  stop_timer (FR_MOVING_PAINTABLE (object));
  G_OBJECT_CLASS (fr_moving_paintable_parent_class)->dispose (object);
}

static void
fr_moving_paintable_finalize (GObject *object)
{
  g_array_unref (FR_MOVING_PAINTABLE (object)->frames);
  G_OBJECT_CLASS (fr_moving_paintable_parent_class)->finalize (object);
}

static void
fr_moving_paintable_class_init (FrMovingPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_moving_paintable_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_moving_paintable_finalize;
  signals[WANT] = g_signal_new ("want", FR_TYPE_MOVING_PAINTABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[READY] = g_signal_new ("ready", FR_TYPE_MOVING_PAINTABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_moving_paintable_init (FrMovingPaintable *self)
{
  self->frames = g_array_new (FALSE, TRUE, sizeof (Frame));
  g_array_set_clear_func (self->frames, frame_clear);
  self->side = FR_MOVING_MAX_SIDE;
  self->is_playing = TRUE;
  self->is_seen = TRUE;
}

/**
 * fr_moving_paintable_new:
 *
 * Returns: (transfer full): a paintable without a frame
 */
FrMovingPaintable *
fr_moving_paintable_new (void)
{
  return g_object_new (FR_TYPE_MOVING_PAINTABLE, NULL);
}

/**
 * fr_moving_paintable_start:
 * @self: a new paintable, to whose signal "want" somebody listens
 *
 * Asks for the first frames.
 */
void
fr_moving_paintable_start (FrMovingPaintable *self)
{
  ask (self, 0, FR_MOVING_FIRST_BATCH);
}

/* All frames are kept: where they would take too much, they are asked for once more, smaller. */
static gboolean
is_too_much (FrMovingPaintable *self, const FrImageFrames *frames)
{
  double bytes = (double) frames->stride * frames->height * frames->n_total;

  if (bytes <= FR_MOVING_MAX_BYTES || self->frames->len > 0)
    return FALSE;
  self->side = MAX ((guint) (MAX (frames->width, frames->height) * sqrt (FR_MOVING_MAX_BYTES / bytes)), 1);
  return TRUE;
}

static void
add_frames (FrMovingPaintable *self, const FrImageFrames *frames)
{
  for (guint i = 0; i < frames->n_frames && frames->first + i < self->frames->len; i++)
    {
      g_autoptr (GBytes) pixels = fr_image_frames_get_pixels (frames, i);
      Frame *frame = get_frame (self, frames->first + i);

      g_clear_object (&frame->texture);
      frame->texture = gdk_memory_texture_new ((int) frames->width, (int) frames->height, GDK_MEMORY_R8G8B8A8, pixels,
                                               frames->stride);
      frame->duration_us = (gint64) fr_image_frames_get_ms (frames, i) * 1000;
    }
}

/**
 * fr_moving_paintable_take:
 * @self: a paintable that has asked
 * @frames: what has come of that
 */
void
fr_moving_paintable_take (FrMovingPaintable *self, const FrImageFrames *frames)
{
  gboolean waited = !has_next (self);

  self->is_asking = FALSE;
  if (is_too_much (self, frames))
    {
      ask (self, 0, FR_MOVING_FIRST_BATCH);
      return;
    }
  if (self->frames->len == 0)
    g_array_set_size (self->frames, frames->n_total);
  add_frames (self, frames);
  if (!self->is_ready)
    {
      self->is_ready = TRUE;
      g_signal_emit (self, signals[READY], 0);
      gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
    }
  if (waited)
    go_on (self);
  else
    ask_ahead (self);
}

/**
 * fr_moving_paintable_fail:
 * @self: a paintable that has asked
 *
 * Moves on with the frames that there are.
 */
void
fr_moving_paintable_fail (FrMovingPaintable *self)
{
  guint n = 0;

  self->is_asking = FALSE;
  while (n < self->frames->len && get_frame (self, n)->texture != NULL)
    n++;
  if (self->frames->len == 0 || n == 0)
    return;
  g_array_set_size (self->frames, n);
  self->position = MIN (self->position, n - 1);
  go_on (self);
}

gboolean
fr_moving_paintable_is_ready (FrMovingPaintable *self)
{
  return self->is_ready;
}

void
fr_moving_paintable_set_playing (FrMovingPaintable *self, gboolean is_playing)
{
  self->is_playing = is_playing;
  go_on (self);
}

gboolean
fr_moving_paintable_get_playing (FrMovingPaintable *self)
{
  return self->is_playing;
}

void
fr_moving_paintable_set_seen (FrMovingPaintable *self, gboolean is_seen)
{
  if (is_seen == self->is_seen)
    return;
  self->is_seen = is_seen;
  go_on (self);
}

guint
fr_moving_paintable_get_position (FrMovingPaintable *self)
{
  return self->position;
}

gint64
fr_moving_paintable_get_shown_us (FrMovingPaintable *self)
{
  return self->shown_us;
}

/**
 * fr_moving_paintable_advance:
 * @self: a paintable
 * @now_us: monotonic time
 *
 * Goes to the frame that is to be seen now, if it plays. Frames that should have been seen meanwhile are skipped, but not
 * after a longer pause.
 */
void
fr_moving_paintable_advance (FrMovingPaintable *self, gint64 now_us)
{
  guint before = self->position;

  if (!self->is_playing || !self->is_seen || !self->is_ready)
    return;
  if (now_us - get_due (self) > LATE_US)
    self->shown_us = now_us - get_frame (self, self->position)->duration_us;
  while (has_next (self) && now_us >= get_due (self))
    {
      self->shown_us = get_due (self);
      self->position = (self->position + 1) % self->frames->len;
    }
  if (self->position != before)
    gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
  ask_ahead (self);
  start_timer (self, now_us);
}
