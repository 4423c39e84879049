/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-introductions.h"

#include <string.h>

#include "fr-dial-proof.h"
#include "fr-letter.h"
#include "fr-node-error.h"
#include "fr-switchboard.h"
#include "fr-test-support.h"

#include "rude-peer.h"
#include "tests.h"

/* Two switchboards that have links to nobody, and letters that go from one to the other; and a server, perhaps. */
typedef struct _Side Side;

struct _Side
{
  Side *other;
  FrIdentity *identity;
  FrRegistration *registration;
  FrIntroductions *introductions;
  FrSwitchboard *board;
  FrQueryId route;     /* that leads to the other one; the test may make another */
  gboolean has_route;
  gboolean loses;      /* what it sends */
  GPtrArray *deliveries; /* of GSource: what is on its way here */
  gboolean can_locate;
  guint n_letters;     /* that it has sent */
  guint n_candidates;  /* in these */
  guint n_located;     /* how often it has looked for somebody */
  guint n_answers;     /* that it has sent, by whatever way */
  guint n_offers;      /* that came, by whatever way */
  guint n_failed;
  FrLink *link;
  GError *error;
};

typedef struct
{
  FrPeerServer *server;
  char *address;
  Side anna, ben;
} Pair;

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

static void
set_up (Pair *pair, gconstpointer data)
{
  pair->anna.deliveries = g_ptr_array_new_with_free_func (drop_delivery);
  pair->ben.deliveries = g_ptr_array_new_with_free_func (drop_delivery);
  side_init (&pair->anna, &pair->ben, "anna");
  side_init (&pair->ben, &pair->anna, "ben");
}

static void
tear_down (Pair *pair, gconstpointer data)
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

static gboolean
is_online (gpointer data)
{
  return fr_registration_is_online (data);
}

static void
go_online (Pair *pair, Side *side, const char *address)
{
  if (pair->server == NULL)
    pair->server = rude_server_new (0, &pair->address);
  g_assert_true (fr_registration_connect (side->registration, pair->address, address, NULL));
  fr_test_wait_until (is_online, side->registration, 10);
}

static void
make_route (Pair *pair)
{
  pair->anna.route = pair->ben.route = (FrQueryId) { { 1, 2, 3 } };
  pair->anna.has_route = pair->ben.has_route = TRUE;
}

static FrDialTarget
target_of (Side *side, const char *address)
{
  return (FrDialTarget) { .address = (char *) address,
                          .key = *fr_identity_get_key (side->identity),
                          .route = side->route,
                          .key_expected = TRUE,
                          .has_route = side->has_route };
}

static gboolean
both_linked (gpointer data)
{
  Pair *pair = data;

  g_assert_no_error (pair->anna.error);
  return pair->anna.link != NULL && pair->ben.link != NULL;
}

static gboolean
has_failed (gpointer data)
{
  return ((Side *) data)->n_failed > 0;
}

static void
assert_way (Pair *pair, FrWay way)
{
  fr_test_wait_until (both_linked, pair, 15);
  g_assert_cmpint (fr_link_get_way (pair->anna.link), ==, way);
  g_assert_cmpint (fr_link_get_way (pair->ben.link), ==, way);
  g_assert_cmpuint (pair->ben.n_offers, ==, 1);
}

/* No server anywhere: the words go along links. */
static void
test_overlay (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  make_route (pair);
  ben = target_of (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  assert_way (pair, FR_WAY_OVERLAY);
  g_assert_cmpuint (pair->anna.n_letters, <=, FR_INTRODUCTIONS_MAX_LETTERS);
  g_assert_cmpuint (pair->ben.n_letters, <=, FR_INTRODUCTIONS_MAX_LETTERS);
}

/* No route either, but somebody to ask. */
static void
test_locate (Pair *pair, gconstpointer data)
{
  FrDialTarget ben = target_of (&pair->ben, "ben");

  pair->anna.can_locate = TRUE;
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_TRANSFER);
  assert_way (pair, FR_WAY_OVERLAY);
  g_assert_cmpuint (pair->anna.n_located, ==, 1);
}

