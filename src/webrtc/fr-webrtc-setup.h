/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a process does once, before its first session. */

#define FR_WEBRTC_DESCRIPTORS 8192

void fr_webrtc_warm_up (void);
void fr_webrtc_wait_until_warm (void);
void fr_webrtc_raise_descriptor_limit (void);
gboolean fr_webrtc_init (void);

G_END_DECLS
