/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-sniff.h"
#include "fr-image-strip.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* A copy of a picture without what its file tells beside the picture. A value; its bytes are shared by
 * copies. */

/**
 * FrImageStripped:
 * @type: its kind
 * @version: %FR_STRIP_VERSION, by which it was made
 * @removed: what it leaves out; 0 if the original had nothing but what stays
 * @is_same: whether the copy is the file, byte for byte
 * @bytes: the copy's file
 */
typedef struct
{
  FrImageType type;
  guint version;
  FrStripDetails removed;
  gboolean is_same;
  GBytes *bytes;
} FrImageStripped;

#define FR_TYPE_IMAGE_STRIPPED (fr_image_stripped_get_type ())
GType fr_image_stripped_get_type (void);

FrImageStripped *fr_image_stripped_new (FrImageType type, FrStripDetails removed, gboolean is_same, GBytes *bytes);
FrImageStripped *fr_image_stripped_copy (const FrImageStripped *self);
void fr_image_stripped_free (FrImageStripped *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrImageStripped, fr_image_stripped_free)

G_END_DECLS
