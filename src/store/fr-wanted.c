/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wanted.h"

/**
 * fr_wanted_new:
 * @id: a picture
 * @title: what it is called
 *
 * Returns: (transfer full): that it is wanted, from nobody yet
 */
FrWanted *
fr_wanted_new (const FrContentId *id, const char *title)
{
  FrWanted *self = g_new0 (FrWanted, 1);

  self->id = *id;
  self->title = g_strdup (title);
  self->holders = g_array_new (FALSE, FALSE, sizeof (FrWantedHolder));
  return self;
}

/**
 * fr_wanted_free:
 * @self: (nullable) (transfer full): what is wanted
 *
 * Frees it.
 */
void
fr_wanted_free (FrWanted *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_clear_pointer (&self->preview, g_bytes_unref);
  g_array_unref (self->holders);
  g_free (self);
}

/**
 * fr_wanted_add_holder:
 * @self: what is wanted
 * @person: one of the people
 * @size: the picture's size in bytes, as they say
 *
 * Notes that somebody has it; whoever is one more than %FR_WANTED_MAX_HOLDERS is left out.
 */
void
fr_wanted_add_holder (FrWanted *self, const FrPeerKey *person, guint64 size)
{
  const FrWantedHolder holder = { .person = *person, .size = size };

  if (self->holders->len < FR_WANTED_MAX_HOLDERS)
    g_array_append_val (self->holders, holder);
}
