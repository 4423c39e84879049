/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-sim-private.h"

/* Engines are asked for their next deadline this often at most: asking takes as long as a message does, and a driver's
 * timers on a busy machine are not much more exact either. */
#define FLUSH_US (20 * 1000)

/* Events: the far one's place is fetched, then, when it is nearer, what that points to. */
#define FETCH_FAR 6
#define FETCH_NEAR 3

void
_fr_sim_push (FrSim *self, gint64 after_us, FrSimEventType type, guint peer, guint link, gpointer data)
{
  FrSimEvent event = { .at_us = self->now_us + MAX (0, after_us), .type = type, .peer = peer, .link = link,
                       .data = data };

  fr_sim_queue_push (self->queue, &event);
}

static void
do_action (FrSim *self, guint peer, const FrOverlayAction *action)
{
  switch (action->type)
    {
    case FR_OVERLAY_SEND:
      _fr_sim_send (self, peer, action->link, action->frame);
      break;
    case FR_OVERLAY_VERIFY: /* signatures are not what is simulated: all are good */
      fr_overlay_verified (self->peers[peer].overlay, &action->query, TRUE, self->now_us);
      break;
    case FR_OVERLAY_DELIVER_QUERY:
      _fr_sim_be_asked (self, peer, action);
      break;
    case FR_OVERLAY_DELIVER_HITS:
      fr_overlay_hits_verified (self->peers[peer].overlay, action, action->n_items);
      _fr_sim_be_answered (self, peer, action);
      break;
    case FR_OVERLAY_CLOSE:
      self->counters.closed[MIN (action->reason, G_N_ELEMENTS (self->counters.closed) - 1)]++;
      _fr_sim_close (self, peer, action->link);
      break;
    case FR_OVERLAY_DIAL:
      _fr_sim_dial (self, peer, action);
      break;
    case FR_OVERLAY_DELIVER_SIGNAL:
      _fr_sim_dial_signal (self, peer, action);
      break;
    case FR_OVERLAY_DELIVER_PREVIEW:
    case FR_OVERLAY_XRAY:
      break;
    }
}

/* Does what an engine wants done, after each call of it. */
void
_fr_sim_drain (FrSim *self, guint peer)
{
  FrSimPeer *it = &self->peers[peer];
  FrOverlayAction action;

  while (it->overlay != NULL && fr_overlay_next_action (it->overlay, &action))
    {
      do_action (self, peer, &action);
      fr_overlay_action_clear (&action);
    }
  if (!it->is_dirty && it->overlay != NULL)
    {
      it->is_dirty = TRUE;
      g_array_append_val (self->dirty, peer);
    }
}

static void
flush (FrSim *self)
{
  for (guint i = 0; i < self->dirty->len; i++)
    {
      guint peer = g_array_index (self->dirty, guint32, i);
      FrSimPeer *it = &self->peers[peer];
      gint64 deadline_us;

      it->is_dirty = FALSE;
      if (it->overlay == NULL)
        continue;
      deadline_us = fr_overlay_next_deadline (it->overlay);
      if (deadline_us >= it->tick_at_us)
        continue;
      it->tick_at_us = MAX (deadline_us, self->now_us);
      _fr_sim_push (self, it->tick_at_us - self->now_us, FR_SIM_EVENT_TICK, peer, 0, NULL);
    }
  g_array_set_size (self->dirty, 0);
  self->flushed_us = self->now_us;
}

/* Only the earliest tick of a peer counts: the others were pushed before that one was known. */
static void
tick (FrSim *self, const FrSimEvent *event)
{
  FrSimPeer *peer = &self->peers[event->peer];

  if (peer->overlay == NULL || peer->tick_at_us != event->at_us)
    return;
  peer->tick_at_us = G_MAXINT64;
  fr_overlay_tick (peer->overlay, self->now_us);
  _fr_sim_drain (self, event->peer);
}

static void
do_event (FrSim *self, const FrSimEvent *event)
{
  switch ((FrSimEventType) event->type)
    {
    case FR_SIM_EVENT_MESSAGE:
      _fr_sim_deliver (self, event);
      break;
    case FR_SIM_EVENT_TICK:
      tick (self, event);
      break;
    case FR_SIM_EVENT_BYE:
      _fr_sim_receive_bye (self, event);
      break;
    case FR_SIM_EVENT_DIAL:
      _fr_sim_dial_step (self, event);
      break;
    case FR_SIM_EVENT_GREED:
      _fr_sim_be_greedy (self, event);
      break;
    case FR_SIM_EVENT_DEATH:
      _fr_sim_die (self, event);
      break;
    case FR_SIM_EVENT_BIRTH:
      _fr_sim_be_born (self, event->peer);
      break;
    }
}

/* Each event is another peer's, whose memory has mostly left the processor's cache since it was last used: it is asked
 * for while those before it are dealt with. */
static void
fetch_ahead (FrSim *self)
{
  const FrSimEvent *far = fr_sim_queue_peek (self->queue, FETCH_FAR), *near = fr_sim_queue_peek (self->queue, FETCH_NEAR);

  if (far != NULL)
    __builtin_prefetch (&self->peers[far->peer]);
  if (near == NULL)
    return;
  __builtin_prefetch (near->data);
  __builtin_prefetch (self->peers[near->peer].ends);
  __builtin_prefetch (self->peers[near->peer].overlay);
}

