/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person is called: the name, in any script, that people read; and the address, a PeerServer id made from it,
 * that can be typed to add someone. */

#define FR_PEER_NAME_MAX_CHARS 40
#define FR_PEER_NAME_MAX_BYTES 64
#define FR_PEER_ADDRESS_MAX_BYTES 64

typedef enum
{
  FR_PEER_NAME_OK,
  FR_PEER_NAME_EMPTY,
  FR_PEER_NAME_TOO_LONG,
  FR_PEER_NAME_ODD, /* not UTF-8, or has control, invisible or unassigned characters */
} FrPeerNameFault;

FrPeerNameFault fr_peer_name_normalise (const char *text, char **out_name);
gboolean fr_peer_name_is_valid (const char *name);

gboolean fr_peer_address_is_valid (const char *address);
char *fr_peer_address_from_name (const char *name);
char *fr_peer_address_with_suffix (const char *address, guint32 random);
gboolean fr_peer_address_is_of (const char *address, const char *wanted);

G_END_DECLS
