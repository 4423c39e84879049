/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-webrtc-config.h"

/**
 * fr_webrtc_config_copy:
 * @self: a configuration
 * @out_copy: (out caller-allocates): the same with strings of its own, to be cleared
 *
 * Copies a configuration.
 */
void
fr_webrtc_config_copy (const FrWebrtcConfig *self, FrWebrtcConfig *out_copy)
{
  *out_copy = *self;
  out_copy->stun = g_strdup (self->stun);
  out_copy->turn = g_strdupv (self->turn);
}

/**
 * fr_webrtc_config_clear:
 * @self: a configuration
 *
 * Frees what it holds.
 */
void
fr_webrtc_config_clear (FrWebrtcConfig *self)
{
  g_clear_pointer (&self->stun, g_free);
  g_clear_pointer (&self->turn, g_strfreev);
}
