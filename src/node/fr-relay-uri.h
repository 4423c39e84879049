/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Addresses of servers that help through firewalls: `stun://host:port` (RFC 8489), `turn://user:password@host:port`
 * and `turns:` (RFC 8656). */

#define FR_RELAY_URI_MAX_SIZE 512 /* bytes */

gboolean fr_relay_uri_is_stun (const char *uri);
gboolean fr_relay_uri_is_turn (const char *uri);

G_END_DECLS
