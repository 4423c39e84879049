/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "heal-graph.h"

#define MAX_TRIES 2000

guint
heal_set_count (HealSet set)
{
  guint n = 0;

  for (; set != 0; set &= set - 1)
    n++;
  return n;
}

/* Those that `i` has a link with, if they know it too. */
static HealSet
get_neighbours (const HealGraph *self, guint i)
{
  HealSet both = 0;

  for (guint j = 0; j < HEAL_MAX_PEERS; j++)
    if ((self->links[i] & HEAL_ONE (j)) != 0 && (self->links[j] & HEAL_ONE (i)) != 0)
      both |= HEAL_ONE (j);
  return both;
}

gboolean
heal_graph_is_connected (const HealGraph *self, HealSet of)
{
  HealSet reached = of & -of;
  HealSet before = 0;

  while (reached != before)
    {
      before = reached;
      for (guint i = 0; i < HEAL_MAX_PEERS; i++)
        if ((before & HEAL_ONE (i)) != 0)
          reached |= get_neighbours (self, i) & of;
    }
  return reached == of;
}

static HealSet
pick_any (HealSet from, guint n, GRand *rand)
{
  HealSet picked = 0;

  while (heal_set_count (picked) < n)
    picked |= from & HEAL_ONE ((guint) g_rand_int_range (rand, 0, HEAL_MAX_PEERS));
  return picked;
}

HealSet
heal_graph_pick (const HealGraph *self, HealSet of, HealSet from, guint n, GRand *rand)
{
  g_return_val_if_fail (heal_set_count (from) >= n, 0);

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      HealSet picked = pick_any (from, n, rand);

      if (heal_graph_is_connected (self, of & ~picked))
        return picked;
    }
  return 0;
}
