/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Decoded frames of a picture that moves, ready for gdk_memory_texture_new() as GDK_MEMORY_R8G8B8A8. A value; its bytes
 * are shared by copies. */

/* How long a frame is shown: what says that it is shorter is shown as browsers do. */
#define FR_IMAGE_SHORTEST_FRAME_MS 20
#define FR_IMAGE_USUAL_FRAME_MS    100
#define FR_IMAGE_LONGEST_FRAME_MS  60000

/**
 * FrImageFrames:
 * @width: pixels of each
 * @height: likewise
 * @stride: bytes from one row to the next
 * @first: which frame of the picture is the first of these
 * @n_frames: how many these are
 * @n_total: how many of the picture may be asked for: not all, where that would be too much
 * @bytes: one frame after the other: @height rows of red, green, blue and alpha (not multiplied in), 8 bits each, sRGB
 */
typedef struct
{
  guint width;
  guint height;
  gsize stride;
  guint first;
  guint n_frames;
  guint n_total;
  GBytes *bytes;
} FrImageFrames;

#define FR_TYPE_IMAGE_FRAMES (fr_image_frames_get_type ())
GType fr_image_frames_get_type (void);

FrImageFrames *
fr_image_frames_new_from_fd (int fd, guint width, guint height, guint first, guint n_frames, guint n_total);
FrImageFrames *fr_image_frames_copy (const FrImageFrames *self);
void fr_image_frames_free (FrImageFrames *self);

GBytes *fr_image_frames_get_pixels (const FrImageFrames *self, guint index);
guint fr_image_frames_get_ms (const FrImageFrames *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrImageFrames, fr_image_frames_free)

G_END_DECLS
