/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A PeerRecord with what matters here read from its body. Its signature is not checked: that was done before. A value
 * that owns its bytes; all zeroes is none. */
typedef struct
{
  FrPeerKey key;
  guint64 sequence;
  GBytes *packed; /* owned; NULL: no record */
  gboolean may_pass_on;
} FrKnownRecord;

gboolean fr_known_record_read (FrKnownRecord *self, const Freshet__PeerRecord *message);
gboolean fr_known_record_unpack (FrKnownRecord *self, GBytes *packed);
void fr_known_record_copy (FrKnownRecord *self, const FrKnownRecord *from);
void fr_known_record_clear (FrKnownRecord *self);

Freshet__PeerRecord *fr_known_record_to_message (const FrKnownRecord *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrKnownRecord, fr_known_record_clear)

G_END_DECLS
