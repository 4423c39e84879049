/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-strip-output.h"

G_BEGIN_DECLS

/* A copy of a picture without what its file tells beside the picture. What may stay is listed, and all else
 * goes: the copy has the same pixels, colours, orientation, density and frames, since what is coded is copied
 * as it is. Pure functions; the same bytes always give the same copy, and a copy of a copy is the same
 * again. */

/* Goes up whenever the same file would give another copy than before. */
#define FR_STRIP_VERSION 2

/* A copy may have so many bytes more than its picture: an orientation that was written more briefly than ours
 * is, and a byte to fill up. */
#define FR_STRIP_MAX_GROWTH 8

/**
 * FrStripResult:
 * @FR_STRIP_DONE: there is a copy
 * @FR_STRIP_NOT_LOSSLESS: a kind of picture that cannot be copied here without losing more than its details
 * @FR_STRIP_NOT_A_PICTURE: nothing that begins like a picture
 * @FR_STRIP_UNSUPPORTED: a picture of a kind that Freshet does not read
 * @FR_STRIP_DAMAGED: the file ends too early, or is not what it says
 * @FR_STRIP_TOO_LARGE: more than %FR_IMAGE_MAX_FILE_SIZE bytes
 * @FR_STRIP_TOO_MANY_PIECES: the copy would have more than %FR_STRIP_MAX_PIECES pieces
 */
typedef enum
{
  FR_STRIP_DONE,
  FR_STRIP_NOT_LOSSLESS,
  FR_STRIP_NOT_A_PICTURE,
  FR_STRIP_UNSUPPORTED,
  FR_STRIP_DAMAGED,
  FR_STRIP_TOO_LARGE,
  FR_STRIP_TOO_MANY_PIECES,
} FrStripResult;

/**
 * FrStripDetails:
 * @FR_STRIP_PLACE: where it was taken
 * @FR_STRIP_TIME: when it was taken or changed
 * @FR_STRIP_CAMERA: camera, lens, their serial numbers and settings, maker notes
 * @FR_STRIP_OWNER: who took it or owns it, copyright
 * @FR_STRIP_THUMBNAIL: smaller pictures within the file, which may show what was cut off or painted over
 * @FR_STRIP_DESCRIPTION: title, description, comments, keywords, other text
 * @FR_STRIP_HISTORY: what programs that edit pictures keep: XMP, Photoshop
 * @FR_STRIP_TRAILER: bytes after the picture's end, such as a video or a second picture
 * @FR_STRIP_OTHER: anything else
 *
 * What a copy leaves out, as far as can be told; several at once.
 */
typedef enum
{
  FR_STRIP_PLACE = 1 << 0,
  FR_STRIP_TIME = 1 << 1,
  FR_STRIP_CAMERA = 1 << 2,
  FR_STRIP_OWNER = 1 << 3,
  FR_STRIP_THUMBNAIL = 1 << 4,
  FR_STRIP_DESCRIPTION = 1 << 5,
  FR_STRIP_HISTORY = 1 << 6,
  FR_STRIP_TRAILER = 1 << 7,
  FR_STRIP_OTHER = 1 << 8,
} FrStripDetails;

#define FR_STRIP_ALL_DETAILS ((FR_STRIP_OTHER << 1) - 1)

FrStripResult
fr_image_strip (const guint8 *data, gsize size, FrStripOutput **out_output, FrStripDetails *out_removed);

G_END_DECLS
