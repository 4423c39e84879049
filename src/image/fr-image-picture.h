/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-sniff.h"

#include <vips/vips.h>

G_BEGIN_DECLS

/* A picture whose header has been read, and its decoding to a size that is wanted. Part of the decoding
 * process. */

typedef struct
{
  FrImageType type;
  guint width; /* pixels, as it is shown */
  guint height;

  /* Private */
  VipsSource *source;
  guint orientation; /* in its file, from 1 to 8 */
  guint n_frames;    /* as the file says; 1 if it does not move */
  guint is_cmyk : 1;
} FrImagePicture;

void fr_image_picture_block_loaders (void);

gboolean fr_image_picture_open (FrImagePicture *self, int fd, GError **error);
void fr_image_picture_clear (FrImagePicture *self);
VipsImage *fr_image_picture_decode (FrImagePicture *self, guint max_width, guint max_height, GError **error);

/* For what decodes it in other ways. */
gboolean fr_image_picture_check_cost (FrImagePicture *self, GError **error);
VipsImage *fr_image_picture_finish (FrImagePicture *self, VipsImage *image, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrImagePicture, fr_image_picture_clear)

G_END_DECLS
