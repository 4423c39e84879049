/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-aged-table.h"
#include "fr-membership.h"
#include "fr-passive-view.h"
#include "fr-token-bucket.h"

G_BEGIN_DECLS

/* Membership from inside: fr-membership.c has what comes in and the time, fr-membership-links.c who stays,
 * fr-membership-walk.c the random walks, fr-membership-repair.c whom to dial and when. */

typedef struct
{
  FrLinkId link;
  FrPeerKey key;
  FrKnownRecord record; /* none until its Neighbour has come */
  FrTokenBucket bucket; /* what it may still bring */
  gint64 up_us;
  gint64 close_at_us;   /* the other side has parted from us: when we help it */
  guint8 priority;      /* what it said in its Neighbour */
  guint8 our_priority;  /* what we say, or have said, in ours */
  guint told : 1;       /* ours has been sent */
  guint heard : 1;      /* its has come */
  guint silent : 1;     /* its Neighbour should have come by now */
  guint dialled : 1;    /* we chose it */
  guint leaving : 1;    /* no neighbour any more; the driver is to close it */
} FrMembershipLink;

typedef struct
{
  FrPeerKey key;
  gint64 began_us;
  guint by_walk : 1;  /* a newcomer's walk has ended here */
  guint explores : 1; /* we have enough neighbours, but perhaps not the right ones */
} FrMembershipDial;

struct _FrMembership
{
  guint active_least;
  guint active_target;
  guint active_most;
  gint64 shuffle_interval_us;
  FrPeerKey self_key;
  FrOverlayRandom random;
  guint32 salt;
  guint open : 1;
  guint joined : 1; /* a Join has been sent since there is any link */

  FrKnownRecord record;  /* our own */
  GHashTable *pinned;    /* a set of FrPeerKey, owned; NULL: none */
  GHashTable *blocked;   /* a set of FrPeerKey, owned; NULL: none */
  GPtrArray *links;      /* of FrMembershipLink, owned; NULL: none */
  guint n_active;        /* of these, those that are not leaving */
  FrPassiveView *passive;
  FrMembershipDial dials[FR_MEMBERSHIP_MAX_DIALS_URGENT];
  guint n_dials;
  FrAgedTable *trails;   /* the ways back of shuffles; NULL: none */
  guint32 *seen;         /* a ring of tags; NULL: none */
  guint next_seen;
  GQueue actions;        /* of FrMembershipAction, owned */

  FrKnownRecord contact;   /* who let us in, or sent us away: see _fr_membership_remember_contact() */
  gint64 contact_at_us;    /* when to look it up */
  gint64 contact_wait_us;
  guint n_contact_failed;

  gint64 repair_at_us;
  gint64 repair_wait_us;
  gint64 join_at_us;
  gint64 join_wait_us;
  gint64 shuffle_at_us;
  gint64 losing_since_us; /* when n_losing began to be counted */
  guint n_losing;
  gint64 shaken_until_us; /* others are tried more often until then */
  guint n_explorations;   /* that may still be made at once, */
  guint n_to_find;        /* until so many more have succeeded */
  gint64 deadline_us;
  guint64 n_limited;
};

void _fr_membership_push (FrMembership *self, FrMembershipActionType type, FrLinkId link, GBytes *frame);
void _fr_membership_send (FrMembership *self, FrLinkId link, const Freshet__Frame *frame);
gboolean _fr_membership_may_offer (FrMembership *self);
gboolean _fr_membership_is_pinned (FrMembership *self, const FrPeerKey *key);
gboolean _fr_membership_is_blocked (FrMembership *self, const FrPeerKey *key);
void _fr_membership_go_on (FrMembership *self, gint64 now_us);
FrMembershipLink *_fr_membership_find_any (FrMembership *self, FrLinkId link);
FrMembershipLink *_fr_membership_find (FrMembership *self, FrLinkId link);
FrMembershipLink *_fr_membership_find_key (FrMembership *self, const FrPeerKey *key);
FrMembershipLink *_fr_membership_choose_link (FrMembership *self, FrLinkId except, const FrPeerKey *except_key);
FrPassiveEntry *_fr_membership_learn (FrMembership *self, const FrKnownRecord *record, const FrPeerKey *source);

void _fr_membership_tell (FrMembership *self, FrMembershipLink *link);
void _fr_membership_mark_silent (FrMembership *self, gint64 now_us);
gint64 _fr_membership_silent_due (FrMembership *self);
FrMembershipLink *_fr_membership_choose_silent (FrMembership *self);
void _fr_membership_part (FrMembership *self, FrMembershipLink *link);
gboolean _fr_membership_receive_neighbour (FrMembership *self, FrMembershipLink *link,
                                           const Freshet__Neighbour *neighbour);
gboolean _fr_membership_receive_disconnect (FrMembership *self, FrMembershipLink *link,
                                            const Freshet__Disconnect *disconnect, gint64 now_us);

gboolean _fr_membership_receive_join (FrMembership *self, FrMembershipLink *link, const Freshet__Join *join);
gboolean _fr_membership_receive_forward_join (FrMembership *self, FrMembershipLink *link,
                                              const Freshet__ForwardJoin *join, gint64 now_us);
gboolean _fr_membership_receive_shuffle (FrMembership *self, FrMembershipLink *link,
                                         const Freshet__Shuffle *shuffle, gint64 now_us);
void _fr_membership_join (FrMembership *self);
void _fr_membership_shuffle (FrMembership *self, gint64 now_us);
void _fr_membership_shuffle_soon (FrMembership *self, gint64 now_us);

gboolean _fr_membership_dial (FrMembership *self, const FrKnownRecord *record, const FrQueryId *walk, gint64 now_us);
gboolean _fr_membership_end_dial (FrMembership *self, const FrPeerKey *key);
void _fr_membership_slow_down (FrMembership *self, gint64 most_us);
void _fr_membership_forget_failures (FrMembership *self);
void _fr_membership_refuse_dial (FrMembership *self, const FrPeerKey *key, gint64 now_us);
void _fr_membership_fail_dial (FrMembership *self, const FrPeerKey *key, gint64 now_us);
gboolean _fr_membership_explores (const FrMembership *self, const FrPeerKey *key);
void _fr_membership_remember_contact (FrMembership *self, const FrKnownRecord *record, gint64 now_us);
void _fr_membership_count_find (FrMembership *self);
void _fr_membership_shake (FrMembership *self, gint64 now_us);
void _fr_membership_explore (FrMembership *self, gint64 now_us);
void _fr_membership_repair (FrMembership *self, gint64 now_us);
gint64 _fr_membership_repair_due (FrMembership *self, gint64 now_us);

G_END_DECLS
