/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-private.h"

#include <string.h>

/* A dial as the node does it: the same offer over the overlay at once where there is a route, over the rendezvous
 * server a little later, to the other's doorbell when neither has answered; the first that arrives is answered, by the
 * way that it came. Then ICE, DTLS and SCTP, and both greet. Signals by a route are real frames, which the engines pass
 * on. Where the network is made so, a query looks for who cannot be reached otherwise, and the answer is a route. */

#define SERVER_AFTER_US (150 * 1000)
#define DOORBELL_AFTER_US (G_USEC_PER_SEC)
#define ROUTE_TIME_US (3 * G_USEC_PER_SEC) /* for an answer along a route, before the other is looked for */
#define TIMEOUT_US (10 * G_USEC_PER_SEC)
#define DOORBELL_TRIPS 4 /* one way each: TCP, the WebSocket's greeting, and the offer */
#define SETUP_TRIPS 10   /* ICE, DTLS, SCTP, Hello */
#define SETUP_US (30 * 1000)
#define SIGNAL_SIZE 1500 /* a sealed offer or answer */
#define ANSWER 1         /* bit of the second number in a signal */

typedef enum
{
  STEP_SERVER,   /* the server is tried */
  STEP_DOORBELL, /* the doorbell is tried */
  STEP_LOCATE,   /* the others are asked where it is */
  STEP_ARRIVED,  /* the offer is there, by the server or the doorbell */
  STEP_ANSWERED, /* so is the answer */
  STEP_OPEN,
  STEP_TIMEOUT,
} FrSimDialStep;

typedef struct
{
  guint n_refs; /* events that have it */
  guint id;
  guint from;
  guint32 from_generation;
  FrPeerKey to_key;
  FrQueryId query; /* that looks for it */
  FrSim *sim; /* borrowed */
  gint64 latency_us;
  FrSimWay way;
  guint has_doorbell : 1;
  guint is_answered : 1;
  guint is_looking : 1;
  guint is_located : 1;
  guint is_over : 1;
} FrSimDial;

static void
push_step (FrSim *self, FrSimDial *dial, gint64 after_us, FrSimDialStep step)
{
  dial->n_refs++;
  _fr_sim_push (self, after_us, FR_SIM_EVENT_DIAL, dial->from, step, dial);
}

void
_fr_sim_dial_drop (gpointer data)
{
  FrSimDial *dial = data;

  if (--dial->n_refs > 0)
    return;
  g_hash_table_remove (dial->sim->dials, GUINT_TO_POINTER (dial->id));
  if (dial->is_looking)
    g_hash_table_remove (dial->sim->locates, &dial->query);
  g_free (dial);
}

static gboolean
caller_lives (FrSim *self, const FrSimDial *dial)
{
  return self->peers[dial->from].overlay != NULL && self->peers[dial->from].generation == dial->from_generation;
}

/* FALSE: not there, or not where it can be reached. */
static gboolean
find_callee (FrSim *self, const FrSimDial *dial, guint *out_peer)
{
  return _fr_sim_find_key (self, &dial->to_key, out_peer)
         && self->peers[*out_peer].group == self->peers[dial->from].group;
}

static gboolean
offers_doorbell (GBytes *record)
{
  g_autoptr (Freshet__PeerRecordBody) body = NULL;
  Freshet__PeerRecord *parsed;
  gboolean offers = FALSE;
  gsize size;
  const guint8 *data = g_bytes_get_data (record, &size);

  parsed = freshet__peer_record__unpack (NULL, size, data);
  if (parsed != NULL
      && fr_peer_record_body_parse (parsed->signed_.data, parsed->signed_.len, &body) == FR_WIRE_OK)
    offers = *body->doorbell != '\0';
  if (parsed != NULL)
    freshet__peer_record__free_unpacked (parsed, NULL);
  return offers;
}

