/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-picture.h"
#include "fr-image-protocol.h"

G_BEGIN_DECLS

/* Some frames of a picture that moves, from its file to memory that is handed back. Part of the decoding process. */

typedef struct
{
  guint width; /* pixels of each */
  guint height;
  guint n_frames;
  guint n_total; /* that may be asked for */
  int fd;        /* a sealed memfd as FR_IMAGE_REPLY_FRAMES describes it, the caller's */
} FrImageMoving;

gboolean fr_image_moving_make (FrImagePicture *picture,
                               const FrImageRequest *request,
                               FrImageMoving *out_moving,
                               GError **error);

G_END_DECLS
