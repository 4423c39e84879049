/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A key pair (X25519, RFC 7748) for the answers to one search: made with it, named in it, and forgotten with it, so that
 * nobody who gets hold of the identity later can read what was answered. A plain value; any thread. */

#define FR_REPLY_PUBLIC_SIZE 32
#define FR_REPLY_SEAL_SIZE 48 /* what is added to the bytes that are sealed, besides the padding */

typedef struct
{
  guint8 public_key[FR_REPLY_PUBLIC_SIZE];
  guint8 secret_key[32];
} FrReplyKey;

void fr_reply_key_init (FrReplyKey *self);
void fr_reply_key_clear (FrReplyKey *self);
GBytes *fr_reply_key_open (const FrReplyKey *self, const void *data, gsize size);

/* For whoever answers. */
GBytes *fr_reply_key_seal (const guint8 public_key[FR_REPLY_PUBLIC_SIZE], GBytes *bytes, gsize sealed_size);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrReplyKey, fr_reply_key_clear)

G_END_DECLS
