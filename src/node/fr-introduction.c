/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-introductions-private.h"

#include <sodium.h>

#include "fr-letter.h"
#include "fr-node-error.h"
#include "fr-peerserver-client.h"

/* The less usual it is, the more it tells. */
static guint
weight (guint code)
{
  static const FrNodeError light[]
      = { FR_NODE_ERROR_NO_SERVER, FR_NODE_ERROR_OTHER_SERVER, FR_NODE_ERROR_NO_ANSWER, FR_NODE_ERROR_NOT_THERE };

  for (guint i = 0; i < G_N_ELEMENTS (light); i++)
    if (code == (guint) light[i])
      return i;
  return G_N_ELEMENTS (light);
}

static void
set_code (FrIntroduction *self, guint code)
{
  if (self->has_code && weight (self->code) > weight (code))
    return;
  self->code = code;
  self->has_code = TRUE;
}

static gboolean
is_alive (FrIntroduction *self, FrWay way)
{
  return self->states[way] == FR_WAY_OPENING || self->states[way] == FR_WAY_USED
         || self->states[way] == FR_WAY_WAITING;
}

/* Visits: a client at somebody else's server, for one dial. */

static void
end_visit (FrIntroduction *self, FrWay way)
{
  FrIntroductions *all = self->all;
  GHashTableIter iter;
  gpointer other;

  if (self->visits[way] == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->visits[way], self);
  fr_rendezvous_disconnect (self->visits[way]);
  g_clear_object (&self->visits[way]);
  all->n_visits--;
  g_hash_table_iter_init (&iter, all->dials);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    fr_introduction_wake (other);
}

/* The client is still in its own call: what follows from its state is done from outside of that. */
static void
visit_state_cb (FrRendezvous *visit, GParamSpec *pspec, gpointer data)
{
  fr_introduction_wake (data);
}

static void
visit_signal_cb (FrRendezvous *visit, const FrSignal *signal, gpointer data)
{
  FrIntroduction *self = data;

  fr_introductions_take (self->all, signal, visit == self->visits[FR_WAY_SERVER] ? FR_WAY_SERVER : FR_WAY_DOORBELL,
                         self);
}

static gboolean
guard_cb (GInetAddress *address, gpointer data)
{
  return fr_address_rule_allows_address (data, address);
}

static gboolean
is_stranger (FrIntroduction *self)
{
  return !self->target.key_expected || !g_hash_table_contains (self->all->added, &self->target.key);
}

static void
begin_visit (FrIntroduction *self, FrWay way, const char *server)
{
  FrIntroductions *all = self->all;
  g_autoptr (FrServerAddress) parsed = fr_server_address_parse (server, NULL);
  const char *own_address = fr_introductions_get_address (all);
  g_autofree char *canonical = NULL, *token = NULL;
  FrPeerserverClient *client;

  if (parsed == NULL || own_address == NULL
      || (is_stranger (self) && !fr_address_rule_allows_server (&all->rule, parsed)))
    {
      fr_introduction_fail_way (self, way, FR_NODE_ERROR_NO_SERVER);
      return;
    }
  if (all->n_visits >= FR_INTRODUCTIONS_MAX_VISITS)
    {
      self->states[way] = FR_WAY_WAITING;
      return;
    }
  canonical = fr_server_address_to_string (parsed);
  token = fr_identity_make_token (all->identity, canonical, own_address);
  all->n_visits++;
  self->states[way] = FR_WAY_OPENING;
  client = fr_peerserver_client_new (parsed, own_address, token);
  if (is_stranger (self))
    fr_peerserver_client_set_guard (client, guard_cb, g_memdup2 (&all->rule, sizeof all->rule), g_free);
  self->visits[way] = FR_RENDEZVOUS (client);
  g_signal_connect (self->visits[way], "notify::state", G_CALLBACK (visit_state_cb), self);
  g_signal_connect (self->visits[way], "signal", G_CALLBACK (visit_signal_cb), self);
  fr_rendezvous_connect (self->visits[way]);
}

