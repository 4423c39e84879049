/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-shown.h"

/**
 * fr_shown_new:
 * @id: a picture
 * @title: what it is called
 *
 * Returns: (transfer full): what is shown of it, by nobody yet
 */
FrShown *
fr_shown_new (const FrContentId *id, const char *title)
{
  FrShown *self = g_new0 (FrShown, 1);

  self->id = *id;
  self->title = g_strdup (title);
  return self;
}

/**
 * fr_shown_free:
 * @self: (nullable) (transfer full): what is shown of a picture
 *
 * Frees it.
 */
void
fr_shown_free (FrShown *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_clear_pointer (&self->preview, g_bytes_unref);
  g_free (self);
}