/**
 * fr_sim_config_init_default:
 * @config: (out caller-allocates): a thousand peers in a random graph, with the engine's own numbers
 */
void
fr_sim_config_init_default (FrSimConfig *config)
{
  *config = (FrSimConfig){
    .n_peers = 1000,
    .seed = 1,
    .topology = FR_SIM_RANDOM,
    .degree = 6,
    .latency = { FR_SIM_LATENCY_LOGNORMAL, 40, 0.5 },
    .server = TRUE,
    .n_titles = 4096,
    .n_pictures = 5,
  };
  fr_overlay_config_init_default (&config->engine);
}

/**
 * fr_sim_new:
 * @config: what the network is like
 *
 * Returns: (transfer full): peers that live and have galleries, without links; fr_sim_build() makes those
 */
FrSim *
fr_sim_new (const FrSimConfig *config)
{
  FrSim *self;

  g_return_val_if_fail (config != NULL, NULL);
  g_return_val_if_fail (config->n_peers > 0, NULL);

  self = g_new0 (FrSim, 1);
  self->config = *config;
  self->rand = g_rand_new_with_seed (config->seed);
  self->queue = fr_sim_queue_new ();
  self->titles = fr_sim_titles_new (config->n_titles, self->rand);
  self->peers = g_new0 (FrSimPeer, config->n_peers);
  self->dirty = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->searches = g_ptr_array_new_with_free_func ((GDestroyNotify) _fr_sim_search_free);
  self->by_id = g_hash_table_new (fr_query_id_hash, fr_query_id_equal_func);
  self->dials = g_hash_table_new (NULL, NULL);
  self->locates = g_hash_table_new (fr_query_id_hash, fr_query_id_equal_func);
  for (guint i = 0; i < config->n_peers; i++)
    {
      FrSimPeer *peer = &self->peers[i];

      peer->has_doorbell = g_rand_double (self->rand) < config->doorbells;
      for (guint j = 0; j < config->n_pictures && config->n_titles > 0; j++)
        fr_sim_give (self, i, (guint) g_rand_int_range (self->rand, 0, (gint32) config->n_titles));
      _fr_sim_begin_peer (self, i);
    }
  return self;
}

/**
 * fr_sim_free:
 * @self: (nullable) (transfer full): a network
 */
void
fr_sim_free (FrSim *self)
{
  FrSimEvent event;

  if (self == NULL)
    return;
  while (fr_sim_queue_pop (self->queue, G_MAXINT64 / 2, &event))
    if (event.type == FR_SIM_EVENT_MESSAGE)
      fr_sim_message_unref (event.data);
    else if (event.type == FR_SIM_EVENT_DIAL)
      _fr_sim_dial_drop (event.data);
  for (guint i = 0; i < self->config.n_peers; i++)
    {
      fr_overlay_free (self->peers[i].overlay);
      g_free (self->peers[i].ends);
      g_free (self->peers[i].pictures);
    }
  g_hash_table_unref (self->dials);
  g_hash_table_unref (self->locates);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->searches);
  fr_sim_message_unref (self->last);
  g_array_unref (self->dirty);
  g_free (self->peers);
  fr_sim_titles_free (self->titles);
  fr_sim_queue_free (self->queue);
  g_rand_free (self->rand);
  g_free (self);
}

/**
 * fr_sim_run_for:
 * @self: a network
 * @duration_us: for how long, in its own time
 *
 * Lets happen what happens until then.
 */
void
fr_sim_run_for (FrSim *self, gint64 duration_us)
{
  gint64 until_us = self->now_us + duration_us;
  FrSimEvent event;

  for (;;)
    {
      if (self->dirty->len > 0 && self->now_us - self->flushed_us >= FLUSH_US)
        flush (self);
      if (fr_sim_queue_pop (self->queue, until_us, &event))
        {
          self->now_us = event.at_us;
          fetch_ahead (self);
          do_event (self, &event);
        }
      else if (self->dirty->len > 0)
        flush (self);
      else
        break;
    }
  self->now_us = until_us;
}

/**
 * fr_sim_get_config:
 * @self: a network
 *
 * Returns: (transfer none): what it was made by
 */
const FrSimConfig *
fr_sim_get_config (const FrSim *self)
{
  return &self->config;
}

/**
 * fr_sim_get_now:
 * @self: a network
 *
 * Returns: its time in microseconds
 */
gint64
fr_sim_get_now (const FrSim *self)
{
  return self->now_us;
}

/**
 * fr_sim_get_counters:
 * @self: a network
 *
 * Returns: (transfer none): what has happened so far
 */
const FrSimCounters *
fr_sim_get_counters (const FrSim *self)
{
  return &self->counters;
}

/**
 * fr_sim_get_titles:
 * @self: a network
 *
 * Returns: (transfer none): what pictures are called in it
 */
FrSimTitles *
fr_sim_get_titles (FrSim *self)
{
  return self->titles;
}

/**
 * fr_sim_get_rand:
 * @self: a network
 *
 * Returns: (transfer none): where its chance comes from
 */
GRand *
fr_sim_get_rand (FrSim *self)
{
  return self->rand;
}
