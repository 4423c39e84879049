/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <vips/vips.h>

G_BEGIN_DECLS

/* What is made of a decoded picture. Part of the decoding process. */

#define FR_IMAGE_PREVIEW_SIDE 160

GBytes *fr_image_encode_thumbnail (VipsImage *image);
GBytes *fr_image_encode_preview (VipsImage *thumbnail);
int fr_image_encode_pixels (VipsImage *image);
gboolean fr_image_encode_frame (VipsImage *image, int fd);

G_END_DECLS