/* Letters */

static gboolean
has_route (FrIntroduction *self)
{
  FrIntroductions *all = self->all;

  return self->target.key_expected && all->carrier.has_route != NULL
         && all->carrier.has_route (all->carrier_data, &self->target.route, &self->target.key);
}

/* Sends what waits, in letters of as much as fits. */
void
fr_introduction_post (FrIntroduction *self)
{
  FrIntroductions *all = self->all;
  g_autoptr (GPtrArray) signals = g_steal_pointer (&self->unposted);
  g_autoptr (GBytes) letter = NULL;

  self->unposted = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  self->post_us = 0;
  if (signals->len == 0)
    return;
  if (signals->len > FR_LETTER_MAX_SIGNALS)
    g_ptr_array_set_size (signals, FR_LETTER_MAX_SIGNALS);
  letter = fr_letter_seal (&self->target.key, signals);
  while (letter == NULL && signals->len > 1)
    {
      g_ptr_array_set_size (signals, (int) signals->len / 2); /* fewer candidates are better than none */
      letter = fr_letter_seal (&self->target.key, signals);
    }
  if (letter == NULL || self->n_letters >= FR_INTRODUCTIONS_MAX_LETTERS)
    return;
  self->n_letters++;
  if (!all->carrier.send (all->carrier_data, &self->target.route, &self->target.key, letter) && self->outgoing
      && self->way == FR_WAY_NONE)
    fr_introduction_fail_way (self, FR_WAY_OVERLAY, FR_NODE_ERROR_NO_ANSWER);
}

/* Ways */

static void
send_by (FrIntroduction *self, FrWay way, const FrSignal *signal)
{
  FrIntroductions *all = self->all;

  if (way == FR_WAY_OVERLAY)
    {
      gint64 due_us = g_get_monotonic_time ();

      if (signal->type == FR_SIGNAL_CANDIDATE)
        due_us += FR_INTRODUCTIONS_GATHER_US << self->n_letters;
      g_ptr_array_add (self->unposted, fr_signal_copy (signal));
      self->post_us = self->post_us != 0 ? MIN (self->post_us, due_us) : due_us;
      fr_introduction_wake (self);
    }
  else if (self->visits[way] != NULL)
    fr_rendezvous_send (self->visits[way], signal, NULL);
  else if (way == FR_WAY_SERVER)
    fr_registration_send (all->registration, signal);
  else if (way == FR_WAY_DOORBELL && all->doorbell != NULL)
    fr_registration_send (all->doorbell, signal);
}

/* A way that is open: it gets what has been said so far. */
void
fr_introduction_use_way (FrIntroduction *self, FrWay way)
{
  self->states[way] = FR_WAY_USED;
  for (guint i = 0; i < self->said->len; i++)
    send_by (self, way, g_ptr_array_index (self->said, i));
}

static void
check_visit (FrIntroduction *self, FrWay way)
{
  switch (fr_rendezvous_get_state (self->visits[way]))
    {
    case FR_RENDEZVOUS_ONLINE:
      if (self->states[way] == FR_WAY_OPENING)
        fr_introduction_use_way (self, way);
      break;
    case FR_RENDEZVOUS_WAITING:
    case FR_RENDEZVOUS_FAILED:
    case FR_RENDEZVOUS_OFFLINE:
      fr_introduction_fail_way (self, way, FR_NODE_ERROR_NO_SERVER);
      break;
    case FR_RENDEZVOUS_CONNECTING:
    default:
      break;
    }
}

static gboolean
is_our_server (FrIntroduction *self)
{
  return self->target.server == NULL || *self->target.server == '\0'
         || g_strcmp0 (self->target.server, fr_registration_get_server (self->all->registration)) == 0;
}

