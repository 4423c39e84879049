/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "heal-searches.h"

G_BEGIN_DECLS

/* One round: some die all at once, the others find together again, and the dead come back on their old data. */

#define HEAL_GIVE_UP_SECONDS 30 /* no longer than that for healing */

/* What is to be done. */
typedef struct
{
  HealSet mortal; /* who may be killed */
  guint n_killed;
  gboolean kills_server;
  GRand *rand;
} HealPlan;

/* What came of it; seconds, NAN if it did not come. */
typedef struct
{
  HealSet killed;
  guint asker;
  guint n_searches;
  gboolean server_alive;
  double search_s; /* from the kill until one search has hits of everybody living */
  double links_s;  /* ... until nobody living has a link with the dead, and everybody HEAL_MIN_LINKS */
  double heal_s;   /* ... until both */
  double rejoin_s; /* from the start of the killed until the crowd is together again */
} HealRound;

/* Starts the server and everybody, each connected with somebody before, and shares a picture each. Once the crowd has
 * settled, everybody forgets whom they were connected with, so that nobody has contacts to dial. */
gboolean heal_begin (HealCrowd *crowd, GRand *rand, GError **error);

/* Waits until the crowd is together: settled, and a search of `asker` finds everybody living. */
gboolean heal_wait_together (HealCrowd *crowd, guint asker, GError **error);

/* FALSE: the crowd cannot go on. That it did not heal in time is in `out_round` only. */
gboolean heal_round_run (HealCrowd *crowd, const HealPlan *plan, HealRound *out_round, GError **error);

G_END_DECLS
