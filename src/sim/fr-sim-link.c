/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-private.h"

#include <math.h>

/* What was lost is sent again after one round trip and this, as by a transport that counts on acknowledgements. */
#define RESEND_US (50 * 1000)

FrSimEnd *
_fr_sim_find_end (FrSimPeer *peer, FrLinkId link)
{
  for (guint i = 0; i < peer->n_ends; i++)
    if (peer->ends[i].link == link)
      return &peer->ends[i];
  return NULL;
}

/* The end of a link from a peer to another that is still its other end. */
FrSimEnd *
_fr_sim_find_end_to (FrSim *self, guint peer, guint other)
{
  FrSimPeer *from = &self->peers[peer];

  for (guint i = 0; i < from->n_ends; i++)
    if (from->ends[i].peer == other && _fr_sim_find_end (&self->peers[other], from->ends[i].peer_link) != NULL)
      return &from->ends[i];
  return NULL;
}

static void
add_end (FrSimPeer *peer, const FrSimEnd *end)
{
  if (peer->n_ends == peer->ends_capacity)
    {
      peer->ends_capacity = MAX (8, 2 * peer->ends_capacity);
      peer->ends = g_renew (FrSimEnd, peer->ends, peer->ends_capacity);
    }
  peer->ends[peer->n_ends++] = *end;
}

/* A link between two that live: both engines hear of it at once. */
void
_fr_sim_link (FrSim *self, guint a, guint b, gint64 latency_us)
{
  guint peers[2] = { a, b };
  FrLinkId links[2] = { ++self->peers[a].n_links, ++self->peers[b].n_links };

  for (guint i = 0; i < 2; i++)
    {
      FrSimEnd end = {
        .link = links[i],
        .peer = peers[!i],
        .peer_link = links[!i],
        .latency_us = (guint32) latency_us,
      };

      add_end (&self->peers[peers[i]], &end);
    }
  self->counters.links++;
  for (guint i = 0; i < 2; i++)
    {
      FrPeerKey key = _fr_sim_key (self, peers[!i]);

      fr_overlay_link_up (self->peers[peers[i]].overlay, links[i], &key, self->now_us);
      _fr_sim_drain (self, peers[i]);
    }
}

void
_fr_sim_drop_end (FrSimPeer *peer, FrLinkId link)
{
  FrSimEnd *end = _fr_sim_find_end (peer, link);

  if (end == NULL)
    return;
  /* The others keep their order, so that a run does not depend on which went first. */
  for (; end < peer->ends + peer->n_ends - 1; end++)
    end[0] = end[1];
  peer->n_ends--;
}

/* A forwarded query is packed once and sent to many: it is parsed once, too. */
static FrSimMessage *
message_of (FrSim *self, GBytes *frame)
{
  if (self->last != NULL && self->last->bytes == frame)
    return self->last;
  fr_sim_message_unref (self->last);
  self->last = fr_sim_message_new (frame, self->config.unchecked, self->cause);
  if (self->last->kind == FR_SIM_KIND_QUERY)
    self->last->search = _fr_sim_number_of_query (self, self->last->frame->query);
  else if (self->last->kind == FR_SIM_KIND_HITS && self->cause != NULL && self->cause->kind <= FR_SIM_KIND_HITS)
    self->last->search = self->cause->search;
  return self->last;
}

static void
count_sent (FrSim *self, const FrSimMessage *message)
{
  FrSimSearch *search = message->search != 0 ? _fr_sim_get_search (self, message->search) : NULL;

  self->counters.sent[message->kind]++;
  self->counters.sent_bytes[message->kind] += message->size;
  self->counters.in_flight++;
  if (search == NULL)
    return;
  if (message->kind == FR_SIM_KIND_QUERY)
    {
      search->result.queries++;
      search->result.query_bytes += message->size;
    }
  else if (message->kind == FR_SIM_KIND_HITS)
    {
      search->result.hits++;
      search->result.hits_bytes += message->size;
    }
}

/* How much longer it takes as it was lost: as often as chance wants. */
static gint64
draw_delay (FrSim *self, const FrSimEnd *end)
{
  gint64 delay_us = 0;

  while (self->config.loss > 0 && g_rand_double (self->rand) < self->config.loss && delay_us < G_USEC_PER_SEC * 10)
    {
      delay_us += 2 * (gint64) end->latency_us + RESEND_US;
      self->counters.resent++;
    }
  return delay_us;
}

void
_fr_sim_send (FrSim *self, guint peer, FrLinkId link, GBytes *frame)
{
  FrSimPeer *from = &self->peers[peer];
  FrSimEnd *end = _fr_sim_find_end (from, link);
  FrSimMessage *message;

  if (end == NULL) /* closed a moment ago */
    return;
  message = message_of (self, frame);
  if (from->behaviour == FR_SIM_SILENT && message->kind <= FR_SIM_KIND_PREVIEW)
    {
      self->counters.withheld++;
      return;
    }
  count_sent (self, message);
  end->arrives_us = MAX (end->arrives_us, self->now_us + end->latency_us + draw_delay (self, end));
  _fr_sim_push (self, end->arrives_us - self->now_us, FR_SIM_EVENT_MESSAGE, end->peer, end->peer_link,
                fr_sim_message_ref (message));
}

void
_fr_sim_deliver (FrSim *self, const FrSimEvent *event)
{
  FrSimPeer *peer = &self->peers[event->peer];
  FrSimMessage *message = event->data;
  FrSimEnd *end = _fr_sim_find_end (peer, event->link);

  self->counters.in_flight--;
  if (peer->overlay == NULL || end == NULL || self->peers[end->peer].group != peer->group)
    {
      self->counters.lost++;
      fr_sim_message_unref (message);
      return;
    }
  self->counters.delivered++;
  self->cause = message;
  if (message->fault == FR_WIRE_OK)
    fr_overlay_receive_as (peer->overlay, event->link, message->frame, message->size, &message->query, self->now_us);
  else
    {
      self->counters.faults++;
      fr_overlay_receive_fault (peer->overlay, event->link, message->fault, self->now_us);
    }
  _fr_sim_drain (self, event->peer);
  self->cause = NULL;
  fr_sim_message_unref (message);
}

/* A peer closes a link; its other end learns it, if there is somebody. */
void
_fr_sim_close (FrSim *self, guint peer, FrLinkId link)
{
  FrSimEnd *end = _fr_sim_find_end (&self->peers[peer], link);

  if (end == NULL)
    return;
  _fr_sim_push (self, MAX (end->latency_us, end->arrives_us - self->now_us), FR_SIM_EVENT_BYE, end->peer,
                end->peer_link, NULL);
  _fr_sim_drop_end (&self->peers[peer], link);
  if (self->peers[peer].overlay != NULL)
    fr_overlay_link_down (self->peers[peer].overlay, link, self->now_us);
}

void
_fr_sim_receive_bye (FrSim *self, const FrSimEvent *event)
{
  FrSimPeer *peer = &self->peers[event->peer];
  FrSimEnd *end = _fr_sim_find_end (peer, event->link);

  if (peer->overlay == NULL || end == NULL || self->peers[end->peer].group != peer->group)
    return;
  _fr_sim_drop_end (peer, event->link);
  fr_overlay_link_down (peer->overlay, event->link, self->now_us);
  _fr_sim_drain (self, event->peer);
}
