/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-proof.h"
#include "fr-introductions-private.h"
#include "fr-node-error.h"
#include "fr-test-support.h"

#include "switchboard-desk.h"
#include "tests.h"

/* Visits to servers that are not ours; and copies of an offer that come by several of them. */

#define N_PLACES (FR_INTRODUCTIONS_MAX_VISITS + 1)

/* Somebody who dials people at other servers; these take a connection and say nothing. */
typedef struct
{
  FrIdentity *identity;
  FrRegistration *registration;
  FrIntroductions *introductions;
  GSocketService *places[N_PLACES];
  char *addresses[N_PLACES];
  guint n_came[N_PLACES];
  guint n_failed;
  guint code;
} Visitor;

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  (*(guint *) data)++;
  g_object_set_data_full (G_OBJECT (service), "guest", g_object_ref (connection), g_object_unref);
  return FALSE;
}

static void
failed_cb (FrIntroductions *introductions, const char *connection_id, guint code, gpointer data)
{
  Visitor *visitor = data;

  visitor->n_failed++;
  visitor->code = code;
  fr_introductions_end (introductions, connection_id);
}

static void
set_up (Visitor *visitor, gconstpointer data)
{
  const FrAddressRule rule = { .loopback = TRUE };

  visitor->identity = fr_identity_new ();
  visitor->registration = fr_registration_new (visitor->identity);
  visitor->introductions = fr_introductions_new (visitor->identity, visitor->registration);
  fr_introductions_set_address (visitor->introductions, US);
  fr_introductions_set_address_rule (visitor->introductions, &rule);
  g_signal_connect (visitor->introductions, "failed", G_CALLBACK (failed_cb), visitor);
  for (guint i = 0; i < N_PLACES; i++)
    {
      visitor->places[i] = g_socket_service_new ();
      visitor->addresses[i]
          = g_strdup_printf ("ws://127.0.0.1:%u/", g_socket_listener_add_any_inet_port (
                                                       G_SOCKET_LISTENER (visitor->places[i]), NULL, NULL));
      g_signal_connect (visitor->places[i], "incoming", G_CALLBACK (incoming_cb), &visitor->n_came[i]);
    }
}

static void
tear_down (Visitor *visitor, gconstpointer data)
{
  g_object_run_dispose (G_OBJECT (visitor->introductions));
  fr_test_assert_finalizes (visitor->introductions);
  fr_test_assert_finalizes (visitor->registration);
  fr_identity_unref (visitor->identity);
  for (guint i = 0; i < N_PLACES; i++)
    {
      g_socket_service_stop (visitor->places[i]);
      g_socket_listener_close (G_SOCKET_LISTENER (visitor->places[i]));
      g_object_unref (visitor->places[i]);
      g_free (visitor->addresses[i]);
    }
}

/* Begins a dial that knows no other way than this server, or doorbell. */
static void
visit (Visitor *visitor, const char *id, const char *server, const char *doorbell, const FrPeerKey *key)
{
  FrDialTarget target = { .address = (char *) "somebody", .server = (char *) server, .doorbell = (char *) doorbell };
  g_autoptr (FrSignal) offer = fr_signal_new (FR_SIGNAL_OFFER);

  if (key != NULL)
    {
      target.key_expected = TRUE;
      target.key = *key;
    }
  offer->connection_id = g_strdup (id);
  offer->src = g_strdup (US);
  offer->dst = g_strdup ("somebody");
  fr_introductions_begin (visitor->introductions, id, &target);
  fr_introductions_send (visitor->introductions, offer);
}

static gboolean
two_came (gpointer data)
{
  Visitor *visitor = data;

  return visitor->n_came[0] == 1 && visitor->n_came[1] == 1;
}

static gboolean
second_came (gpointer data)
{
  return ((Visitor *) data)->n_came[1] == 1;
}

static gboolean
third_came (gpointer data)
{
  return ((Visitor *) data)->n_came[2] == 1;
}

static gboolean
has_failed (gpointer data)
{
  return ((Visitor *) data)->n_failed > 0;
}

/* Only so many servers are visited at once; the next one waits until a dial has ended. */
static void
test_limit (Visitor *visitor, gconstpointer data)
{
  static const char *const ids[N_PLACES] = { "first", "second", "third" };

  for (guint i = 0; i < N_PLACES; i++)
    visit (visitor, ids[i], visitor->addresses[i], NULL, NULL);
  fr_test_wait_until (two_came, visitor, 5);
  g_assert_cmpuint (visitor->introductions->n_visits, ==, FR_INTRODUCTIONS_MAX_VISITS);
  g_assert_false (fr_test_wait_for (third_came, visitor, 0.2));
  g_assert_cmpuint (visitor->n_failed, ==, 0);
  fr_introductions_end (visitor->introductions, ids[0]);
  fr_test_wait_until (third_came, visitor, 5);
  g_assert_cmpuint (visitor->introductions->n_visits, ==, FR_INTRODUCTIONS_MAX_VISITS);
  fr_introductions_end (visitor->introductions, ids[1]);
  fr_introductions_end (visitor->introductions, ids[2]);
  g_assert_cmpuint (visitor->introductions->n_visits, ==, 0);
}

