/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who is linked with whom among a few peers; a set of them is a bit for each. Pure functions. */

#define HEAL_MAX_PEERS 16

typedef guint32 HealSet;
#define HEAL_ONE(i) ((HealSet) 1 << (i))
#define HEAL_ALL(n) (HEAL_ONE (n) - 1)

typedef struct
{
  HealSet links[HEAL_MAX_PEERS]; /* of each, as far as it knows */
} HealGraph;

guint heal_set_count (HealSet set);

/* Whether all of `of` reach each other over links that both ends know, and over nobody else. */
gboolean heal_graph_is_connected (const HealGraph *self, HealSet of);

/* `n` of `from` whose loss leaves the rest of `of` connected; empty if chance finds none. */
HealSet heal_graph_pick (const HealGraph *self, HealSet of, HealSet from, guint n, GRand *rand);

G_END_DECLS
