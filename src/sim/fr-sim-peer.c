/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-private.h"

#include <math.h>
#include <string.h>

#define REBIRTH_US (30 * G_USEC_PER_SEC) /* on average, until another peer takes the place of a dead one */
#define LEAVING_SHARE 0.5                /* of those whose life ends: the others crash */

/* The number of the place and of who has it: then the key is found without a table. */
FrPeerKey
_fr_sim_key (const FrSim *self, guint peer)
{
  guint32 numbers[2] = { peer, self->peers[peer].generation };
  FrPeerKey key = { { 0 } };
  guint32 scatter = (peer ^ numbers[1] << 20) * 0x9e3779b1u;

  /* Engines may compare or hash keys by any of their bytes. */
  for (guint i = 0; i < sizeof key.bytes; i++)
    {
      key.bytes[i] = (guint8) (scatter >> 24);
      scatter = (scatter ^ scatter >> 15) * 0x85ebca6bu + i;
    }
  memcpy (key.bytes + FR_PEER_KEY_SIZE - sizeof numbers, numbers, sizeof numbers);
  return key;
}

/* FALSE: that one is no more. */
gboolean
_fr_sim_find_key (const FrSim *self, const FrPeerKey *key, guint *out_peer)
{
  guint32 numbers[2];

  memcpy (numbers, key->bytes + FR_PEER_KEY_SIZE - sizeof numbers, sizeof numbers);
  if (numbers[0] >= self->config.n_peers || self->peers[numbers[0]].overlay == NULL
      || self->peers[numbers[0]].generation != numbers[1])
    return FALSE;
  *out_peer = numbers[0];
  return TRUE;
}

GBytes *
_fr_sim_record (const FrSim *self, guint peer)
{
  Freshet__PeerRecordBody body = FRESHET__PEER_RECORD_BODY__INIT;
  Freshet__PeerRecord record = FRESHET__PEER_RECORD__INIT;
  FrPeerKey key = _fr_sim_key (self, peer);
  guint8 signature[FR_SIGNATURE_SIZE] = { 0 };
  g_autoptr (GBytes) packed = NULL;
  char id[32], doorbell[48];

  g_snprintf (id, sizeof id, "peer-%u-%u", peer, self->peers[peer].generation);
  g_snprintf (doorbell, sizeof doorbell, "%s.example:9000", id);
  body.key = (ProtobufCBinaryData) { .len = sizeof key.bytes, .data = key.bytes };
  body.name = id;
  body.server = (char *) "rendezvous.example:9000";
  body.id = id;
  if (self->peers[peer].has_doorbell)
    body.doorbell = doorbell;
  body.sequence = 1;
  body.may_pass_on = TRUE;
  packed = fr_message_pack (&body.base);
  record.signed_.data = (guint8 *) g_bytes_get_data (packed, &record.signed_.len);
  record.signature = (ProtobufCBinaryData) { .len = sizeof signature, .data = signature };
  return fr_message_pack (&record.base);
}

static void
tell_content (FrSim *self, guint peer)
{
  FrSimPeer *it = &self->peers[peer];
  FrNgramSet *content;

  if (!self->config.engine.digests)
    return;
  content = fr_ngram_set_new ();
  for (guint i = 0; i < it->n_pictures; i++)
    fr_ngram_set_add_text (content, fr_sim_titles_get (self->titles, it->pictures[i]));
  fr_overlay_set_content (it->overlay, content, self->now_us);
}

static void
draw_life (FrSim *self, guint peer)
{
  double mean_s = self->config.churn_median_s / G_LN2;
  double life_s = -mean_s * log (1 - g_rand_double (self->rand));

  if (self->config.churn_median_s > 0)
    _fr_sim_push (self, (gint64) (MIN (life_s, 1e9) * G_USEC_PER_SEC), FR_SIM_EVENT_DEATH, peer,
                  self->peers[peer].generation, NULL);
}

/* From now on it makes links by itself. */
void
_fr_sim_open (FrSim *self, guint peer)
{
  g_autoptr (GBytes) record = _fr_sim_record (self, peer);

  fr_overlay_set_record (self->peers[peer].overlay, record, self->now_us);
  fr_overlay_set_open (self->peers[peer].overlay, TRUE, self->now_us);
  _fr_sim_drain (self, peer);
}

/* An engine for a place that has none. */
void
_fr_sim_begin_peer (FrSim *self, guint peer)
{
  FrSimPeer *it = &self->peers[peer];
  FrPeerKey key = _fr_sim_key (self, peer);

  it->overlay = fr_overlay_new (&self->config.engine, &key, g_rand_int (self->rand));
  it->tick_at_us = G_MAXINT64;
  it->greed = 0;
  it->behaviour = FR_SIM_HONEST;
  self->n_alive++;
  if (self->config.open && (self->is_built || self->config.topology == FR_SIM_MEMBERSHIP))
    _fr_sim_open (self, peer);
  tell_content (self, peer);
  draw_life (self, peer);
  _fr_sim_drain (self, peer);
}

/* A peer hears of one other: what it makes of that is its own affair. */
void
_fr_sim_join (FrSim *self, guint peer, guint contact)
{
  g_autoptr (GBytes) record = NULL;

  if (peer == contact || self->peers[peer].overlay == NULL)
    return;
  record = _fr_sim_record (self, contact);
  fr_overlay_add_record (self->peers[peer].overlay, record, self->now_us);
  _fr_sim_drain (self, peer);
}

