/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-summary.h"

G_DEFINE_BOXED_TYPE (FrImageSummary, fr_image_summary, fr_image_summary_copy, fr_image_summary_free)

static GBytes *
ref_or_null (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

/**
 * fr_image_summary_new:
 * @type: a kind of picture that Freshet reads
 * @width: pixels
 * @height: pixels
 * @thumbnail: (nullable): the encoded thumbnail
 * @preview: (nullable): the encoded preview
 *
 * Returns: (transfer full): a summary
 */
FrImageSummary *
fr_image_summary_new (FrImageType type, guint width, guint height, GBytes *thumbnail, GBytes *preview)
{
  FrImageSummary *self;

  g_return_val_if_fail (fr_image_type_is_supported (type), NULL);

  self = g_new (FrImageSummary, 1);
  *self = (FrImageSummary){
    .type = type,
    .mime = g_strdup (fr_image_type_get_mime (type)),
    .width = width,
    .height = height,
    .thumbnail = ref_or_null (thumbnail),
    .preview = ref_or_null (preview),
  };
  return self;
}

/**
 * fr_image_summary_copy:
 * @self: a summary
 *
 * Returns: (transfer full): the same again
 */
FrImageSummary *
fr_image_summary_copy (const FrImageSummary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fr_image_summary_new (self->type, self->width, self->height, self->thumbnail, self->preview);
}

/**
 * fr_image_summary_free:
 * @self: (nullable) (transfer full): a summary
 */
void
fr_image_summary_free (FrImageSummary *self)
{
  if (self == NULL)
    return;
  g_free (self->mime);
  g_clear_pointer (&self->thumbnail, g_bytes_unref);
  g_clear_pointer (&self->preview, g_bytes_unref);
  g_free (self);
}
