/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-introductions.h"
#include "fr-peer-server.h"
#include "fr-switchboard.h"

G_BEGIN_DECLS

/* Two switchboards that have links to nobody, and letters that go from one to the other; and a server, perhaps. */
typedef struct _Side Side;

struct _Side
{
  Side *other;
  FrIdentity *identity;
  FrRegistration *registration;
  FrIntroductions *introductions;
  FrSwitchboard *board;
  FrQueryId route;     /* that leads to the other one; the test may make another */
  gboolean has_route;
  gboolean loses;      /* what it sends */
  GPtrArray *deliveries; /* of GSource: what is on its way here */
  gboolean can_locate;
  guint n_letters;     /* that it has sent */
  guint n_candidates;  /* in these */
  guint n_located;     /* how often it has looked for somebody */
  guint n_answers;     /* that it has sent, by whatever way */
  guint n_offers;      /* that came, by whatever way */
  guint n_failed;
  FrLink *link;
  GError *error;
};

typedef struct
{
  FrPeerServer *server;
  char *address;
  Side anna, ben;
} Pair;

void pair_set_up (Pair *pair, gconstpointer data);
void pair_tear_down (Pair *pair, gconstpointer data);

gboolean pair_is_online (gpointer registration); /* a condition */

/* Starts the server too, if there is none. */
void pair_go_online (Pair *pair, Side *side, const char *address);
void pair_make_route (Pair *pair);
FrDialTarget pair_get_target (Side *side, const char *address);

G_END_DECLS