static GBytes *
make_signal (const FrSimDial *dial, guint32 flags)
{
  guint32 numbers[2] = { dial->id, flags };
  guint8 *sealed = g_malloc0 (SIGNAL_SIZE);

  memcpy (sealed, numbers, sizeof numbers);
  return g_bytes_new_take (sealed, SIGNAL_SIZE);
}

static void
fail (FrSim *self, FrSimDial *dial, gboolean lives)
{
  dial->is_over = TRUE;
  self->counters.dials_failed++;
  if (!caller_lives (self, dial))
    return;
  if (lives)
    fr_overlay_dial_refused (self->peers[dial->from].overlay, &dial->to_key, self->now_us);
  else
    fr_overlay_dial_failed (self->peers[dial->from].overlay, &dial->to_key, self->now_us);
  _fr_sim_drain (self, dial->from);
}

static gint64
locate_after_us (const FrSim *self, gboolean has_route)
{
  if (has_route)
    return ROUTE_TIME_US;
  return self->config.server ? DOORBELL_AFTER_US : 0;
}

/* An engine wants a link. */
void
_fr_sim_dial (FrSim *self, guint peer, const FrOverlayAction *action)
{
  FrSimDial *dial = g_new0 (FrSimDial, 1);

  dial->id = ++self->n_dials;
  dial->sim = self;
  dial->from = peer;
  dial->from_generation = self->peers[peer].generation;
  dial->to_key = action->key;
  dial->latency_us = fr_sim_latency_draw (&self->config.latency, self->rand);
  dial->has_doorbell = offers_doorbell (action->frame);
  g_hash_table_insert (self->dials, GUINT_TO_POINTER (dial->id), dial);
  self->counters.dials++;
  push_step (self, dial, SERVER_AFTER_US, STEP_SERVER);
  push_step (self, dial, TIMEOUT_US, STEP_TIMEOUT);
  if (dial->has_doorbell)
    push_step (self, dial, DOORBELL_AFTER_US, STEP_DOORBELL);
  if (self->config.locates)
    push_step (self, dial, locate_after_us (self, action->has_route), STEP_LOCATE);
  if (action->has_route)
    {
      g_autoptr (GBytes) offer = make_signal (dial, 0);

      fr_overlay_signal (self->peers[peer].overlay, &action->query, &action->key, offer, self->now_us);
    }
}

static void
open_soon (FrSim *self, FrSimDial *dial)
{
  push_step (self, dial, SETUP_US + SETUP_TRIPS * dial->latency_us, STEP_OPEN);
}

/* A real frame has brought an offer or an answer along a route. */
void
_fr_sim_dial_signal (FrSim *self, guint peer, const FrOverlayAction *action)
{
  guint32 numbers[2];
  FrSimDial *dial;
  gsize size;
  const void *data = g_bytes_get_data (action->frame, &size);

  if (size != SIGNAL_SIZE)
    return;
  memcpy (numbers, data, sizeof numbers);
  dial = g_hash_table_lookup (self->dials, GUINT_TO_POINTER (numbers[0]));
  if (dial == NULL || dial->is_over)
    return;
  if (numbers[1] == ANSWER)
    open_soon (self, dial);
  else if (!dial->is_answered)
    {
      g_autoptr (GBytes) answer = make_signal (dial, ANSWER);

      dial->is_answered = TRUE;
      dial->way = FR_SIM_BY_ROUTE;
      fr_overlay_signal (self->peers[peer].overlay, &action->query, &action->key, answer, self->now_us);
    }
}

/* What a signal takes through the server: two ways, as far as links are. */
static gint64
server_trip_us (FrSim *self)
{
  return fr_sim_latency_draw (&self->config.latency, self->rand)
         + fr_sim_latency_draw (&self->config.latency, self->rand);
}

