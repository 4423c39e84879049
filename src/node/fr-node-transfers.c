/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-private.h"

#include "fr-rate.h"

#include <stdio.h>

/* What comes to a node and goes out, and how fast. */

/* Whoever sends gives up after FR_TRANSFER_STALL_US: of seven that come at once each has to get a block before that. */
#define MIN_DOWN_KIB 64

/**
 * fr_node_fetch:
 * @self: a node
 * @hit: what a search has found
 * @holder: from whom first, as in fr_hit_get_holder(); -1: the nearest
 *
 * Brings a picture here. Asked again for one that is on its way or has come, returns that.
 *
 * Returns: (transfer full): the fetch; it is in fr_node_get_fetches() too
 */
FrFetch *
fr_node_fetch (FrNode *self, FrHit *hit, int holder)
{
  return fr_fetch_list_fetch (self->fetches, hit, holder);
}

/**
 * fr_node_clear_fetches:
 * @self: a node
 *
 * Takes those that are over out of fr_node_get_fetches().
 */
void
fr_node_clear_fetches (FrNode *self)
{
  fr_fetch_list_clear (self->fetches);
}

/**
 * fr_node_close_transfers:
 * @self: a node
 *
 * Closes the sessions that carry pictures only, as a rest of 30 seconds would.
 */
void
fr_node_close_transfers (FrNode *self)
{
  fr_network_close_transfers (self->network);
}

/**
 * fr_node_get_fetches:
 * @self: a node
 *
 * Returns: (transfer none): a model of #FrFetch, the newest first
 */
GListModel *
fr_node_get_fetches (FrNode *self)
{
  return fr_fetch_list_get_model (self->fetches);
}

/**
 * fr_node_forget_fetch:
 * @self: a node
 * @fetch: one of fr_node_get_fetches()
 *
 * Takes it out of the list, if it is over.
 */
void
fr_node_forget_fetch (FrNode *self, FrFetch *fetch)
{
  fr_fetch_list_forget (self->fetches, fetch);
}

/**
 * fr_node_get_givings:
 * @self: a node
 *
 * Returns: (transfer none): a model of #FrGiving: what goes to others, or has gone, the newest first
 */
GListModel *
fr_node_get_givings (FrNode *self)
{
  return fr_givings_get_model (self->givings);
}

/**
 * fr_node_forget_giving:
 * @self: a node
 * @giving: one of fr_node_get_givings()
 *
 * Takes it out of the list, if it is over.
 */
void
fr_node_forget_giving (FrNode *self, FrGiving *giving)
{
  fr_givings_forget (self->givings, giving);
}

/**
 * fr_node_clear_givings:
 * @self: a node
 *
 * Takes those that are over out of fr_node_get_givings().
 */
void
fr_node_clear_givings (FrNode *self)
{
  fr_givings_clear (self->givings);
}

static void
apply_limits (FrNode *self, guint down_kib, guint up_kib)
{
  self->down_kib = down_kib > 0 ? MAX (fr_rate_clamp (down_kib), MIN_DOWN_KIB) : 0;
  self->up_kib = fr_rate_clamp (up_kib);
  fr_network_set_limits (self->network, self->down_kib, self->up_kib);
  fr_node_notify (self, FR_NODE_PROP_LIMITS);
}

/**
 * fr_node_set_limits:
 * @self: a node
 * @down_kib: KiB a second that pictures come with at most, all together; 0: as fast as it goes
 * @up_kib: the same for what goes out
 *
 * Limits how fast pictures come and go, from now on and when it is started again; “limits”, whether there are any, is
 * notified of each change. The least that can be kept to is
 * 64 down, and %FR_RATE_MIN_KIB up. Who sends with an older program is asked to, but may send 8 MiB of each picture at once.
 */
void
fr_node_set_limits (FrNode *self, guint down_kib, guint up_kib)
{
  g_autofree char *value = NULL;

  self->limits_changed = TRUE;
  apply_limits (self, down_kib, up_kib);
  value = g_strdup_printf ("%u %u", self->down_kib, self->up_kib);
  fr_node_put_setting (self, FR_SETTING_LIMITS, value);
}

guint
fr_node_get_limit_down (FrNode *self)
{
  return self->down_kib;
}

guint
fr_node_get_limit_up (FrNode *self)
{
  return self->up_kib;
}

static void
limits_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrNode) self = data;
  g_autofree char *value = fr_store_get_setting_finish (FR_STORE (source), result, NULL);
  guint down_kib, up_kib;

  if (value != NULL && !self->limits_changed && sscanf (value, "%u %u", &down_kib, &up_kib) == 2)
    apply_limits (self, down_kib, up_kib);
}

/* For FrNode, before anything else is read: they are known when it is open. */
void
fr_node_load_limits (FrNode *self)
{
  fr_store_get_setting_async (self->parts->store, FR_SETTING_LIMITS, NULL, limits_cb, g_object_ref (self));
}
