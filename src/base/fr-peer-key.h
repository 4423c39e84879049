/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The Ed25519 public key of a person's device (RFC 8032): who someone is. A plain value, copied by assignment. */

#define FR_PEER_KEY_SIZE 32
#define FR_PEER_KEY_STRING_SIZE (2 * FR_PEER_KEY_SIZE + 1)

typedef struct
{
  guint8 bytes[FR_PEER_KEY_SIZE];
} FrPeerKey;

gboolean fr_peer_key_from_bytes (FrPeerKey *self, const void *data, gsize size);
gboolean fr_peer_key_parse (FrPeerKey *self, const char *text);
char *fr_peer_key_to_string (const FrPeerKey *self);
gboolean fr_peer_key_equal (const FrPeerKey *a, const FrPeerKey *b);
int fr_peer_key_compare (const FrPeerKey *a, const FrPeerKey *b);
gboolean fr_peer_key_is_zero (const FrPeerKey *self);

/* For GHashTable; the key is a FrPeerKey. */
guint fr_peer_key_hash (gconstpointer key);
gboolean fr_peer_key_equal_func (gconstpointer a, gconstpointer b);

/* The lower-case hex of `size` bytes, and back: what every identifier on screen and in JSON is written in. */
char *fr_hex_encode (const guint8 *data, gsize size);
gboolean fr_hex_decode (const char *text, guint8 *out_data, gsize size);

G_END_DECLS
