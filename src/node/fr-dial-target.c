/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-target.h"

/**
 * fr_dial_target_copy:
 * @self: whom to dial
 * @out_copy: (out caller-allocates): the same, for fr_dial_target_clear()
 *
 * Copies a target and its texts.
 */
void
fr_dial_target_copy (const FrDialTarget *self, FrDialTarget *out_copy)
{
  *out_copy = *self;
  out_copy->address = g_strdup (self->address);
  out_copy->server = g_strdup (self->server);
  out_copy->doorbell = g_strdup (self->doorbell);
}

/**
 * fr_dial_target_clear:
 * @self: a target of one's own
 *
 * Frees what a target holds.
 */
void
fr_dial_target_clear (FrDialTarget *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->doorbell, g_free);
}

/**
 * fr_dial_target_covers:
 * @self: who is being dialled
 * @other: who is to be dialled
 *
 * Returns: whether whoever answers the first is good for the second
 */
gboolean
fr_dial_target_covers (const FrDialTarget *self, const FrDialTarget *other)
{
  if (self->key_expected && other->key_expected && !fr_peer_key_equal (&self->key, &other->key))
    return FALSE;
  return g_strcmp0 (self->address, other->address) == 0
         && (self->server == NULL || other->server == NULL || g_str_equal (self->server, other->server));
}
