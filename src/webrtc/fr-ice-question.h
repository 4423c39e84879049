/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is asked of a server that helps through firewalls, and what its answers mean: a STUN server our address
 * (RFC 8489, Binding), a TURN server to relay for us (RFC 8656, Allocate). It knows no socket and reads no clock. What
 * comes is hostile until it has been checked. */

#define FR_ICE_QUESTION_MAX_SIZE 1280 /* of an answer: what a datagram of IPv6 carries everywhere */
#define FR_ICE_QUESTION_MAX_ROUNDS 4  /* a server that goes on asking for another proof is not asked for ever */

typedef enum
{
  FR_ICE_ANSWER_ODD,     /* none to what was asked, or none at all: the next may be */
  FR_ICE_ANSWER_AGAIN,   /* the server wants to know who asks: there is another request to be sent */
  FR_ICE_ANSWER_GOOD,
  FR_ICE_ANSWER_REFUSED, /* name and password are wrong, or may not do this */
  FR_ICE_ANSWER_FULL,    /* it has no room for more, or not for us */
  FR_ICE_ANSWER_UNFIT,   /* it understands, and does not do what was asked */
} FrIceAnswer;

typedef struct _FrIceQuestion FrIceQuestion;

FrIceQuestion *fr_ice_question_new_binding (void);
FrIceQuestion *fr_ice_question_new_allocate (const char *user, const char *password);
void fr_ice_question_free (FrIceQuestion *self);

const guint8 *fr_ice_question_get_request (FrIceQuestion *self, gsize *out_size);
FrIceAnswer fr_ice_question_take (FrIceQuestion *self, const guint8 *answer, gsize size);
GBytes *fr_ice_question_make_farewell (FrIceQuestion *self);
GSocketAddress *fr_ice_question_get_mapped (FrIceQuestion *self);

/* The size of the message that a stream goes on with; 0: not all of it is there; -1: there is none. */
gssize fr_ice_question_measure (const guint8 *bytes, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrIceQuestion, fr_ice_question_free)

G_END_DECLS
