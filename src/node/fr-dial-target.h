/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* Whom to dial, and all that is known of how they can be reached. */

typedef struct
{
  char *address;         /* what they are called at their server, and at their doorbell */
  char *server;          /* nullable: ours */
  char *doorbell;        /* nullable: they have none */
  FrPeerKey key;
  FrQueryId route;
  guint key_expected : 1; /* nobody but `key` will do */
  guint has_route : 1;    /* `route` leads to them over links that are there */
} FrDialTarget;

void fr_dial_target_copy (const FrDialTarget *self, FrDialTarget *out_copy);
void fr_dial_target_clear (FrDialTarget *self);
gboolean fr_dial_target_covers (const FrDialTarget *self, const FrDialTarget *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrDialTarget, fr_dial_target_clear)

G_END_DECLS
