/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"
#include "fr-identity.h"

G_BEGIN_DECLS

/* How a peer can be reached, in its own signed words (PeerRecord in freshet.proto). */

typedef struct
{
  FrPeerKey key;
  char *name;
  char *server;     /* these three may be empty, never NULL */
  char *address;
  char *doorbell;
  guint64 sequence; /* a record with a higher one replaces this one */
  gboolean may_pass_on;
  GBytes *packed;   /* the whole message, for fr_record_parse(), at most FR_RECORD_MAX_SIZE bytes */
} FrRecord;

void fr_record_clear (FrRecord *self);
Freshet__PeerRecord *fr_record_sign (const FrIdentity *identity, const char *name, const char *server,
                                     const char *address, const char *doorbell, gboolean may_pass_on);
void fr_record_free_message (Freshet__PeerRecord *message);
gboolean fr_record_read (const Freshet__PeerRecord *message, FrRecord *out_record);
gboolean fr_record_parse (const void *data, gsize size, FrRecord *out_record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrRecord, fr_record_clear)

G_END_DECLS
