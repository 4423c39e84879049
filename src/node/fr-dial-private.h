/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-dial.h"

G_BEGIN_DECLS

/* What the files of a dial share: its course; and what is known of it, in fr-dial-facts.c. */

struct _FrDial
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  char *name;
  char *own_address;
  FrDialTarget target;
  char *connection_id;
  FrSignal *offer; /* incoming: until fr_dial_start() */
  FrWebrtcSession *session;
  FrLink *link;
  GSource *timer;

  /* state */
  FrSessionFacts facts;
  FrPeerKey other_key; /* of somebody who answered and was not meant; zero: nobody has */
  FrDialPurpose purpose;
  FrWay way;
  guint outgoing : 1;
  guint replaces : 1;
  guint held : 1;
  guint answered : 1; /* outgoing: the answer has come; incoming: ours has gone */
  guint over : 1;
};

G_END_DECLS
