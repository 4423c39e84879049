/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-aged-table.h"
#include "fr-introductions.h"
#include "fr-token-bucket.h"

G_BEGIN_DECLS

struct _FrIntroductions
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  FrRegistration *registration;
  FrRegistration *doorbell; /* nullable: at our own server */
  char *address;            /* while there is none that a server gave us */
  GHashTable *dials;        /* connection id -> FrIntroduction */
  FrAgedTable *ended;
  GHashTable *added;        /* of FrPeerKey: whose addresses are visited wherever they are */

  /* borrowed */
  FrLetterCarrier carrier;
  gpointer carrier_data;

  /* state */
  guint n_visits;
  FrAddressRule rule;
  FrTokenBucket letters;
};

typedef enum
{
  FR_WAY_UNTRIED,
  FR_WAY_WAITING, /* for a place, or for a route to be found */
  FR_WAY_OPENING, /* the server is being connected to */
  FR_WAY_USED,    /* the offer has gone */
  FR_WAY_FAILED,
} FrWayState;

/* One dial, and the ways that its words take. Outgoing: each way that opens gets what has been said so far, until an
 * answer settles which one is used. Incoming: every way that a copy of the offer came by, as one of them may break. */
typedef struct
{
  FrIntroductions *all; /* borrowed */
  FrDialTarget target;
  char *connection_id;
  GPtrArray *said;                /* of FrSignal: for ways that open later */
  GPtrArray *unposted;            /* of FrSignal: for the next letter */
  FrRendezvous *visits[FR_N_WAYS]; /* clients of this dial alone */
  GSource *timer;
  FrWayState states[FR_N_WAYS];
  FrWay way; /* settled; outgoing */
  guint8 signature[FR_DIAL_SIGNATURE_SIZE]; /* of the offer; incoming */
  guint code; /* of FrNodeError: the most telling one of the ways that failed */
  guint n_letters;
  gint64 began_us;   /* when the offer was made; 0: not yet */
  gint64 post_us;    /* when the next letter goes; 0: none waits */
  gint64 overlay_us; /* until then the overlay may answer */
  guint outgoing : 1;
  guint has_code : 1;
  guint located : 1; /* has been asked for */
} FrIntroduction;

FrIntroduction *fr_introduction_new (FrIntroductions *all, const char *connection_id, const FrDialTarget *target);
void fr_introduction_free (FrIntroduction *self);
void fr_introduction_say (FrIntroduction *self, const FrSignal *signal);
void fr_introduction_use_way (FrIntroduction *self, FrWay way);
void fr_introduction_settle (FrIntroduction *self, FrWay way);
void fr_introduction_fail_way (FrIntroduction *self, FrWay way, guint code);
void fr_introduction_wake (FrIntroduction *self);
void fr_introduction_post (FrIntroduction *self);

/* For visits: what comes from a server that is not ours. */
void fr_introductions_take (FrIntroductions *self, const FrSignal *signal, FrWay way, FrIntroduction *visitor);
void fr_introductions_report_failed (FrIntroductions *self, FrIntroduction *introduction);

G_END_DECLS
