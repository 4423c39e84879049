/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"
#include "fr-identity.h"

G_BEGIN_DECLS

/* The greeting that proves who is at the other end of a session. webrtcbin never compares the certificates of a
 * connection with the SDP, so Hello signs both certificates in use: whoever ends DTLS in the middle has others. */


/* What both ends of a session must agree about. */
typedef struct
{
  Freshet__Purpose purpose;
  guint8 dial_id[FR_DIAL_ID_SIZE];
  guint8 dialler_certificate[FR_CERTIFICATE_HASH_SIZE];
  guint8 answerer_certificate[FR_CERTIFICATE_HASH_SIZE];
} FrSessionFacts;

typedef enum
{
  FR_HELLO_OK,
  FR_HELLO_MALFORMED,
  FR_HELLO_VERSION,   /* no version in common */
  FR_HELLO_SIGNATURE, /* not signed by the key it names */
  FR_HELLO_OTHER_KEY, /* signed by another key than the one that was dialled */
  FR_HELLO_OTHER_SESSION, /* made for other certificates, another dial or the other role */
} FrHelloFault;

GBytes *fr_hello_pack (const FrIdentity *identity, const char *name, Freshet__Role role, const FrSessionFacts *facts,
                       gboolean waiting);
FrHelloFault fr_hello_check (const Freshet__Hello *hello, Freshet__Role role, const FrSessionFacts *facts,
                             const FrPeerKey *expected, char **out_name, gboolean *out_waiting);

G_END_DECLS