void
_fr_sim_die (FrSim *self, const FrSimEvent *event)
{
  if (self->peers[event->peer].overlay == NULL || self->peers[event->peer].generation != event->link)
    return;
  if (g_rand_double (self->rand) < LEAVING_SHARE)
    fr_sim_leave (self, event->peer);
  else
    fr_sim_crash (self, event->peer);
  _fr_sim_push (self, (gint64) (-log (1 - g_rand_double (self->rand)) * REBIRTH_US), FR_SIM_EVENT_BIRTH,
                event->peer, 0, NULL);
}

/* Somebody new, with the same pictures, so that there are as many of each as before. */
void
_fr_sim_be_born (FrSim *self, guint peer)
{
  if (self->peers[peer].overlay != NULL || self->n_alive == 0)
    return;
  _fr_sim_begin_peer (self, peer);
  if (self->config.open)
    _fr_sim_join (self, peer, fr_sim_draw_alive (self));
}

/**
 * fr_sim_crash:
 * @self: a network
 * @peer: one of its peers
 *
 * It is gone without a word: others find out by themselves.
 */
void
fr_sim_crash (FrSim *self, guint peer)
{
  FrSimPeer *it = &self->peers[peer];

  g_return_if_fail (peer < self->config.n_peers);

  if (it->overlay == NULL)
    return;
  g_clear_pointer (&it->overlay, fr_overlay_free);
  g_clear_pointer (&it->ends, g_free);
  it->n_ends = it->ends_capacity = 0;
  it->generation++;
  self->n_alive--;
}

/**
 * fr_sim_crash_share:
 * @self: a network
 * @share: how much of what lives, 0 to 1
 *
 * Crashes so many at once.
 *
 * Returns: how many that were
 */
guint
fr_sim_crash_share (FrSim *self, double share)
{
  guint n = (guint) (CLAMP (share, 0, 1) * self->n_alive);

  for (guint i = 0; i < n; i++)
    fr_sim_crash (self, fr_sim_draw_alive (self));
  return n;
}

/**
 * fr_sim_leave:
 * @self: a network
 * @peer: one of its peers
 *
 * It says goodbye on all its links, and is gone.
 */
void
fr_sim_leave (FrSim *self, guint peer)
{
  g_return_if_fail (peer < self->config.n_peers);

  while (self->peers[peer].n_ends > 0)
    _fr_sim_close (self, peer, self->peers[peer].ends[0].link);
  fr_sim_crash (self, peer);
}

/**
 * fr_sim_give:
 * @self: a network
 * @peer: one of its peers
 * @title: a number from fr_sim_get_titles()
 *
 * It has a picture of that title from now on.
 */
void
fr_sim_give (FrSim *self, guint peer, guint title)
{
  FrSimPeer *it = &self->peers[peer];

  g_return_if_fail (peer < self->config.n_peers);
  g_return_if_fail (title < fr_sim_titles_get_n (self->titles));

  it->pictures = g_renew (guint32, it->pictures, it->n_pictures + 1);
  it->pictures[it->n_pictures++] = title;
  if (it->overlay == NULL)
    return;
  fr_overlay_add_content (it->overlay, fr_sim_titles_get (self->titles, title), self->now_us);
  _fr_sim_drain (self, peer);
}

/**
 * fr_sim_set_behaviour:
 * @self: a network
 * @peer: one of its peers
 * @behaviour: what it does from now on
 */
void
fr_sim_set_behaviour (FrSim *self, guint peer, FrSimBehaviour behaviour)
{
  g_return_if_fail (peer < self->config.n_peers);

  self->peers[peer].behaviour = (guint8) behaviour;
}

/**
 * fr_sim_set_group:
 * @self: a network
 * @peer: one of its peers
 * @group: from 0 to 255
 *
 * Nothing gets from one group to another: a network that is split. All begin in 0.
 */
void
fr_sim_set_group (FrSim *self, guint peer, guint group)
{
  g_return_if_fail (peer < self->config.n_peers);

  self->peers[peer].group = (guint8) group;
}

/**
 * fr_sim_get_n_peers:
 * @self: a network
 *
 * Returns: how many places it has, with and without a living peer
 */
guint
fr_sim_get_n_peers (const FrSim *self)
{
  return self->config.n_peers;
}

/**
 * fr_sim_get_n_alive:
 * @self: a network
 *
 * Returns: how many of its peers live
 */
guint
fr_sim_get_n_alive (const FrSim *self)
{
  return self->n_alive;
}

/**
 * fr_sim_is_alive:
 * @self: a network
 * @peer: a number below fr_sim_get_n_peers()
 *
 * Returns: whether a peer lives there
 */
gboolean
fr_sim_is_alive (const FrSim *self, guint peer)
{
  return peer < self->config.n_peers && self->peers[peer].overlay != NULL;
}

/**
 * fr_sim_draw_alive:
 * @self: a network with a living peer
 *
 * Returns: one of these, by chance
 */
guint
fr_sim_draw_alive (FrSim *self)
{
  guint peer;

  g_return_val_if_fail (self->n_alive > 0, 0);

  do
    peer = (guint) g_rand_int_range (self->rand, 0, (gint32) self->config.n_peers);
  while (self->peers[peer].overlay == NULL);
  return peer;
}

/**
 * fr_sim_get_engine:
 * @self: a network
 * @peer: one of its peers
 *
 * Returns: (transfer none) (nullable): its engine, to be looked at; %NULL if it is dead
 */
FrOverlay *
fr_sim_get_engine (FrSim *self, guint peer)
{
  return peer < self->config.n_peers ? self->peers[peer].overlay : NULL;
}