/* Letters are lost, so the copy by the server is what is answered. */
static void
test_server_helps (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  make_route (pair);
  pair->anna.loses = TRUE;
  go_online (pair, &pair->anna, "anna");
  go_online (pair, &pair->ben, "ben");
  ben = target_of (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  assert_way (pair, FR_WAY_SERVER);
  g_assert_cmpuint (pair->anna.n_letters, >, 0);
}

/* Answers along links are lost, so the offer goes by both ways; it is answered once, and that answer comes by the way of
 * the copy. */
static void
test_answered_once (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  make_route (pair);
  pair->ben.loses = TRUE;
  go_online (pair, &pair->anna, "anna");
  go_online (pair, &pair->ben, "ben");
  ben = target_of (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  fr_test_wait_until (both_linked, pair, 15);
  g_assert_cmpint (fr_link_get_way (pair->anna.link), ==, FR_WAY_SERVER);
  g_assert_cmpint (fr_link_get_way (pair->ben.link), ==, FR_WAY_OVERLAY);
  g_assert_cmpuint (pair->ben.n_offers, ==, 1);
  g_assert_cmpuint (fr_switchboard_get_links (pair->ben.board)->len, ==, 1);
}

/* There is another server, and a doorbell, and nothing else. */
static void
test_elsewhere (Pair *pair, gconstpointer data)
{
  gboolean is_doorbell = GPOINTER_TO_INT (data);
  FrDialTarget ben = target_of (&pair->ben, "ben");

  if (is_doorbell)
    {
      g_autoptr (FrRegistration) doorbell = fr_registration_new (pair->ben.identity);

      pair->server = rude_server_new (0, &pair->address);
      g_assert_true (fr_registration_connect (doorbell, pair->address, "ben", NULL));
      fr_test_wait_until (is_online, doorbell, 10);
      fr_introductions_set_doorbell (pair->ben.introductions, doorbell);
      ben.doorbell = pair->address;
    }
  else
    {
      go_online (pair, &pair->ben, "ben");
      ben.server = pair->address;
    }
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  assert_way (pair, is_doorbell ? FR_WAY_DOORBELL : FR_WAY_SERVER);
  fr_introductions_set_doorbell (pair->ben.introductions, NULL);
}

/* That nobody of that name is at the server does not end what may be answered along links; and tells most in the end. */
static void
test_most_telling (Pair *pair, gconstpointer data)
{
  FrDialTarget ben;

  make_route (pair);
  pair->anna.loses = TRUE;
  go_online (pair, &pair->anna, "anna");
  ben = target_of (&pair->ben, "ben");
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  fr_test_wait_until (has_failed, &pair->anna, 15);
  g_assert_error (pair->anna.error, FR_NODE_ERROR, FR_NODE_ERROR_NOT_THERE);
  g_assert_cmpuint (pair->anna.n_failed, ==, 1);
}

static void
test_no_way (Pair *pair, gconstpointer data)
{
  FrDialTarget ben = target_of (&pair->ben, "ben");

  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  g_assert_error (pair->anna.error, FR_NODE_ERROR, FR_NODE_ERROR_NO_SERVER);
  ben.address = (char *) "";
  fr_switchboard_dial_target (pair->anna.board, &ben, FR_DIAL_PURPOSE_LINK);
  g_assert_error (pair->anna.error, FR_NODE_ERROR, FR_NODE_ERROR_OTHER_SERVER);
}

/* Letters that wait for more */

#define N_SLOW 30 /* candidates, of several networks and relays */

typedef struct
{
  Side *from;
  const char *connection_id;
  guint n_said;
} Slow;

static gboolean
say_candidate_cb (gpointer data)
{
  Slow *slow = data;
  g_autoptr (FrSignal) candidate = fr_signal_new (FR_SIGNAL_CANDIDATE);

  candidate->src = g_strdup ("anna");
  candidate->dst = g_strdup ("ben");
  candidate->connection_id = g_strdup (slow->connection_id);
  candidate->candidate = g_strdup ("candidate:1 1 UDP 1 127.0.0.1 9 typ host");
  fr_introductions_send (slow->from->introductions, candidate);
  return ++slow->n_said < N_SLOW;
}

static gboolean
all_candidates_sent (gpointer data)
{
  return ((Slow *) data)->from->n_candidates == N_SLOW;
}

/* The first go at once, for a dial waits for them; yet those that come one by one for a third of a second find a place in
 * the few letters that a dial may have. */
static void
test_slow_candidates (Pair *pair, gconstpointer data)
{
  Slow slow = { .from = &pair->anna, .connection_id = "slow" };
  g_autoptr (FrSignal) offer = fr_signal_new (FR_SIGNAL_OFFER);
  FrDialTarget ben;

  make_route (pair);
  pair->anna.loses = TRUE;
  ben = target_of (&pair->ben, "ben");
  fr_introductions_begin (pair->anna.introductions, slow.connection_id, &ben);
  offer->connection_id = g_strdup (slow.connection_id);
  offer->sdp = g_strdup ("v=0\r\n");
  fr_introductions_send (pair->anna.introductions, offer);
  g_timeout_add (10, say_candidate_cb, &slow);
  fr_test_wait_until (all_candidates_sent, &slow, 5);
  g_assert_cmpuint (pair->anna.n_letters, <=, FR_INTRODUCTIONS_MAX_LETTERS);
  fr_introductions_end (pair->anna.introductions, slow.connection_id);
}

/* Letters that are none */

static GBytes *
seal_offer (Pair *pair, void (*spoil) (FrSignal *offer))
{
  g_autoptr (GPtrArray) signals = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  FrSignal *offer = fr_signal_new (FR_SIGNAL_OFFER);

  offer->src = g_strdup ("anna");
  offer->dst = g_strdup ("ben");
  offer->sdp = g_strdup ("v=0\r\n");
  offer->note.version_min = offer->note.version_max = FR_PROTOCOL_VERSION;
  offer->note.purpose = FR_DIAL_PURPOSE_LINK;
  offer->note.dial_id[0] = 77;
  offer->connection_id = fr_dial_note_make_connection_id (&offer->note);
  fr_dial_proof_sign (offer, pair->anna.identity);
  if (spoil != NULL)
    spoil (offer);
  g_ptr_array_add (signals, offer);
  return fr_letter_seal (fr_identity_get_key (pair->ben.identity), signals);
}

static void
take_note_away (FrSignal *offer)
{
  offer->has_note = FALSE;
}

static void
change_sdp (FrSignal *offer)
{
  g_free (offer->sdp);
  offer->sdp = g_strdup ("v=1\r\n");
}

static void
take_sender_away (FrSignal *offer)
{
  g_clear_pointer (&offer->src, g_free);
}

static void
become_expire (FrSignal *offer)
{
  offer->type = FR_SIGNAL_EXPIRE;
}

/* A dial holds a webrtcbin, and that of an offer whose description is none fails at once. */
static guint n_dials;

static gboolean
dial_hook (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  n_dials++;
  return TRUE;
}

/* Nothing is made for a letter that is forged, not signed, somebody else's, or too long. */
static void
test_bad_letters (Pair *pair, gconstpointer data)
{
  void (*const spoils[]) (FrSignal *offer) = { take_note_away, change_sdp, take_sender_away, become_expire };
  g_autoptr (GTypeClass) klass = g_type_class_ref (FR_TYPE_DIAL);
  guint id = g_signal_lookup ("failed", FR_TYPE_DIAL);
  gulong hook = g_signal_add_emission_hook (id, 0, dial_hook, NULL, NULL);
  const FrPeerKey *anna = fr_identity_get_key (pair->anna.identity), *ben = fr_identity_get_key (pair->ben.identity);
  g_autoptr (GBytes) good = seal_offer (pair, NULL), noise = g_bytes_new ("not sealed", 10);

  n_dials = 0;
  make_route (pair);
  for (guint i = 0; i < G_N_ELEMENTS (spoils); i++)
    {
      g_autoptr (GBytes) letter = seal_offer (pair, spoils[i]);

      fr_introductions_take_letter (pair->ben.introductions, &pair->ben.route, anna, letter);
    }
  fr_introductions_take_letter (pair->ben.introductions, &pair->ben.route, anna, noise);
  fr_introductions_take_letter (pair->ben.introductions, &pair->ben.route, ben, good);  /* not whom the frame names */
  fr_introductions_take_letter (pair->anna.introductions, &pair->ben.route, anna, good); /* not whose it is */
  g_assert_cmpuint (n_dials, ==, 0);
  /* the good one has not been used up by all that; a copy of it is none, also when its dial has ended */
  fr_introductions_take_letter (pair->ben.introductions, &pair->ben.route, anna, good);
  g_assert_cmpuint (n_dials, >, 0);
  n_dials = 0;
  fr_introductions_take_letter (pair->ben.introductions, &pair->ben.route, anna, good);
  g_assert_cmpuint (n_dials, ==, 0);
  g_signal_remove_emission_hook (id, hook);
}

static void
test_letter_bounds (void)
{
  g_autoptr (FrIdentity) ben = fr_identity_new ();
  g_autoptr (GPtrArray) signals = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) full = NULL, over = NULL, long_one = NULL;
  FrSignal *offer = fr_signal_new (FR_SIGNAL_OFFER);

  for (guint i = 0; i <= FR_LETTER_MAX_SIGNALS; i++)
    {
      FrSignal *candidate = fr_signal_new (FR_SIGNAL_CANDIDATE);

      if (i == FR_LETTER_MAX_SIGNALS)
        full = fr_letter_seal (fr_identity_get_key (ben), signals);
      candidate->src = g_strdup ("anna");
      candidate->dst = g_strdup ("ben");
      candidate->connection_id = g_strdup ("dc_1");
      candidate->candidate = g_strdup_printf ("candidate:%u", i);
      candidate->mline = i;
      g_ptr_array_add (signals, candidate);
    }
  over = fr_letter_seal (fr_identity_get_key (ben), signals);
  read = fr_letter_open (ben, full);
  g_assert_cmpuint (read->len, ==, FR_LETTER_MAX_SIGNALS);
  for (guint i = 0; i < read->len; i++)
    {
      const FrSignal *signal = g_ptr_array_index (read, i);

      g_assert_cmpstr (signal->src, ==, "anna");
      g_assert_cmpstr (signal->dst, ==, "ben");
      g_assert_cmpstr (signal->candidate, ==, ((FrSignal *) g_ptr_array_index (signals, i))->candidate);
      g_assert_cmpuint (signal->mline, ==, i);
    }
  g_assert_null (fr_letter_open (ben, over));
  g_ptr_array_set_size (signals, 0);
  offer->connection_id = g_strdup ("dc_1");
  offer->sdp = g_strnfill (8 * 1024, 'a');
  g_ptr_array_add (signals, offer);
  long_one = fr_letter_seal (fr_identity_get_key (ben), signals);
  g_assert_null (long_one);
}

static FrDialNote
make_note (guint number)
{
  FrDialNote note = { .key = { { 9 } } };

  memcpy (note.dial_id, &number, sizeof number);
  return note;
}

static void
test_ended_limit (Pair *pair, gconstpointer data)
{
  FrDialNote first = make_note (0), second = make_note (1), other = first;

  for (guint i = 0; i < FR_INTRODUCTIONS_MAX_ENDED; i++)
    {
      FrDialNote note = make_note (i);

      fr_introductions_remember (pair->anna.introductions, &note);
      fr_introductions_remember (pair->anna.introductions, &note);
    }
  g_assert_true (fr_introductions_remembers (pair->anna.introductions, &first));
  other.key.bytes[0] = 10;
  g_assert_false (fr_introductions_remembers (pair->anna.introductions, &other)); /* nobody uses up another's */
  fr_introductions_remember (pair->anna.introductions, &other);
  g_assert_false (fr_introductions_remembers (pair->anna.introductions, &first));
  g_assert_true (fr_introductions_remembers (pair->anna.introductions, &second));
}

static void
test_way_names (void)
{
  g_assert_null (fr_way_to_string (FR_WAY_NONE));
  g_assert_cmpstr (fr_way_to_string (FR_WAY_OVERLAY), ==, "overlay");
  g_assert_cmpstr (fr_way_to_string (FR_WAY_SERVER), ==, "server");
  g_assert_cmpstr (fr_way_to_string (FR_WAY_DOORBELL), ==, "doorbell");
  g_assert_null (fr_way_to_string (FR_N_WAYS));
}

static void
add (const char *path, void (*test) (Pair *, gconstpointer), gconstpointer data)
{
  g_test_add (path, Pair, data, set_up, test, tear_down);
}

void
test_introductions_add (void)
{
  g_test_add_func ("/node/introductions/way-names", test_way_names);
  add ("/node/introductions/slow-candidates", test_slow_candidates, NULL);
  g_test_add_func ("/node/introductions/letter-bounds", test_letter_bounds);
  add ("/node/introductions/bad-letters", test_bad_letters, NULL);
  add ("/node/introductions/ended-limit", test_ended_limit, NULL);
  add ("/node/introductions/no-way", test_no_way, NULL);
  add ("/node/introductions/overlay", test_overlay, NULL);
  add ("/node/introductions/locate", test_locate, NULL);
  add ("/node/introductions/server-helps", test_server_helps, NULL);
  add ("/node/introductions/answered-once", test_answered_once, NULL);
  add ("/node/introductions/doorbell", test_elsewhere, GINT_TO_POINTER (TRUE));
  add ("/node/introductions/other-server", test_elsewhere, GINT_TO_POINTER (FALSE));
  add ("/node/introductions/most-telling", test_most_telling, NULL);
}