static void
try_server (FrIntroduction *self)
{
  if (self->target.address == NULL || *self->target.address == '\0')
    self->states[FR_WAY_SERVER] = FR_WAY_FAILED;
  else if (!is_our_server (self))
    begin_visit (self, FR_WAY_SERVER, self->target.server);
  else if (fr_registration_is_online (self->all->registration))
    fr_introduction_use_way (self, FR_WAY_SERVER);
  else
    fr_introduction_fail_way (self, FR_WAY_SERVER, FR_NODE_ERROR_NO_SERVER);
}

static void
try_overlay (FrIntroduction *self, gint64 now_us)
{
  self->overlay_us = now_us + FR_INTRODUCTIONS_OVERLAY_TIME_US;
  fr_introduction_use_way (self, FR_WAY_OVERLAY);
}

static gboolean
may_locate (FrIntroduction *self)
{
  FrIntroductions *all = self->all;

  return !self->located && self->target.key_expected && all->carrier.locate != NULL
         && all->carrier.can_locate (all->carrier_data);
}

static void
try_locate (FrIntroduction *self, gint64 now_us)
{
  FrIntroductions *all = self->all;

  if (!may_locate (self))
    return;
  self->located = TRUE;
  self->states[FR_WAY_OVERLAY] = FR_WAY_WAITING;
  self->overlay_us = now_us + FR_INTRODUCTIONS_OVERLAY_TIME_US;
  all->carrier.locate (all->carrier_data, &self->target.key);
}

static gboolean
has_doorbell (FrIntroduction *self)
{
  return self->target.doorbell != NULL && *self->target.doorbell != '\0' && self->target.address != NULL
         && *self->target.address != '\0';
}

/* Opens the ways whose time has come; returns when to look again. */
static gint64
try_ways (FrIntroduction *self, gint64 now_us)
{
  FrWayState *states = self->states;
  gint64 next_us = G_MAXINT64;

  for (FrWay way = FR_WAY_SERVER; way <= FR_WAY_DOORBELL; way++)
    if (self->visits[way] != NULL)
      check_visit (self, way);
  if (states[FR_WAY_OVERLAY] == FR_WAY_UNTRIED && has_route (self))
    try_overlay (self, now_us);
  if (is_alive (self, FR_WAY_OVERLAY) && now_us >= self->overlay_us)
    fr_introduction_fail_way (self, FR_WAY_OVERLAY, FR_NODE_ERROR_NO_ANSWER);
  if (states[FR_WAY_SERVER] == FR_WAY_WAITING
      || (states[FR_WAY_SERVER] == FR_WAY_UNTRIED
          && (states[FR_WAY_OVERLAY] != FR_WAY_USED
              || now_us >= self->began_us + FR_INTRODUCTIONS_SERVER_DELAY_US)))
    try_server (self);
  if (((!is_alive (self, FR_WAY_SERVER) && states[FR_WAY_SERVER] != FR_WAY_UNTRIED)
       || now_us >= self->began_us + FR_INTRODUCTIONS_DOORBELL_DELAY_US)
      && states[FR_WAY_OVERLAY] != FR_WAY_USED && states[FR_WAY_OVERLAY] != FR_WAY_WAITING)
    try_locate (self, now_us);
  if (states[FR_WAY_DOORBELL] == FR_WAY_WAITING
      || (states[FR_WAY_DOORBELL] == FR_WAY_UNTRIED && has_doorbell (self)
          && ((states[FR_WAY_OVERLAY] != FR_WAY_USED && states[FR_WAY_SERVER] == FR_WAY_FAILED)
              || now_us >= self->began_us + FR_INTRODUCTIONS_DOORBELL_DELAY_US)))
    begin_visit (self, FR_WAY_DOORBELL, self->target.doorbell);

  if (is_alive (self, FR_WAY_OVERLAY))
    next_us = MIN (next_us, self->overlay_us);
  else if (states[FR_WAY_OVERLAY] == FR_WAY_UNTRIED && has_route (self))
    next_us = now_us; /* found just now */
  if (states[FR_WAY_SERVER] == FR_WAY_UNTRIED)
    next_us = MIN (next_us, self->began_us + FR_INTRODUCTIONS_SERVER_DELAY_US);
  if (may_locate (self) && now_us < self->began_us + FR_INTRODUCTIONS_DOORBELL_DELAY_US)
    next_us = MIN (next_us, self->began_us + FR_INTRODUCTIONS_DOORBELL_DELAY_US);
  if (states[FR_WAY_DOORBELL] == FR_WAY_UNTRIED && has_doorbell (self))
    next_us = MIN (next_us, self->began_us + FR_INTRODUCTIONS_DOORBELL_DELAY_US);
  return next_us;
}

