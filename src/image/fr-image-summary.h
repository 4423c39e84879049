/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-sniff.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What there is to know of a picture without showing it. A value; its bytes are shared by copies. */

/**
 * FrImageSummary:
 * @type: its kind, never %FR_IMAGE_TYPE_UNKNOWN or %FR_IMAGE_TYPE_OTHER
 * @mime: its media type
 * @width: pixels, as it is shown (after its orientation has been applied)
 * @height: pixels, likewise
 * @thumbnail: (nullable): JPEG or WebP, its longest side 256 pixels or the picture's own if that is less
 * (drawings are always 256); %NULL if decoding would be too costly
 * @preview: (nullable): the same, at most 160 pixels and 6,144 bytes
 */
typedef struct
{
  FrImageType type;
  char *mime;
  guint width;
  guint height;
  GBytes *thumbnail;
  GBytes *preview;
} FrImageSummary;

#define FR_TYPE_IMAGE_SUMMARY (fr_image_summary_get_type ())
GType fr_image_summary_get_type (void);

FrImageSummary *fr_image_summary_new (FrImageType type,
                                      guint width,
                                      guint height,
                                      GBytes *thumbnail,
                                      GBytes *preview);
FrImageSummary *fr_image_summary_copy (const FrImageSummary *self);
void fr_image_summary_free (FrImageSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrImageSummary, fr_image_summary_free)

G_END_DECLS
