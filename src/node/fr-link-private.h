/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-link.h"
#include "fr-node-error.h"

G_BEGIN_DECLS

/* What the files of a link share: its life; what the other side says, in fr-link-words.c; and what is known of it. */

struct _FrLink
{
  GObject parent_instance;

  /* owned */
  FrWebrtcSession *session; /* NULL over channels that are none of WebRTC's */
  FrChannel *control;
  FrChannel *bulk;
  FrTransferPort *port;
  FrIdentity *identity;
  char *name;
  char *address;
  char *server;
  char *peer_name;
  GError *error;
  GSource *timer;

  /* state */
  Freshet__Role role;
  FrSessionFacts facts;
  FrPeerKey key;
  FrLinkState state;
  FrWay way;
  gint64 used_us;
  guint n_unknown;
  guint n_held_frames; /* thrown away while it was held, of both channels */
  gsize n_held_bytes;
  guint held : 1;    /* the person here has yet to decide */
  guint waiting : 1; /* the person there has */
  guint blamed : 1;  /* the other side broke the protocol, and was told so */
  guint parted : 1; /* with a word, of either side */
};

enum
{
  FR_LINK_SIGNAL_HEARD,
  FR_LINK_SIGNAL_READY,
  FR_LINK_SIGNAL_FRAME,
  FR_LINK_SIGNAL_ACCEPTED,
  FR_LINK_SIGNAL_INTRODUCED,
  FR_LINK_SIGNAL_FAULT,
  FR_LINK_SIGNAL_BLAMED,
  FR_LINK_SIGNAL_CLOSED,
  FR_LINK_N_SIGNALS
};

extern guint fr_link_signals[FR_LINK_N_SIGNALS];

void fr_link_clear_timer (FrLink *self);
void fr_link_send_bye (FrLink *self, Freshet__Bye__Reason reason);
void fr_link_leave (FrLink *self);
void fr_link_fail (FrLink *self, FrNodeError code, Freshet__Bye__Reason reason);
void fr_link_finish (FrLink *self);

/* In fr-link-words.c */
void fr_link_throw_away (FrLink *self, gsize size);
void fr_link_message_cb (FrChannel *control, GBytes *message, gpointer data);

G_END_DECLS
