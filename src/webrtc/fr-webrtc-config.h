/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How sessions find a way to the peer: from a person's settings. A plain value that owns its strings. */

typedef struct
{
  char *stun;             /* "stun://host:port", nullable */
  char **turn;            /* of "turn://user:password@host:port", nullable */
  gboolean loopback_only; /* nothing but 127.0.0.1: for tests and the demo */
  guint timeout_ms;       /* from the first step to an open channel; 0 for 15 s */
} FrWebrtcConfig;

void fr_webrtc_config_copy (const FrWebrtcConfig *self, FrWebrtcConfig *out_copy);
void fr_webrtc_config_clear (FrWebrtcConfig *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrWebrtcConfig, fr_webrtc_config_clear)

G_END_DECLS
