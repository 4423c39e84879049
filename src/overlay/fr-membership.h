/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay-action.h"
#include "fr-overlay-config.h"

G_BEGIN_DECLS

/* Who our neighbours are and who else there is, in the manner of HyParView (Leitão, Pereira, Rodrigues, DSN 2007): an
 * active view of open links, a passive view of records of peers that can be dialled. Sans-IO: events and the time go
 * in, actions come out of fr_membership_next_action(). Records that come in have been verified. Those whose subjects do
 * not want them passed on never are; ours too. */
typedef struct _FrMembership FrMembership;

#define FR_MEMBERSHIP_ACTIVE_LEAST 3
#define FR_MEMBERSHIP_ACTIVE_TARGET 6
#define FR_MEMBERSHIP_ACTIVE_MOST 24
#define FR_MEMBERSHIP_SHUFFLE_INTERVAL_US (30 * G_USEC_PER_SEC)

#define FR_MEMBERSHIP_SLACK 2     /* links over the target before one has to go */
#define FR_MEMBERSHIP_ANTEROOM 1  /* links over that until a newcomer has said how much it needs us */
#define FR_MEMBERSHIP_SILENT_US (10 * G_USEC_PER_SEC) /* for a Neighbour to come; whose does not goes before others */
#define FR_MEMBERSHIP_JOIN_TTL FR_WALK_MAX_TTL /* of a newcomer's walks: ARWL in the paper */
#define FR_MEMBERSHIP_PASSIVE_TTL 3            /* where they leave its record on the way: PRWL */
#define FR_MEMBERSHIP_SHUFFLE_TTL FR_WALK_MAX_TTL
#define FR_MEMBERSHIP_SAMPLE_ACTIVE 3 /* records in a shuffle, beside our own */
#define FR_MEMBERSHIP_SAMPLE_PASSIVE 4

#define FR_MEMBERSHIP_MAX_DIALS 2        /* under way */
#define FR_MEMBERSHIP_MAX_DIALS_URGENT 4 /* the same, with fewer links than the least */
#define FR_MEMBERSHIP_DIAL_TIMEOUT_US (30 * G_USEC_PER_SEC)
#define FR_MEMBERSHIP_DIAL_INTERVAL_US (2 * G_USEC_PER_SEC) /* with fewer links than the target; doubled by failure */
#define FR_MEMBERSHIP_DIAL_FAILED_INTERVAL_US (10 * G_USEC_PER_SEC) /* at most, by dials that came to nothing */
#define FR_MEMBERSHIP_DIAL_MAX_INTERVAL_US (60 * G_USEC_PER_SEC)    /* by sessions made in vain */
#define FR_MEMBERSHIP_JOIN_INTERVAL_US (10 * G_USEC_PER_SEC) /* doubled by each */
#define FR_MEMBERSHIP_JOIN_MAX_INTERVAL_US (60 * G_USEC_PER_SEC)

#define FR_MEMBERSHIP_CONTACT_US (60 * G_USEC_PER_SEC) /* until whoever let us in is looked up; doubled by each time, */
#define FR_MEMBERSHIP_CONTACT_MAX_US G_TIME_SPAN_HOUR  /* to this */
#define FR_MEMBERSHIP_CONTACT_TRIES 3                  /* in vain, and it is forgotten */
#define FR_MEMBERSHIP_EXPLORE_SHUFFLES 8 /* a link to somebody else is tried about every so many shuffles */
#define FR_MEMBERSHIP_SHAKEN_LINKS 3   /* so many lost within half a minute: much of the network may be gone, */
#define FR_MEMBERSHIP_SHAKEN_DIALS 40  /* and so many others are tried, one after the other, */
#define FR_MEMBERSHIP_SHAKEN_FINDS 6   /* or until so many have been found to live; */
#define FR_MEMBERSHIP_SHAKEN_US (600 * G_USEC_PER_SEC) /* then one with each shuffle for so long */
#define FR_MEMBERSHIP_LOST_TRIES 3 /* dials more of a neighbour that was lost: people restart their computers */
#define FR_MEMBERSHIP_LOST_AGE_US (600 * G_USEC_PER_SEC)
#define FR_MEMBERSHIP_LAST_RECORDS 8 /* so few are kept although dials fail: our own network may be what fails */
#define FR_MEMBERSHIP_REFUSED_US (10 * G_USEC_PER_SEC) /* whoever had no place is not, while we are short of links */
#define FR_MEMBERSHIP_UNWANTED_US (60 * G_USEC_PER_SEC) /* whoever parted from us is not dialled again before */

#define FR_MEMBERSHIP_RATE 2 /* frames a second that a link may bring */
#define FR_MEMBERSHIP_BURST 40
#define FR_MEMBERSHIP_MAX_TRAILS 256 /* shuffles whose answers find back */
#define FR_MEMBERSHIP_TRAIL_AGE_US (60 * G_USEC_PER_SEC)
#define FR_MEMBERSHIP_MAX_SEEN 64 /* steps of walks, so that none is taken twice */

typedef enum
{
  FR_MEMBERSHIP_SEND,  /* frame, along link */
  FR_MEMBERSHIP_DIAL,  /* frame: a packed PeerRecord of key; by the route walk, where has_route */
  FR_MEMBERSHIP_CLOSE, /* link is not needed */
  FR_MEMBERSHIP_ROUTE, /* key can be reached by link, under the route walk: for Signal frames */
} FrMembershipActionType;

typedef struct
{
  FrMembershipActionType type;
  FrLinkId link;
  FrQueryId walk;
  gboolean has_route;
  FrPeerKey key;
  GBytes *frame; /* owned */
} FrMembershipAction;

void fr_membership_action_clear (FrMembershipAction *action);

FrMembership *fr_membership_new (const FrOverlayConfig *config, const FrPeerKey *self_key, guint32 seed);
void fr_membership_free (FrMembership *self);

void fr_membership_set_record (FrMembership *self, GBytes *record);
void fr_membership_set_open (FrMembership *self, gboolean open, gint64 now_us);
void fr_membership_pin (FrMembership *self, const FrPeerKey *key, gboolean pinned);
void fr_membership_set_blocked (FrMembership *self, const FrPeerKey *key, gboolean blocked);
void fr_membership_add_record (FrMembership *self, GBytes *record, gint64 now_us);
GPtrArray *fr_membership_get_records (FrMembership *self);
gboolean fr_membership_wants_link (FrMembership *self, const FrPeerKey *key);

void fr_membership_link_up (FrMembership *self, FrLinkId link, const FrPeerKey *key, gint64 now_us);
void fr_membership_link_down (FrMembership *self, FrLinkId link, gboolean lost, gint64 now_us);
void fr_membership_dial_refused (FrMembership *self, const FrPeerKey *key, gint64 now_us);
void fr_membership_dial_failed (FrMembership *self, const FrPeerKey *key, gint64 now_us);
void fr_membership_try_now (FrMembership *self, gint64 now_us);
gboolean fr_membership_receive (FrMembership *self, FrLinkId link, const Freshet__Frame *frame, gint64 now_us);
void fr_membership_tick (FrMembership *self, gint64 now_us);
gint64 fr_membership_next_deadline (FrMembership *self);
gboolean fr_membership_next_action (FrMembership *self, FrMembershipAction *out_action);

guint fr_membership_get_n_active (FrMembership *self);
guint fr_membership_get_n_passive (FrMembership *self);
guint64 fr_membership_get_n_limited (FrMembership *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrMembershipAction, fr_membership_action_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrMembership, fr_membership_free)

G_END_DECLS