static gboolean
timer_cb (gpointer data)
{
  FrIntroduction *self = data;
  gint64 next_us = G_MAXINT64, now_us = g_get_monotonic_time ();

  g_source_set_ready_time (self->timer, -1);
  if (self->outgoing && self->way == FR_WAY_NONE && self->began_us != 0)
    {
      next_us = try_ways (self, now_us);
      if (next_us == G_MAXINT64 && !is_alive (self, FR_WAY_SERVER) && !is_alive (self, FR_WAY_DOORBELL))
        {
          fr_introductions_report_failed (self->all, self); /* which ends this one */
          return G_SOURCE_CONTINUE;
        }
    }
  if (self->post_us != 0 && self->post_us <= now_us)
    fr_introduction_post (self);
  if (self->post_us != 0)
    next_us = MIN (next_us, self->post_us);
  if (g_source_get_ready_time (self->timer) == -1 && next_us != G_MAXINT64)
    g_source_set_ready_time (self->timer, next_us);
  return G_SOURCE_CONTINUE;
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

/* A dial with nothing said yet. */
FrIntroduction *
fr_introduction_new (FrIntroductions *all, const char *connection_id, const FrDialTarget *target)
{
  FrIntroduction *self = g_new0 (FrIntroduction, 1);

  self->all = all;
  self->connection_id = g_strdup (connection_id);
  fr_dial_target_copy (target, &self->target);
  if (!target->has_route) /* none is needed to somebody who is a neighbour already */
    randombytes_buf (&self->target.route, sizeof self->target.route);
  self->said = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  self->unposted = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

void
fr_introduction_free (FrIntroduction *self)
{
  g_source_destroy (self->timer);
  end_visit (self, FR_WAY_SERVER);
  end_visit (self, FR_WAY_DOORBELL);
  g_source_unref (self->timer);
  g_ptr_array_unref (self->said);
  g_ptr_array_unref (self->unposted);
  fr_dial_target_clear (&self->target);
  g_free (self->connection_id);
  g_free (self);
}

/* Looks soon, from the main loop, what there is to do. */
void
fr_introduction_wake (FrIntroduction *self)
{
  if (!g_source_is_destroyed (self->timer))
    g_source_set_ready_time (self->timer, 0);
}

/* What we say in this dial. */
void
fr_introduction_say (FrIntroduction *self, const FrSignal *signal)
{
  if (self->way != FR_WAY_NONE)
    {
      send_by (self, self->way, signal);
      return;
    }
  g_ptr_array_add (self->said, fr_signal_copy (signal));
  for (FrWay way = FR_WAY_OVERLAY; way < FR_N_WAYS; way++)
    if (self->states[way] == FR_WAY_USED)
      send_by (self, way, signal);
  if (self->began_us == 0)
    self->began_us = g_get_monotonic_time ();
  fr_introduction_wake (self);
}

/* An answer has been taken: from now on there is one way. */
void
fr_introduction_settle (FrIntroduction *self, FrWay way)
{
  self->way = way;
  if (way != FR_WAY_SERVER)
    end_visit (self, FR_WAY_SERVER);
  if (way != FR_WAY_DOORBELL)
    end_visit (self, FR_WAY_DOORBELL);
}

/* A way that leads nowhere; others may still do. */
void
fr_introduction_fail_way (FrIntroduction *self, FrWay way, guint code)
{
  set_code (self, code);
  self->states[way] = FR_WAY_FAILED;
  end_visit (self, way);
  fr_introduction_wake (self);
}
