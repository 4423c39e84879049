/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-pulse.h"

G_DEFINE_BOXED_TYPE (FrNetworkPulse, fr_network_pulse, fr_network_pulse_copy, fr_network_pulse_free)

/**
 * fr_network_pulse_new:
 *
 * Returns: (transfer full): a pulse of no links
 */
FrNetworkPulse *
fr_network_pulse_new (void)
{
  return g_new0 (FrNetworkPulse, 1);
}

FrNetworkPulse *
fr_network_pulse_copy (const FrNetworkPulse *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
fr_network_pulse_free (FrNetworkPulse *self)
{
  g_free (self);
}

static gboolean
is_same (const FrPulseLink *a, const FrPulseLink *b)
{
  return fr_peer_key_equal (&a->key, &b->key) && a->state == b->state && a->is_relayed == b->is_relayed
         && a->round_trip_us == b->round_trip_us && a->kib == b->kib;
}

/**
 * fr_network_pulse_equal:
 * @self: a pulse
 * @other: another
 *
 * Returns: whether both tell the same
 */
gboolean
fr_network_pulse_equal (const FrNetworkPulse *self, const FrNetworkPulse *other)
{
  if (self->n_links != other->n_links)
    return FALSE;
  for (guint i = 0; i < self->n_links; i++)
    if (!is_same (&self->links[i], &other->links[i]))
      return FALSE;
  return TRUE;
}

/**
 * fr_network_pulse_find:
 * @self: a pulse
 * @key: somebody
 *
 * Returns: (transfer none) (nullable): the link with them
 */
FrPulseLink *
fr_network_pulse_find (FrNetworkPulse *self, const FrPeerKey *key)
{
  for (guint i = 0; i < self->n_links; i++)
    if (fr_peer_key_equal (&self->links[i].key, key))
      return &self->links[i];
  return NULL;
}

/**
 * fr_network_pulse_add:
 * @self: a pulse
 * @key: somebody
 *
 * Returns: (transfer none) (nullable): the link with them, which may be new; %NULL: there are %FR_NETWORK_PULSE_MAX_LINKS
 *   others
 */
FrPulseLink *
fr_network_pulse_add (FrNetworkPulse *self, const FrPeerKey *key)
{
  FrPulseLink *link = fr_network_pulse_find (self, key);

  if (link != NULL || self->n_links == FR_NETWORK_PULSE_MAX_LINKS)
    return link;
  link = &self->links[self->n_links++];
  link->key = *key;
  return link;
}

/**
 * fr_pulse_meter_update:
 * @self: a meter; at first all zero
 * @n_bytes: how many it has been in all
 * @now_us: the time
 *
 * Evens out what comes in bursts over %FR_NETWORK_PULSE_WINDOW_US. Where less is told than before, something of it has
 * ended, and it goes on from there.
 *
 * Returns: KiB a second, rounded
 */
guint
fr_pulse_meter_update (FrPulseMeter *self, guint64 n_bytes, gint64 now_us)
{
  gint64 passed_us = now_us - self->at_us;
  guint64 more = n_bytes > self->n_bytes ? n_bytes - self->n_bytes : 0;
  double weight;

  if (self->at_us != 0 && passed_us <= 0)
    return (guint) (self->rate / 1024 + 0.5);
  if (self->at_us != 0)
    {
      weight = MIN (1, passed_us / (double) FR_NETWORK_PULSE_WINDOW_US);
      self->rate += weight * (more * (double) G_USEC_PER_SEC / passed_us - self->rate);
    }
  self->n_bytes = n_bytes;
  self->at_us = now_us;
  return (guint) (self->rate / 1024 + 0.5);
}
