/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a file did not become a picture. */

#define FR_IMAGE_ERROR (fr_image_error_quark ())

/**
 * FrImageError:
 * @FR_IMAGE_ERROR_NOT_A_PICTURE: empty, or nothing that begins like a picture
 * @FR_IMAGE_ERROR_UNSUPPORTED: a picture of a kind that Freshet does not read
 * @FR_IMAGE_ERROR_TRUNCATED: begins like a picture, but the rest is missing or damaged
 * @FR_IMAGE_ERROR_TOO_LARGE: more bytes or more pixels than Freshet shares
 * @FR_IMAGE_ERROR_TOO_COSTLY: decoding would take, or took, too much memory or time
 * @FR_IMAGE_ERROR_CRASHED: the decoding process ended, could not be started or answered nonsense
 * @FR_IMAGE_ERROR_BUSY: too many pictures wait already
 * @FR_IMAGE_ERROR_NOT_LOSSLESS: a kind whose details cannot be removed without losing more than them
 */
typedef enum
{
  FR_IMAGE_ERROR_NOT_A_PICTURE,
  FR_IMAGE_ERROR_UNSUPPORTED,
  FR_IMAGE_ERROR_TRUNCATED,
  FR_IMAGE_ERROR_TOO_LARGE,
  FR_IMAGE_ERROR_TOO_COSTLY,
  FR_IMAGE_ERROR_CRASHED,
  FR_IMAGE_ERROR_BUSY,
  FR_IMAGE_ERROR_NOT_LOSSLESS,
} FrImageError;

#define FR_IMAGE_N_ERRORS (FR_IMAGE_ERROR_NOT_LOSSLESS + 1)

GQuark fr_image_error_quark (void);
GError *fr_image_error_new (FrImageError code);
gboolean fr_image_error_is_about_file (const GError *error);

G_END_DECLS
