/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-membership-private.h"

/* What the tests of membership share: records of numbered peers, frames as they would make them, and one membership
 * whose actions are taken in order. Nothing is signed: membership does not check signatures. */

typedef struct
{
  FrMembership *membership;
  gint64 now_us;
} MemberFixture;

GBytes *member_record (guint peer, guint64 sequence, gboolean may_pass_on);
FrKnownRecord member_known (guint peer, guint64 sequence);
FrQueryId member_walk (guint number);
void member_config (FrOverlayConfig *config);

GBytes *member_neighbour (guint peer, Freshet__Neighbour__Priority priority);
GBytes *member_disconnect (GBytes *instead);
GBytes *member_join (guint walk, GBytes *newcomer);
GBytes *member_forward_join (guint walk, GBytes *newcomer, guint ttl);
GBytes *member_shuffle (guint walk, guint origin, guint ttl, const guint *peers, guint n_peers);
GBytes *member_answer (const FrQueryId *walk, guint origin, const guint *peers, guint n_peers);

void member_init (MemberFixture *self, gboolean open, guint n_links);
void member_init_with_config (MemberFixture *self, const FrOverlayConfig *config, gboolean open, guint n_links);
void member_clear (MemberFixture *self);
void member_up (MemberFixture *self, FrLinkId link);
void member_up_and_heard (MemberFixture *self, FrLinkId link, Freshet__Neighbour__Priority priority);
void member_add (MemberFixture *self, guint peer);
gboolean member_receive (MemberFixture *self, FrLinkId link, GBytes *frame);
void member_advance (MemberFixture *self, gint64 time_us);
void member_fail (MemberFixture *self, guint peer);
gboolean member_knows (MemberFixture *self, guint peer);

guint member_drain (MemberFixture *self);
guint member_count (MemberFixture *self, FrMembershipActionType type);
FrMembershipAction member_expect (MemberFixture *self, FrMembershipActionType type);
Freshet__Frame *member_expect_frame (MemberFixture *self, FrLinkId link, Freshet__Frame__BodyCase body,
                                     FrLinkId *out_link);
guint member_expect_dial (MemberFixture *self);
void member_expect_route (MemberFixture *self, guint walk, guint peer, FrLinkId link);
void member_expect_nothing (MemberFixture *self);
guint member_number (const FrPeerKey *key);
guint member_number_of (const Freshet__PeerRecord *record);
