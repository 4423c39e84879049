/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-address-rule.h"
#include "fr-dial-target.h"
#include "fr-registration.h"
#include "fr-way.h"

G_BEGIN_DECLS

/* How the words of a dial get to the other side: the same offer goes along links that are there at once, over the
 * rendezvous server a little later, and to the other side's doorbell when neither answers; what comes is handed on with
 * the way that it came by. Lives in the network thread.
 *
 * Signals: "signal" (FrSignal *, guint FrWay): what another peer says; "failed" (const char *connection_id, guint
 * FrNodeError): no way is left to reach whom that dial is for. */

#define FR_INTRODUCTIONS_SERVER_DELAY_US (150 * 1000)    /* after the offer went along links */
#define FR_INTRODUCTIONS_DOORBELL_DELAY_US (1000 * 1000) /* without an answer by another way */
#define FR_INTRODUCTIONS_OVERLAY_TIME_US (3 * G_USEC_PER_SEC) /* for an answer along links, or for a way to be found */
#define FR_INTRODUCTIONS_GATHER_US (2 * 1000) /* candidates that follow each other share a letter; doubled by each */
#define FR_INTRODUCTIONS_MAX_LETTERS 8         /* a dial and side; a route has place for 16 */
#define FR_INTRODUCTIONS_MAX_VISITS 2          /* servers that are not ours, at once */
#define FR_INTRODUCTIONS_MAX_ENDED 1024        /* dials that are over and still known */
#define FR_INTRODUCTIONS_ENDED_US (60 * G_USEC_PER_SEC)
#define FR_INTRODUCTIONS_LETTER_RATE 20 /* a second that are opened: each costs a key exchange */
#define FR_INTRODUCTIONS_LETTER_BURST 80

/* What carries sealed letters along links. */
typedef struct
{
  gboolean (*has_route) (gpointer data, const FrQueryId *route, const FrPeerKey *key);
  gboolean (*send) (gpointer data, const FrQueryId *route, const FrPeerKey *key, GBytes *letter);
  gboolean (*can_locate) (gpointer data); /* FALSE: there is nobody to ask */
  void (*locate) (gpointer data, const FrPeerKey *key);
} FrLetterCarrier;

#define FR_TYPE_INTRODUCTIONS (fr_introductions_get_type ())
G_DECLARE_FINAL_TYPE (FrIntroductions, fr_introductions, FR, INTRODUCTIONS, GObject)

FrIntroductions *fr_introductions_new (FrIdentity *identity, FrRegistration *registration);
void fr_introductions_set_carrier (FrIntroductions *self, const FrLetterCarrier *carrier, gpointer data);
void fr_introductions_set_doorbell (FrIntroductions *self, FrRegistration *doorbell);
void fr_introductions_set_address (FrIntroductions *self, const char *address);
const char *fr_introductions_get_address (FrIntroductions *self);
gboolean fr_introductions_is_called (FrIntroductions *self, const char *address);
void fr_introductions_set_address_rule (FrIntroductions *self, const FrAddressRule *rule);
void fr_introductions_set_added (FrIntroductions *self, const FrPeerKey *key, gboolean added);

/* An outgoing dial: from its offer to its end. */
gboolean fr_introductions_can_reach (FrIntroductions *self, const FrDialTarget *target, guint *out_code);
void fr_introductions_begin (FrIntroductions *self, const char *connection_id, const FrDialTarget *target);
void fr_introductions_settle (FrIntroductions *self, const char *connection_id, FrWay way);
void fr_introductions_fail_way (FrIntroductions *self, const char *connection_id, FrWay way, guint code);
gboolean fr_introductions_get_error (FrIntroductions *self, const char *connection_id, guint *out_code);

/* Either kind: an incoming one begins with its offer. */
void fr_introductions_send (FrIntroductions *self, const FrSignal *signal);
void fr_introductions_end (FrIntroductions *self, const char *connection_id);
void fr_introductions_remember (FrIntroductions *self, const FrDialNote *note);
gboolean fr_introductions_remembers (FrIntroductions *self, const FrDialNote *note);

/* From the carrier. */
void fr_introductions_take_letter (FrIntroductions *self, const FrQueryId *route, const FrPeerKey *from,
                                   GBytes *letter);
void fr_introductions_located (FrIntroductions *self, const FrPeerKey *key, const FrQueryId *route);

G_END_DECLS
