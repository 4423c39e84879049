/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-frame.h"
#include "fr-identity.h"

G_BEGIN_DECLS

/* Who somebody is, as one person tells another (Introduce in freshet.proto): a stranger, or the other computers of the one
 * who speaks. Plain values with owned strings; nothing here decides whether that is believed. (FrIntroductions is about
 * dials, and another thing.) */

/* What may come by a link, in seconds and at once: one for each time that the other side says who somebody is. */
#define FR_ACQUAINTANCES_RATE 0.5
#define FR_ACQUAINTANCES_BURST 16
#define FR_ACQUAINTANCES_MAX_UNREAD 4 /* the last that a stranger says, who may become a contact while linked */

typedef struct
{
  FrPeerKey key;
  char *name;    /* these are never NULL */
  char *server;
  char *address;
  guint8 agreement[FR_IDENTITY_SIGNATURE_SIZE]; /* by this key, that the introducer is the same person; else zeros */
} FrAcquaintance;

typedef enum
{
  FR_ACQUAINTANCE_PERSON,    /* one, who is somebody else than the introducer */
  FR_ACQUAINTANCE_COMPUTERS, /* all other computers of the introducer's person */
  FR_ACQUAINTANCE_YOU,       /* none: whether the addressee is one of them */
} FrAcquaintanceKind;

typedef struct
{
  FrAcquaintanceKind kind;
  GPtrArray *subjects; /* of FrAcquaintance */
  gboolean agrees;     /* FR_ACQUAINTANCE_YOU: it is one, and `agreement` says so, which is for others to see */
  guint8 agreement[FR_IDENTITY_SIGNATURE_SIZE];
} FrAcquaintances;

typedef enum
{
  FR_ACQUAINTANCES_READ,
  FR_ACQUAINTANCES_NEWER, /* of a kind that is not known here */
  FR_ACQUAINTANCES_FAULT, /* damaged, forged, or said to or by somebody else */
} FrAcquaintancesVerdict;

FrAcquaintance *fr_acquaintance_new (const FrPeerKey *key, const char *name, const char *server, const char *address);
void fr_acquaintance_free (FrAcquaintance *self);

void fr_acquaintance_agree (const FrIdentity *identity, const FrPeerKey *other,
                            guint8 out_agreement[FR_IDENTITY_SIGNATURE_SIZE]);
gboolean fr_acquaintance_agrees (const FrPeerKey *key, const FrPeerKey *other,
                                 const guint8 agreement[FR_IDENTITY_SIGNATURE_SIZE]);

FrAcquaintances *fr_acquaintances_new (FrAcquaintanceKind kind);
void fr_acquaintances_free (FrAcquaintances *self);
void fr_acquaintances_drop_others (FrAcquaintances *self, const FrPeerKey *own);
GBytes *fr_acquaintances_pack (const FrAcquaintances *self, const FrIdentity *from, const FrPeerKey *to);
FrAcquaintancesVerdict fr_acquaintances_read (const Freshet__Introduce *message, const FrPeerKey *from,
                                              const FrPeerKey *to, FrAcquaintances **out_acquaintances);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrAcquaintance, fr_acquaintance_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrAcquaintances, fr_acquaintances_free)

G_END_DECLS
