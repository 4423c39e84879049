/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wish-record.h"

/**
 * fr_wish_record_new:
 * @terms: what is looked for
 * @asked_us: when that was asked last; 0: never
 *
 * Returns: (transfer full): a wish of which nothing has been told
 */
FrWishRecord *
fr_wish_record_new (const char *terms, gint64 asked_us)
{
  FrWishRecord *self = g_new0 (FrWishRecord, 1);

  self->terms = g_strdup (terms);
  self->asked_us = asked_us;
  self->fresh = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  return self;
}

/**
 * fr_wish_record_free:
 * @self: (nullable) (transfer full): a wish
 *
 * Frees it.
 */
void
fr_wish_record_free (FrWishRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->terms);
  g_array_unref (self->fresh);
  g_free (self);
}
