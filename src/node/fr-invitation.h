/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* A `freshet:` link: how to reach somebody, to be sent by other means. Unknown fields are ignored. A value. */

#define FR_INVITATION_MAX_SIZE 2048   /* bytes of a link */
#define FR_INVITATION_MAX_FIELDS 32   /* known or not */
#define FR_INVITATION_MAX_SERVER 256  /* bytes of a server's address, and of a doorbell's */

typedef struct
{
  char *name;
  FrPeerKey key;
  char *server;
  char *address;
  char *stun;     /* nullable, like the rest */
  char *turn;     /* with user and password */
  char *doorbell; /* their own rendezvous server, where they are called the same */
} FrInvitation;

char *fr_invitation_to_uri (const FrInvitation *self);
FrInvitation *fr_invitation_parse (const char *uri);
void fr_invitation_free (FrInvitation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrInvitation, fr_invitation_free)

G_END_DECLS
