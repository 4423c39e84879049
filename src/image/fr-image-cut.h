/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-part.h"
#include "fr-image-picture.h"

G_BEGIN_DECLS

/* A part of a picture that is too large to be decoded as a whole at full size. Part of the decoding process. */

VipsImage *fr_image_cut_decode (FrImagePicture *picture, const FrImagePart *part, GError **error);

G_END_DECLS
