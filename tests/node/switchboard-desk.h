/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-switchboard.h"

#include "rude-peer.h"

G_BEGIN_DECLS

#define US "us"
#define RUDE "rude"

/* A switchboard at a real server, where somebody rude is too. */
typedef struct
{
  FrPeerServer *server;
  char *server_address;
  FrIdentity *identity;
  FrRegistration *registration;
  FrIntroductions *introductions;
  FrSwitchboard *board;
  RudePeer *rude;
  char *sdp; /* of a real offer */
  gulong hook;
  guint n_sessions; /* that the switchboard must have made */
  guint n_closed;   /* sessions of which nothing is left */
  guint n_other_program;
  guint n_failed;
  guint n_told; /* of a link, by tests that count that */
  GError *error; /* of the last dial that failed */
} Desk;

void desk_add_test (const char *path, void (*test) (Desk *, gconstpointer), gconstpointer data);

/* A condition on a registration. */
gboolean desk_is_online (gpointer registration);

/* A new, good offer, and one sent at once. */
FrSignal *desk_make_offer (Desk *desk, RudePeer *from);
void desk_send_offer (Desk *desk, RudePeer *from);

/* Waits until everything that was sent to the switchboard has been dealt with; how many LEAVEs have come before. */
void desk_settle (Desk *desk, guint n_leaves_before);

G_END_DECLS
