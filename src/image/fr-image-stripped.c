/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-stripped.h"

G_DEFINE_BOXED_TYPE (FrImageStripped, fr_image_stripped, fr_image_stripped_copy, fr_image_stripped_free)

/**
 * fr_image_stripped_new:
 * @type: a kind of picture that Freshet reads
 * @removed: what was removed
 * @is_same: whether the copy is the file, byte for byte
 * @bytes: the copy's file
 *
 * Returns: (transfer full): a stripped picture
 */
FrImageStripped *
fr_image_stripped_new (FrImageType type, FrStripDetails removed, gboolean is_same, GBytes *bytes)
{
  FrImageStripped *self;

  g_return_val_if_fail (fr_image_type_is_supported (type), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_new (FrImageStripped, 1);
  *self = (FrImageStripped){
    .type = type,
    .version = FR_STRIP_VERSION,
    .removed = removed,
    .is_same = is_same,
    .bytes = g_bytes_ref (bytes),
  };
  return self;
}

/**
 * fr_image_stripped_copy:
 * @self: a stripped picture
 *
 * Returns: (transfer full): the same again, with the same bytes
 */
FrImageStripped *
fr_image_stripped_copy (const FrImageStripped *self)
{
  FrImageStripped *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (FrImageStripped, 1);
  *copy = *self;
  g_bytes_ref (copy->bytes);
  return copy;
}

/**
 * fr_image_stripped_free:
 * @self: (nullable) (transfer full): a stripped picture
 */
void
fr_image_stripped_free (FrImageStripped *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}
