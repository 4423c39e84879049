/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How two peers come to terms: the order in which an offer, an answer and candidates are made, sent, awaited and
 * applied, and how long that may take. It knows no transport and reads no clock: it is told what happened and when,
 * and hands out what is to be done, which the owner pops after each call. Not thread-safe. */

#define FR_NEGOTIATION_TIMEOUT_US (15 * G_USEC_PER_SEC)
#define FR_NEGOTIATION_MAX_CANDIDATES 64 /* of the peer's, over the whole life */
#define FR_DIAL_ID_SIZE 16

typedef enum
{
  FR_NEGOTIATION_NEW,
  FR_NEGOTIATION_OFFERING,   /* our offer is being made */
  FR_NEGOTIATION_OFFERED,    /* it was sent; the answer is awaited */
  FR_NEGOTIATION_ANSWERING,  /* the offer came; our answer is being made */
  FR_NEGOTIATION_CONNECTING, /* both descriptions are known to both */
  FR_NEGOTIATION_OPEN,
  FR_NEGOTIATION_TIMED_OUT,
  FR_NEGOTIATION_CLOSED,
} FrNegotiationState;

typedef enum
{
  FR_NEGOTIATION_CREATE_OFFER,
  FR_NEGOTIATION_CREATE_ANSWER,
  FR_NEGOTIATION_APPLY_DESCRIPTION, /* text */
  FR_NEGOTIATION_APPLY_CANDIDATE,   /* mline, text */
  FR_NEGOTIATION_SEND_DESCRIPTION,  /* text */
  FR_NEGOTIATION_SEND_CANDIDATE,    /* mline, text */
  FR_NEGOTIATION_GIVE_UP,           /* the time is over */
} FrNegotiationActionType;

typedef struct
{
  FrNegotiationActionType type;
  guint mline;
  char *text; /* owned, nullable */
} FrNegotiationAction;

typedef struct _FrNegotiation FrNegotiation;

FrNegotiation *fr_negotiation_new (gboolean dialler, gint64 timeout_us);
void fr_negotiation_free (FrNegotiation *self);

void fr_negotiation_start (FrNegotiation *self, gint64 now_us);
gboolean fr_negotiation_local_description (FrNegotiation *self, const char *sdp, gint64 now_us);
gboolean fr_negotiation_remote_description (FrNegotiation *self, const char *sdp, gint64 now_us);
gboolean fr_negotiation_local_candidate (FrNegotiation *self, guint mline, const char *candidate);
gboolean fr_negotiation_remote_candidate (FrNegotiation *self, guint mline, const char *candidate);
gboolean fr_negotiation_opened (FrNegotiation *self);
void fr_negotiation_close (FrNegotiation *self);

gint64 fr_negotiation_next_deadline (const FrNegotiation *self);
void fr_negotiation_tick (FrNegotiation *self, gint64 now_us);

gboolean fr_negotiation_next_action (FrNegotiation *self, FrNegotiationAction *out_action);
void fr_negotiation_action_clear (FrNegotiationAction *action);

FrNegotiationState fr_negotiation_get_state (const FrNegotiation *self);
guint fr_negotiation_get_n_ignored (const FrNegotiation *self);

/* Both dialled each other at once: which of the two dials goes on. */
gboolean fr_dial_id_wins (const guint8 mine[FR_DIAL_ID_SIZE], const guint8 theirs[FR_DIAL_ID_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrNegotiation, fr_negotiation_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FrNegotiationAction, fr_negotiation_action_clear)

G_END_DECLS