static void
try_way (FrSim *self, FrSimDial *dial, FrSimWay way)
{
  guint callee;

  if (dial->is_answered || !find_callee (self, dial, &callee) || (way == FR_SIM_BY_SERVER && !self->config.server))
    return;
  dial->way = way;
  push_step (self, dial, way == FR_SIM_BY_SERVER ? server_trip_us (self) : DOORBELL_TRIPS * dial->latency_us,
             STEP_ARRIVED);
}

static void
look_for (FrSim *self, FrSimDial *dial)
{
  if (dial->is_answered || !caller_lives (self, dial) || self->peers[dial->from].n_ends == 0)
    return;
  dial->query = _fr_sim_ask_for_key (self, dial->from, &dial->to_key);
  dial->is_looking = TRUE;
  g_hash_table_insert (self->locates, &dial->query, dial);
  _fr_sim_drain (self, dial->from);
}

static void
end_looking (FrSim *self, FrSimDial *dial)
{
  if (!dial->is_looking || !caller_lives (self, dial))
    return;
  fr_overlay_end_search (self->peers[dial->from].overlay, &dial->query, self->now_us);
  _fr_sim_drain (self, dial->from);
}

/* Whether a query is for the key of this peer. */
gboolean
_fr_sim_dial_looks_for (FrSim *self, const FrQueryId *query, guint peer)
{
  const FrSimDial *dial = g_hash_table_lookup (self->locates, query);
  guint wanted;

  return dial != NULL && _fr_sim_find_key (self, &dial->to_key, &wanted) && wanted == peer;
}

/* Who was looked for has answered: the same way leads there. */
void
_fr_sim_dial_located (FrSim *self, guint peer, const FrQueryId *query)
{
  FrSimDial *dial = g_hash_table_lookup (self->locates, query);
  g_autoptr (GBytes) offer = NULL;

  if (dial == NULL || dial->is_over || dial->is_answered || dial->is_located || dial->from != peer
      || !caller_lives (self, dial))
    return;
  dial->is_located = TRUE;
  offer = make_signal (dial, 0);
  fr_overlay_signal (self->peers[peer].overlay, query, &dial->to_key, offer, self->now_us);
}

/* Both hear of the link, unless it is not wanted any more. */
static void
open_link (FrSim *self, FrSimDial *dial)
{
  FrPeerKey from_key;
  guint callee;

  if (!caller_lives (self, dial) || !find_callee (self, dial, &callee))
    return;
  from_key = _fr_sim_key (self, dial->from);
  if (_fr_sim_find_end_to (self, dial->from, callee) != NULL
      || !fr_overlay_wants_link (self->peers[callee].overlay, &from_key))
    {
      self->counters.dials_refused++;
      fail (self, dial, TRUE);
      return;
    }
  dial->is_over = TRUE;
  self->counters.dialled[dial->way]++;
  _fr_sim_link (self, dial->from, callee, dial->latency_us);
}

void
_fr_sim_dial_step (FrSim *self, const FrSimEvent *event)
{
  FrSimDial *dial = event->data;
  guint callee;

  if (!dial->is_over)
    switch ((FrSimDialStep) event->link)
      {
      case STEP_SERVER:
        try_way (self, dial, FR_SIM_BY_SERVER);
        break;
      case STEP_DOORBELL:
        try_way (self, dial, FR_SIM_BY_DOORBELL);
        break;
      case STEP_LOCATE:
        look_for (self, dial);
        break;
      case STEP_ARRIVED:
        if (dial->is_answered || !find_callee (self, dial, &callee))
          break;
        dial->is_answered = TRUE;
        push_step (self, dial, dial->way == FR_SIM_BY_SERVER ? server_trip_us (self) : dial->latency_us,
                   STEP_ANSWERED);
        break;
      case STEP_ANSWERED:
        open_soon (self, dial);
        break;
      case STEP_OPEN:
        open_link (self, dial);
        break;
      case STEP_TIMEOUT:
        fail (self, dial, FALSE);
        break;
      }
  if (event->link == STEP_TIMEOUT)
    end_looking (self, dial);
  _fr_sim_dial_drop (dial);
}
