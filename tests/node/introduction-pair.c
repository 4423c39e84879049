/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "introduction-pair.h"

#include "fr-letter.h"
#include "fr-test-support.h"

#include "rude-peer.h"

typedef struct
{
  Side *to;
  FrQueryId route;
  FrPeerKey from;
  GBytes *letter;
} Delivery;

static gboolean
deliver_cb (gpointer data)
{
  Delivery *delivery = data;

  fr_introductions_take_letter (delivery->to->introductions, &delivery->route, &delivery->from, delivery->letter);
  return G_SOURCE_REMOVE;
}

static void
delivery_free (Delivery *delivery)
{
  g_bytes_unref (delivery->letter);
  g_free (delivery);
}

static void
deliver (Side *to, const FrQueryId *route, const FrPeerKey *from, GBytes *letter)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  GSource *source = g_idle_source_new ();

  delivery->to = to;
  delivery->route = *route;
  delivery->from = *from;
  delivery->letter = g_bytes_ref (letter);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, delivery, (GDestroyNotify) delivery_free);
  g_source_attach (source, NULL);
  g_ptr_array_add (to->deliveries, source);
}

static void
drop_delivery (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static gboolean
has_route_cb (gpointer data, const FrQueryId *route, const FrPeerKey *key)
{
  Side *self = data;

  return self->has_route && fr_query_id_equal_func (&self->route, route)
         && fr_peer_key_equal (key, fr_identity_get_key (self->other->identity));
}

static guint
count_candidates (Side *to, GBytes *letter)
{
  g_autoptr (GPtrArray) signals = fr_letter_open (to->identity, letter);
  guint n = 0;

  for (guint i = 0; signals != NULL && i < signals->len; i++)
    n += ((FrSignal *) g_ptr_array_index (signals, i))->type == FR_SIGNAL_CANDIDATE;
  return n;
}

static gboolean
send_cb (gpointer data, const FrQueryId *route, const FrPeerKey *key, GBytes *letter)
{
  Side *self = data;

  if (!has_route_cb (data, route, key))
    return FALSE;
  self->n_letters++;
  self->n_candidates += count_candidates (self->other, letter);
  if (!self->loses)
    deliver (self->other, route, fr_identity_get_key (self->identity), letter);
  return TRUE;
}

static gboolean
can_locate_cb (gpointer data)
{
  return ((Side *) data)->can_locate;
}

static void
locate_cb (gpointer data, const FrPeerKey *key)
{
  Side *self = data;

  g_assert_true (fr_peer_key_equal (key, fr_identity_get_key (self->other->identity)));
  self->n_located++;
  self->has_route = self->other->has_route = TRUE;
  self->route = self->other->route = (FrQueryId) { { 7 } };
  fr_introductions_located (self->introductions, key, &self->route);
}

static const FrLetterCarrier carrier = { has_route_cb, send_cb, can_locate_cb, locate_cb };

static void
linked_cb (FrSwitchboard *board, FrLink *link, gpointer data)
{
  ((Side *) data)->link = link;
}

static void
dial_failed_cb (FrSwitchboard *board, const FrDialTarget *target, guint purpose, const GError *error, gpointer data)
{
  Side *self = data;

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->n_failed++;
}

static void
signal_cb (FrIntroductions *introductions, const FrSignal *signal, guint way, gpointer data)
{
  Side *self = data;

  if (signal->type == FR_SIGNAL_OFFER)
    self->n_offers++;
  else if (signal->type == FR_SIGNAL_ANSWER)
    self->other->n_answers++;
}

static void
side_init (Side *self, Side *other, const char *address)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };
  const FrAddressRule rule = { .loopback = TRUE };

  self->other = other;
  self->identity = fr_identity_new ();
  self->registration = fr_registration_new (self->identity);
  self->introductions = fr_introductions_new (self->identity, self->registration);
  fr_introductions_set_address (self->introductions, address);
  fr_introductions_set_address_rule (self->introductions, &rule);
  fr_introductions_set_carrier (self->introductions, &carrier, self);
  g_signal_connect (self->introductions, "signal", G_CALLBACK (signal_cb), self);
  self->board = fr_switchboard_new (self->identity, self->introductions, &config);
  fr_switchboard_set_name (self->board, address);
  g_signal_connect (self->board, "linked", G_CALLBACK (linked_cb), self);
  g_signal_connect (self->board, "dial-failed", G_CALLBACK (dial_failed_cb), self);
}

static void
side_clear (Side *self)
{
  g_object_run_dispose (G_OBJECT (self->board));
  fr_test_assert_finalizes (self->board);
  fr_test_assert_finalizes (self->introductions);
  fr_test_assert_finalizes (self->registration);
  fr_identity_unref (self->identity);
  g_clear_error (&self->error);
}

void
pair_set_up (Pair *pair, gconstpointer data)
{
  pair->anna.deliveries = g_ptr_array_new_with_free_func (drop_delivery);
  pair->ben.deliveries = g_ptr_array_new_with_free_func (drop_delivery);
  side_init (&pair->anna, &pair->ben, "anna");
  side_init (&pair->ben, &pair->anna, "ben");
}

void
pair_tear_down (Pair *pair, gconstpointer data)
{
  side_clear (&pair->anna);
  side_clear (&pair->ben);
  /* whoever goes may have had a last word to say */
  g_ptr_array_unref (pair->anna.deliveries);
  g_ptr_array_unref (pair->ben.deliveries);
  if (pair->server != NULL)
    fr_peer_server_stop (pair->server);
  g_clear_object (&pair->server);
  g_free (pair->address);
}

gboolean
pair_is_online (gpointer registration)
{
  return fr_registration_is_online (registration);
}

void
pair_go_online (Pair *pair, Side *side, const char *address)
{
  if (pair->server == NULL)
    pair->server = rude_server_new (0, &pair->address);
  g_assert_true (fr_registration_connect (side->registration, pair->address, address, NULL));
  fr_test_wait_until (pair_is_online, side->registration, 10);
}

void
pair_make_route (Pair *pair)
{
  pair->anna.route = pair->ben.route = (FrQueryId) { { 1, 2, 3 } };
  pair->anna.has_route = pair->ben.has_route = TRUE;
}

FrDialTarget
pair_get_target (Side *side, const char *address)
{
  return (FrDialTarget) { .address = (char *) address,
                          .key = *fr_identity_get_key (side->identity),
                          .route = side->route,
                          .key_expected = TRUE,
                          .has_route = side->has_route };
}