/* Whose record sends us where nobody should go is not reached, and nobody comes to that door. */
static void
test_not_there (Visitor *visitor, gconstpointer data)
{
  gboolean is_doorbell = GPOINTER_TO_INT (data);
  const FrAddressRule strict = { 0 };
  g_autoptr (FrIdentity) stranger = fr_identity_new ();
  const FrPeerKey *key = fr_identity_get_key (stranger);

  fr_introductions_set_address_rule (visitor->introductions, &strict);
  visit (visitor, "first", is_doorbell ? NULL : visitor->addresses[0], is_doorbell ? visitor->addresses[0] : NULL, key);
  fr_test_wait_until (has_failed, visitor, 5);
  g_assert_cmpuint (visitor->code, ==, FR_NODE_ERROR_NO_SERVER);
  /* whoever the person has added is no stranger */
  fr_introductions_set_added (visitor->introductions, key, TRUE);
  visit (visitor, "second", is_doorbell ? NULL : visitor->addresses[1], is_doorbell ? visitor->addresses[1] : NULL, key);
  fr_test_wait_until (second_came, visitor, 5);
  fr_introductions_end (visitor->introductions, "second");
  fr_introductions_set_added (visitor->introductions, key, FALSE);
  visit (visitor, "third", is_doorbell ? NULL : visitor->addresses[2], is_doorbell ? visitor->addresses[2] : NULL, key);
  visitor->n_failed = 0;
  fr_test_wait_until (has_failed, visitor, 5);
  g_assert_cmpuint (visitor->n_came[0] + visitor->n_came[2], ==, 0);
}

/* Copies of one offer */

/* Waits until all that was sent to the doorbell has been dealt with. */
static void
settle (Desk *desk, RudePeer *rude, guint n_leaves_before)
{
  g_autoptr (FrSignal) offer = rude_peer_make_offer (rude, rude->identity, US, desk->sdp);

  offer->has_note = FALSE;
  rude_peer_send (rude, offer, US);
  g_assert_cmpstr (rude_peer_await (rude, FR_SIGNAL_LEAVE, n_leaves_before)->connection_id, ==, offer->connection_id);
}

static guint
count (RudePeer *rude, FrSignalType type)
{
  guint n = 0;

  for (guint i = 0; i < rude->signals->len; i++)
    n += ((FrSignal *) g_ptr_array_index (rude->signals, i))->type == type;
  return n;
}

/* The same offer comes through the server, and then through another one: there is one dial, and one answer, which goes
 * both ways. One of the same name that was not signed with the same words is none. When the dial is over, a copy begins
 * no other. */
static void
test_another_server (Desk *desk, gconstpointer data)
{
  g_autoptr (FrRegistration) doorbell = fr_registration_new (desk->identity);
  g_autoptr (FrSignal) leave = fr_signal_new (FR_SIGNAL_LEAVE), offer = desk_make_offer (desk, desk->rude);
  g_autoptr (FrSignal) other = fr_signal_copy (offer);
  g_autofree char *address = NULL;
  FrPeerServer *server = rude_server_new (0, &address);
  g_autoptr (RudePeer) there = NULL;
  const FrSignal *answer, *copy;

  g_assert_true (fr_registration_connect (doorbell, address, US, NULL));
  fr_test_wait_until (desk_is_online, doorbell, 5);
  fr_introductions_set_doorbell (desk->introductions, doorbell);
  there = rude_peer_new (address, RUDE);

  rude_peer_send (desk->rude, offer, US);
  answer = rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, 0);
  desk->n_sessions++;
  other->note.dial_id[0] ^= 1;
  fr_dial_proof_sign (other, desk->rude->identity); /* the connection id is the same */
  rude_peer_send (there, other, US);
  settle (desk, there, 0);
  g_assert_cmpuint (count (there, FR_SIGNAL_ANSWER), ==, 0);
  rude_peer_send (there, offer, US);
  copy = rude_peer_await (there, FR_SIGNAL_ANSWER, 0);
  g_assert_cmpstr (copy->sdp, ==, answer->sdp);
  g_assert_cmpmem (copy->note.signature, sizeof copy->note.signature, answer->note.signature,
                   sizeof answer->note.signature);
  rude_peer_send (there, offer, US);
  settle (desk, there, 1);
  g_assert_cmpuint (count (there, FR_SIGNAL_ANSWER), ==, 1);
  g_assert_cmpuint (count (desk->rude, FR_SIGNAL_ANSWER), ==, 1);

  leave->connection_id = g_strdup (offer->connection_id);
  rude_peer_send (desk->rude, leave, US);
  desk_settle (desk, count (desk->rude, FR_SIGNAL_LEAVE));
  rude_peer_send (there, offer, US);
  settle (desk, there, 2);
  g_assert_cmpuint (count (there, FR_SIGNAL_ANSWER), ==, 1);
  fr_introductions_set_doorbell (desk->introductions, NULL);
  fr_peer_server_stop (server);
  g_object_unref (server);
}

void
test_visits_add (void)
{
  g_test_add ("/node/visits/limit", Visitor, NULL, set_up, test_limit, tear_down);
  g_test_add ("/node/visits/server-not-there", Visitor, GINT_TO_POINTER (FALSE), set_up, test_not_there, tear_down);
  g_test_add ("/node/visits/doorbell-not-there", Visitor, GINT_TO_POINTER (TRUE), set_up, test_not_there, tear_down);
  desk_add_test ("/node/visits/another-server", test_another_server, NULL);
}
