/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-error.h"

G_DEFINE_QUARK (fr - image - error, fr_image_error)

static const char *const texts[FR_IMAGE_N_ERRORS] = {
  [FR_IMAGE_ERROR_NOT_A_PICTURE] = "This is not a picture",
  [FR_IMAGE_ERROR_UNSUPPORTED] = "Pictures of this kind are not supported",
  [FR_IMAGE_ERROR_TRUNCATED] = "The picture is incomplete or damaged",
  [FR_IMAGE_ERROR_TOO_LARGE] = "The picture is too large",
  [FR_IMAGE_ERROR_TOO_COSTLY] = "Showing the picture would take too much memory or time",
  [FR_IMAGE_ERROR_CRASHED] = "The program that reads pictures stopped unexpectedly",
  [FR_IMAGE_ERROR_BUSY] = "Too many pictures are being read already",
  [FR_IMAGE_ERROR_NOT_LOSSLESS] = "The details of pictures of this kind cannot be removed without loss",
};

/**
 * fr_image_error_new:
 * @code: what went wrong
 *
 * Returns: (transfer full): the error with its plain English sentence; the decoding process has no say in the
 * words
 */
GError *
fr_image_error_new (FrImageError code)
{
  g_return_val_if_fail ((guint)code < FR_IMAGE_N_ERRORS, NULL);

  return g_error_new_literal (FR_IMAGE_ERROR, code, texts[code]);
}

/**
 * fr_image_error_is_about_file:
 * @error: what the client of the decoder says
 *
 * Returns: whether it is the file's own fault, so that another try would end like this one
 */
gboolean
fr_image_error_is_about_file (const GError *error)
{
  return error->domain == FR_IMAGE_ERROR && error->code != FR_IMAGE_ERROR_CRASHED
         && error->code != FR_IMAGE_ERROR_BUSY;
}
