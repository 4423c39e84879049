/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-core-private.h"

#include "fr-clock.h"

/* How the links are, told while somebody looks, and only where something has changed. */

struct _FrCorePulse
{
  GSource *timer;
  GHashTable *meters;   /* FrPeerKey -> FrPulseMeter, of links that are there */
  FrNetworkPulse *told; /* last; NULL: nothing yet */
};

static FrPulseState
state_of (FrLink *link)
{
  switch (fr_link_get_state (link))
    {
    case FR_LINK_READY:
      return fr_link_is_usable (link) ? FR_PULSE_HERE : FR_PULSE_COMING_UP;
    case FR_LINK_LEAVING:
    case FR_LINK_CLOSED:
      return FR_PULSE_LEAVING;
    case FR_LINK_GREETING:
    default:
      return FR_PULSE_COMING_UP;
    }
}

static void
tell_of_link (FrNetworkCore *self, FrNetworkPulse *pulse, FrLink *link)
{
  g_autofree char *route = fr_link_get_route (link);
  FrPulseState state = state_of (link);
  FrPulseLink *told = fr_network_pulse_find (pulse, fr_link_get_key (link));

  if (told != NULL && state <= told->state) /* where two had dialled each other, the one that is there counts */
    return;
  if (told == NULL)
    told = fr_network_pulse_add (pulse, fr_link_get_key (link));
  if (told == NULL)
    return;
  told->state = state;
  told->is_relayed = g_strcmp0 (route, "relay") == 0;
  told->round_trip_us = fr_mesh_get_round_trip_us (self->mesh, link);
}

/* Of everything between us and them. */
static guint64
count_bytes (GPtrArray *links, const FrPeerKey *key)
{
  guint64 n = 0;

  for (guint i = 0; i < links->len; i++)
    if (fr_peer_key_equal (fr_link_get_key (g_ptr_array_index (links, i)), key))
      n += fr_link_get_n_bytes (g_ptr_array_index (links, i));
  return n;
}

static gboolean
is_gone (gpointer key, gpointer meter, gpointer pulse)
{
  return fr_network_pulse_find (pulse, key) == NULL;
}

static void
measure (FrCorePulse *self, GPtrArray *links, FrNetworkPulse *pulse)
{
  gint64 now_us = fr_clock_now_us ();

  g_hash_table_foreach_remove (self->meters, is_gone, pulse);
  for (guint i = 0; i < pulse->n_links; i++)
    {
      FrPulseLink *link = &pulse->links[i];
      FrPulseMeter *meter = g_hash_table_lookup (self->meters, &link->key);

      if (meter == NULL)
        {
          meter = g_new0 (FrPulseMeter, 1);
          g_hash_table_insert (self->meters, g_memdup2 (&link->key, sizeof link->key), meter);
        }
      link->kib = fr_pulse_meter_update (meter, count_bytes (links, &link->key), now_us);
    }
}

static gboolean
pulse_cb (gpointer data)
{
  FrNetworkCore *self = data;
  GPtrArray *links = fr_switchboard_get_links (self->switchboard);
  g_autoptr (FrNetworkPulse) pulse = fr_network_pulse_new ();
  FrNetworkReport *report;

  for (guint i = 0; i < links->len; i++)
    if (fr_link_get_purpose (g_ptr_array_index (links, i)) == FRESHET__PURPOSE__PURPOSE_LINK)
      tell_of_link (self, pulse, g_ptr_array_index (links, i));
  measure (self->pulse, links, pulse);
  if (self->pulse->told != NULL && fr_network_pulse_equal (self->pulse->told, pulse))
    return G_SOURCE_CONTINUE;
  report = fr_network_report_new (FR_REPORT_PULSE);
  report->pulse = fr_network_pulse_copy (pulse);
  g_clear_pointer (&self->pulse->told, fr_network_pulse_free);
  self->pulse->told = g_steal_pointer (&pulse);
  fr_network_core_tell (self, report);
  return G_SOURCE_CONTINUE;
}

static void
stop (FrNetworkCore *self)
{
  if (self->pulse == NULL)
    return;
  g_source_destroy (self->pulse->timer);
  g_source_unref (self->pulse->timer);
  g_hash_table_unref (self->pulse->meters);
  g_clear_pointer (&self->pulse->told, fr_network_pulse_free);
  g_clear_pointer (&self->pulse, g_free);
}

/**
 * fr_network_core_set_watching:
 * @self: a core
 * @watching: whether somebody looks at the network
 *
 * Tells at once, and then whenever something changes, at most ten times a second, how the links are, by FR_REPORT_PULSE.
 * What the round trips are now is asked for.
 */
void
fr_network_core_set_watching (FrNetworkCore *self, gboolean watching)
{
  if (watching == (self->pulse != NULL))
    return;
  stop (self);
  if (!watching)
    return;
  self->pulse = g_new0 (FrCorePulse, 1);
  self->pulse->meters = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, g_free);
  self->pulse->timer = g_timeout_source_new (FR_NETWORK_PULSE_INTERVAL_MS);
  g_source_set_callback (self->pulse->timer, pulse_cb, self, NULL);
  g_source_attach (self->pulse->timer, g_main_context_get_thread_default ());
  fr_mesh_check_links (self->mesh);
  pulse_cb (self);
}
