/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-link.h"

struct _FrNetworkLink
{
  GObject parent_instance;

  FrPerson *person; /* owned */

  /* state */
  gboolean has_pulse;
  FrPulseLink pulse;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrNetworkLink, fr_network_link, G_TYPE_OBJECT)

static void
changed_cb (FrNetworkLink *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fr_network_link_finalize (GObject *object)
{
  g_clear_object (&FR_NETWORK_LINK (object)->person);
  G_OBJECT_CLASS (fr_network_link_parent_class)->finalize (object);
}

static void
fr_network_link_class_init (FrNetworkLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fr_network_link_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_NETWORK_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_network_link_init (FrNetworkLink *self)
{
}

/**
 * fr_network_link_new:
 * @person: somebody
 *
 * Returns: (transfer full): what is on the map of them
 */
FrNetworkLink *
fr_network_link_new (FrPerson *person)
{
  FrNetworkLink *self = g_object_new (FR_TYPE_NETWORK_LINK, NULL);

  self->person = g_object_ref (person);
  g_signal_connect_object (person, "notify::state", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (person, "notify::name", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * fr_network_link_is_due:
 * @person: somebody
 *
 * Returns: whether one is connected to them, or just about to be
 */
gboolean
fr_network_link_is_due (FrPerson *person)
{
  switch (fr_person_get_state (person))
    {
    case FR_PERSON_CONNECTING:
    case FR_PERSON_HERE:
    case FR_PERSON_WAITS:
    case FR_PERSON_ASKS:
      return TRUE;
    case FR_PERSON_AWAY:
    case FR_PERSON_LOOKING:
    case FR_PERSON_FAILED:
    case FR_PERSON_CHANGED:
    default:
      return FALSE;
    }
}

FrPerson *
fr_network_link_get_person (FrNetworkLink *self)
{
  return self->person;
}

gboolean
fr_network_link_has_key (FrNetworkLink *self, const FrPeerKey *key)
{
  FrPeerKey own;

  return fr_person_get_key (self->person, &own) && fr_peer_key_equal (&own, key);
}

/**
 * fr_network_link_get_facts:
 * @self: a link
 * @out_facts: (out): how it is
 *
 * Before anything was told by the network it is what is known of the person.
 */
void
fr_network_link_get_facts (FrNetworkLink *self, FrNetworkLinkFacts *out_facts)
{
  *out_facts = (FrNetworkLinkFacts) { .is_here = fr_person_get_state (self->person) == FR_PERSON_HERE };
  if (!out_facts->is_here)
    return;
  out_facts->is_relayed = self->has_pulse ? self->pulse.is_relayed
                                          : g_strcmp0 (fr_person_get_route (self->person), "relay") == 0;
  out_facts->round_trip_us = self->has_pulse ? self->pulse.round_trip_us : fr_person_get_round_trip_us (self->person);
  out_facts->kib = self->has_pulse ? self->pulse.kib : 0;
}

static gboolean
is_same (const FrPulseLink *a, const FrPulseLink *b)
{
  return a->is_relayed == b->is_relayed && a->round_trip_us == b->round_trip_us && a->kib == b->kib
         && a->state == b->state;
}

/**
 * fr_network_link_take_pulse:
 * @self: a link
 * @pulse: how the links are
 *
 * Takes what it says of this one.
 */
void
fr_network_link_take_pulse (FrNetworkLink *self, const FrNetworkPulse *pulse)
{
  FrPeerKey key;
  const FrPulseLink *link = fr_person_get_key (self->person, &key)
                                ? fr_network_pulse_find ((FrNetworkPulse *) pulse, &key)
                                : NULL;
  FrPulseLink before = self->pulse;
  gboolean had_pulse = self->has_pulse;

  self->has_pulse = link != NULL;
  if (link != NULL)
    self->pulse = *link;
  if (had_pulse != self->has_pulse || (link != NULL && !is_same (&before, link)))
    changed_cb (self);
}
