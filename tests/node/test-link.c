/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-link-private.h"

#include <string.h>

#include "fr-memory-channel.h"
#include "fr-node-error.h"
#include "fr-test-support.h"

#include "tests.h"

/* A link over channels in memory, and at the other end either another link or the test itself, which may be rude. */
typedef struct
{
  FrIdentity *alice, *bob;
  FrChannel *a, *b;
  FrLink *alice_link, *bob_link;
  guint n_ready, n_closed, n_frames, n_faults, n_accepted;
  gboolean held; /* bob's person has yet to decide */
  GPtrArray *heard; /* of Freshet__Frame: what the test heard at b */
} Pair;

static FrSessionFacts
make_facts (void)
{
  FrSessionFacts facts = { .purpose = FRESHET__PURPOSE__PURPOSE_LINK };

  memset (facts.dial_id, 1, sizeof facts.dial_id);
  memset (facts.dialler_certificate, 2, sizeof facts.dialler_certificate);
  memset (facts.answerer_certificate, 3, sizeof facts.answerer_certificate);
  return facts;
}

static void
count_cb (FrLink *link, gpointer data)
{
  (*(guint *) data)++;
}

static void
frame_cb (FrLink *link, const Freshet__Frame *frame, guint size, gpointer data)
{
  Pair *pair = data;

  g_assert_cmpint (frame->body_case, ==, FRESHET__FRAME__BODY_PING);
  pair->n_frames++;
}

static void
fault_cb (FrLink *link, guint fault, gpointer data)
{
  Pair *pair = data;

  pair->n_faults++;
}

static FrLink *
make_link (Pair *pair, FrIdentity *own, FrIdentity *other, FrChannel *channel, Freshet__Role role,
           const FrSessionFacts *facts)
{
  FrLinkOptions options = { .identity = own, .name = "Somebody", .address = "other", .role = role, .facts = *facts,
                            .key = *fr_identity_get_key (other),
                            .held = pair->held && role == FRESHET__ROLE__ROLE_ANSWERER };
  FrLink *link = fr_link_new (NULL, channel, &options);

  g_signal_connect (link, "ready", G_CALLBACK (count_cb), &pair->n_ready);
  g_signal_connect (link, "closed", G_CALLBACK (count_cb), &pair->n_closed);
  g_signal_connect (link, "frame", G_CALLBACK (frame_cb), pair);
  g_signal_connect (link, "fault", G_CALLBACK (fault_cb), pair);
  g_signal_connect (link, "accepted", G_CALLBACK (count_cb), &pair->n_accepted);
  fr_link_start (link);
  return link;
}

static void
heard_cb (FrChannel *channel, GBytes *message, gpointer data)
{
  Pair *pair = data;
  Freshet__Frame *frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (message, NULL), g_bytes_get_size (message), &frame), ==,
                   FR_WIRE_OK);
  g_ptr_array_add (pair->heard, frame);
}

static void
pair_init_with (Pair *pair, const FrSessionFacts *bobs_facts, gboolean rude, gboolean held)
{
  FrSessionFacts facts = make_facts ();

  *pair = (Pair) { .alice = fr_identity_new (), .bob = fr_identity_new (), .held = held };
  pair->heard = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_frame_free);
  fr_memory_channel_new_pair ("control", &pair->a, &pair->b);
  pair->alice_link
      = make_link (pair, pair->alice, pair->bob, pair->a, FRESHET__ROLE__ROLE_DIALLER, &facts);
  if (rude)
    g_signal_connect (pair->b, "message", G_CALLBACK (heard_cb), pair);
  else
    pair->bob_link = make_link (pair, pair->bob, pair->alice, pair->b, FRESHET__ROLE__ROLE_ANSWERER,
                                bobs_facts != NULL ? bobs_facts : &facts);
}

static void
pair_init (Pair *pair, const FrSessionFacts *bobs_facts, gboolean rude)
{
  pair_init_with (pair, bobs_facts, rude, FALSE);
}

static void
pair_clear (Pair *pair)
{
  g_clear_object (&pair->alice_link);
  g_clear_object (&pair->bob_link);
  g_clear_object (&pair->a);
  g_clear_object (&pair->b);
  g_clear_pointer (&pair->heard, g_ptr_array_unref);
  fr_identity_unref (pair->alice);
  fr_identity_unref (pair->bob);
}

static gboolean
both_ready (gpointer data)
{
  return ((Pair *) data)->n_ready == 2;
}

static gboolean
both_closed (gpointer data)
{
  return ((Pair *) data)->n_closed == 2;
}

static gboolean
one_closed (gpointer data)
{
  return ((Pair *) data)->n_closed == 1;
}

static gboolean
one_frame (gpointer data)
{
  return ((Pair *) data)->n_frames == 1;
}

static gboolean
one_fault (gpointer data)
{
  return ((Pair *) data)->n_faults == 1;
}

static GBytes *
make_ping (void)
{
  Freshet__Ping ping = FRESHET__PING__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  ping.nonce = 7;
  frame.body_case = FRESHET__FRAME__BODY_PING;
  frame.ping = &ping;
  return fr_frame_pack (&frame);
}

static void
test_greet_send_and_leave (void)
{
  g_autoptr (GBytes) ping = make_ping ();
  Pair pair;

  pair_init (&pair, NULL, FALSE);
  g_assert_false (fr_link_send (pair.alice_link, ping));
  fr_test_wait_until (both_ready, &pair, 5);
  g_assert_cmpstr (fr_link_get_peer_name (pair.alice_link), ==, "Somebody");
  g_assert_true (fr_link_send (pair.alice_link, ping));
  fr_test_wait_until (one_frame, &pair, 5);
  fr_link_close (pair.alice_link, FRESHET__BYE__REASON__REASON_LEAVING);
  g_assert_false (fr_link_send (pair.alice_link, ping));
  fr_test_wait_until (both_closed, &pair, 5);
  g_assert_null (fr_link_get_error (pair.alice_link));
  g_assert_error (fr_link_get_error (pair.bob_link), FR_NODE_ERROR, FR_NODE_ERROR_LEFT);
  pair_clear (&pair);
}

/* Whoever ends DTLS in the middle shows each side a certificate of its own. */
static void
test_intercepted (void)
{
  FrSessionFacts facts = make_facts ();
  Pair pair;

  facts.dialler_certificate[5] ^= 1;
  pair_init (&pair, &facts, FALSE);
  fr_test_wait_until (both_closed, &pair, 5);
  g_assert_cmpuint (pair.n_ready, ==, 0);
  g_assert_error (fr_link_get_error (pair.alice_link), FR_NODE_ERROR, FR_NODE_ERROR_INTERCEPTED);
  g_assert_error (fr_link_get_error (pair.bob_link), FR_NODE_ERROR, FR_NODE_ERROR_INTERCEPTED);
  pair_clear (&pair);
}

/* Anything before Hello, or no frame at all, ends the session. */
static void
test_rude (void)
{
  g_autoptr (GBytes) ping = make_ping ();
  g_autoptr (GBytes) garbage = g_bytes_new_static ("\xff\xff\xff", 3);
  g_autofree guint8 *zeros = g_malloc0 (FR_MESSAGE_MAX_SIZE);
  g_autoptr (GBytes) too_long = g_bytes_new (zeros, FR_MESSAGE_MAX_SIZE);
  GBytes *const messages[] = { ping, garbage, too_long };

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      Pair pair;
      Freshet__Frame *last;

      pair_init (&pair, NULL, TRUE);
      g_assert_true (fr_channel_send (pair.b, messages[i], NULL));
      fr_test_wait_until (one_closed, &pair, 5);
      g_assert_cmpuint (pair.n_ready, ==, 0);
      g_assert_error (fr_link_get_error (pair.alice_link), FR_NODE_ERROR, FR_NODE_ERROR_FAULT);
      last = g_ptr_array_index (pair.heard, pair.heard->len - 1);
      g_assert_cmpint (last->body_case, ==, FRESHET__FRAME__BODY_BYE);
      g_assert_cmpint (last->bye->reason, ==, FRESHET__BYE__REASON__REASON_FAULT);
      pair_clear (&pair);
    }
}

static void
test_second_hello (void)
{
  FrSessionFacts facts = make_facts ();
  g_autoptr (GBytes) hello = NULL;
  Pair pair;

  pair_init (&pair, NULL, FALSE);
  fr_test_wait_until (both_ready, &pair, 5);
  hello = fr_hello_pack (pair.bob, "Bob", FRESHET__ROLE__ROLE_ANSWERER, &facts, FALSE);
  g_assert_true (fr_link_send (pair.bob_link, hello));
  fr_test_wait_until (both_closed, &pair, 5);
  g_assert_error (fr_link_get_error (pair.alice_link), FR_NODE_ERROR, FR_NODE_ERROR_FAULT);
  pair_clear (&pair);
}

/* Frames of a later version are counted, and do no harm. */
static void
test_unknown_frame (void)
{
  g_autoptr (GBytes) unknown = g_bytes_new_static ("\xaa\x06\x00", 3); /* field 101, empty */
  g_autoptr (GBytes) ping = make_ping ();
  Pair pair;

  pair_init (&pair, NULL, FALSE);
  fr_test_wait_until (both_ready, &pair, 5);
  g_assert_true (fr_link_send (pair.bob_link, unknown));
  fr_test_wait_until (one_fault, &pair, 5);
  g_assert_cmpuint (fr_link_get_n_unknown (pair.alice_link), ==, 1);
  g_assert_true (fr_link_send (pair.bob_link, ping));
  fr_test_wait_until (one_frame, &pair, 5);
  pair_clear (&pair);
}

static GBytes *
make_standing (Freshet__Standing__State state)
{
  Freshet__Standing standing = FRESHET__STANDING__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;

  standing.state = state;
  frame.body_case = FRESHET__FRAME__BODY_STANDING;
  frame.standing = &standing;
  return fr_frame_pack (&frame);
}

static gboolean
is_accepted (gpointer data)
{
  return ((Pair *) data)->n_accepted == 1;
}

static gboolean
one_frame_thrown_away (gpointer data)
{
  return ((Pair *) data)->bob_link->n_held_frames == 1;
}

/* What comes before the person has decided is as if it had never been said. */
static void
test_held (void)
{
  g_autoptr (GBytes) ping = make_ping ();
  Pair pair;

  pair_init_with (&pair, NULL, FALSE, TRUE);
  fr_test_wait_until (both_ready, &pair, 5);
  g_assert_true (fr_link_is_held (pair.bob_link));
  g_assert_true (fr_link_is_waiting (pair.alice_link));
  g_assert_false (fr_link_is_usable (pair.bob_link));
  g_assert_false (fr_link_is_usable (pair.alice_link));
  g_assert_true (fr_link_send (pair.alice_link, ping));
  fr_test_wait_until (one_frame_thrown_away, &pair, 5);
  g_assert_cmpuint (pair.n_frames, ==, 0);

  fr_link_accept (pair.bob_link);
  fr_link_accept (pair.bob_link);
  fr_test_wait_until (is_accepted, &pair, 5);
  g_assert_true (fr_link_is_usable (pair.bob_link));
  g_assert_true (fr_link_is_usable (pair.alice_link));
  g_assert_true (fr_link_send (pair.alice_link, ping));
  fr_test_wait_until (one_frame, &pair, 5);
  pair_clear (&pair);
}

/* A frame of a kind that is yet to come. */
static GBytes *
make_unknown (gsize size)
{
  const gsize length = size - 4;
  guint8 *bytes = g_malloc0 (size);

  bytes[0] = 15 << 3 | 2;
  bytes[1] = (guint8) (length & 0x7f) | 0x80;
  bytes[2] = (guint8) (length >> 7 & 0x7f) | 0x80;
  bytes[3] = (guint8) (length >> 14);
  return g_bytes_new_take (bytes, size);
}

/* At the limit of frames, and of bytes; and one past it. */
static void
test_held_too_much (void)
{
  static const struct
  {
    gsize size; /* of a frame */
    guint most;
  } rows[] = { { 10, FR_LINK_MAX_HELD_FRAMES }, { FR_LINK_MAX_HELD_BYTES / 4, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) frame = make_unknown (rows[i].size);
      Pair pair;

      pair_init_with (&pair, NULL, FALSE, TRUE);
      fr_test_wait_until (both_ready, &pair, 5);
      for (guint n = 0; n < rows[i].most; n++)
        g_assert_true (fr_link_send (pair.alice_link, frame));
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (pair.n_closed, ==, 0);
      g_assert_cmpint (fr_link_get_state (pair.bob_link), ==, FR_LINK_READY);
      g_assert_true (fr_link_send (pair.alice_link, frame));
      fr_test_wait_until (both_closed, &pair, 5);
      g_assert_error (fr_link_get_error (pair.bob_link), FR_NODE_ERROR, FR_NODE_ERROR_FAULT);
      pair_clear (&pair);
    }
}

/* The other channel is no way around that, before the greeting or after it. */
static void
test_held_too_much_bulk (void)
{
  static const struct
  {
    gsize size; /* of a piece */
    guint most;
    gboolean greeted;
  } rows[] = { { 10, FR_LINK_MAX_HELD_FRAMES, TRUE },
               { FR_LINK_MAX_HELD_BYTES / 4, 4, TRUE },
               { 10, FR_LINK_MAX_HELD_FRAMES, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) piece = make_unknown (rows[i].size);
      g_autoptr (FrChannel) alices = NULL, bobs = NULL;
      Pair pair;

      pair_init_with (&pair, NULL, FALSE, TRUE);
      fr_memory_channel_new_pair ("bulk", &alices, &bobs);
      if (rows[i].greeted)
        fr_test_wait_until (both_ready, &pair, 5);
      fr_link_set_bulk (pair.bob_link, bobs);
      for (guint n = 0; n < rows[i].most; n++)
        g_assert_true (fr_channel_send (alices, piece, NULL));
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (pair.bob_link->n_held_frames, ==, rows[i].most);
      g_assert_cmpuint (pair.n_closed, ==, 0);
      g_assert_true (fr_channel_send (alices, piece, NULL));
      fr_test_wait_until (both_closed, &pair, 5);
      g_assert_error (fr_link_get_error (pair.bob_link), FR_NODE_ERROR, FR_NODE_ERROR_FAULT);
      pair_clear (&pair);
    }
}

static gboolean
one_piece_thrown_away (gpointer data)
{
  return ((FrLink *) data)->n_held_frames == 1;
}

/* Pieces are for the port once the person has decided, and not before; whoever closes that channel alone is gone. */
static void
test_held_bulk (gconstpointer data)
{
  gboolean closes = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) piece = make_unknown (100);
  g_autoptr (FrChannel) alices = NULL, bobs = NULL;
  Pair pair;

  pair_init_with (&pair, NULL, FALSE, TRUE);
  fr_memory_channel_new_pair ("bulk", &alices, &bobs);
  fr_link_set_bulk (pair.bob_link, bobs);
  fr_test_wait_until (both_ready, &pair, 5);
  g_assert_true (fr_channel_send (alices, piece, NULL));
  fr_test_wait_until (one_piece_thrown_away, pair.bob_link, 5);
  if (closes)
    {
      fr_channel_close (alices);
      fr_test_wait_until (both_closed, &pair, 5);
      g_assert_false (fr_link_is_blamed (pair.bob_link));
      pair_clear (&pair);
      return;
    }
  fr_link_accept (pair.bob_link);
  g_assert_true (fr_channel_send (alices, piece, NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (pair.bob_link->n_held_frames, ==, 1);
  g_assert_cmpuint (pair.n_closed, ==, 0);
  fr_channel_close (alices);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (fr_transfer_port_is_closed (fr_link_get_port (pair.bob_link)));
  g_assert_cmpint (fr_link_get_state (pair.bob_link), ==, FR_LINK_READY);
  pair_clear (&pair);
}

/* Only the dialler waits, and only for a yes. */
static void
test_standing (void)
{
  g_autoptr (GBytes) unknown = make_standing (FRESHET__STANDING__STATE__STATE_UNKNOWN);
  g_autoptr (GBytes) newer = make_standing (77);
  g_autoptr (GBytes) accepted = make_standing (FRESHET__STANDING__STATE__STATE_ACCEPTED);
  Pair pair;

  pair_init_with (&pair, NULL, FALSE, TRUE);
  fr_test_wait_until (both_ready, &pair, 5);
  fr_channel_send (pair.b, unknown, NULL);
  fr_channel_send (pair.b, newer, NULL);
  fr_channel_send (pair.a, accepted, NULL); /* she cannot let herself in */
  fr_test_wait_until (one_frame_thrown_away, &pair, 5);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (fr_link_is_waiting (pair.alice_link));
  g_assert_true (fr_link_is_held (pair.bob_link));
  g_assert_cmpuint (pair.n_accepted, ==, 0);
  pair_clear (&pair);
}

static GBytes *
make_introduce (void)
{
  Freshet__Introduce introduce = FRESHET__INTRODUCE__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  guint8 bytes[FR_SIGNATURE_SIZE] = { 1 };

  introduce.signed_ = (ProtobufCBinaryData) { 10, bytes };
  introduce.signature = (ProtobufCBinaryData) { sizeof bytes, bytes };
  frame.body_case = FRESHET__FRAME__BODY_INTRODUCE;
  frame.introduce = &introduce;
  return fr_frame_pack (&frame);
}

static void
introduced_cb (FrLink *link, gpointer message, guint *count)
{
  ++*count;
}

static gboolean
one_is_heard (gpointer count)
{
  return *(guint *) count > 0;
}

/* Who somebody is is heard when both persons want the link, of either side, and not before. */
static void
test_introduce (void)
{
  g_autoptr (GBytes) introduce = make_introduce ();
  guint n_alice = 0, n_bob = 0;
  Pair pair;

  pair_init_with (&pair, NULL, FALSE, TRUE);
  g_signal_connect (pair.alice_link, "introduced", G_CALLBACK (introduced_cb), &n_alice);
  g_signal_connect (pair.bob_link, "introduced", G_CALLBACK (introduced_cb), &n_bob);
  fr_test_wait_until (both_ready, &pair, 5);
  fr_channel_send (pair.a, introduce, NULL);
  fr_channel_send (pair.b, introduce, NULL);
  fr_test_wait_until (one_frame_thrown_away, &pair, 5);
  fr_link_accept (pair.bob_link);
  fr_test_wait_until (is_accepted, &pair, 5);
  g_assert_cmpuint (n_alice + n_bob, ==, 0);
  fr_channel_send (pair.a, introduce, NULL);
  fr_channel_send (pair.b, introduce, NULL);
  fr_test_wait_until (one_is_heard, &n_alice, 5);
  fr_test_wait_until (one_is_heard, &n_bob, 5);
  g_assert_cmpuint (pair.n_frames, ==, 0); /* the overlay has no part in it */
  pair_clear (&pair);
}

static void
test_channel_gone (void)
{
  Pair pair;

  pair_init (&pair, NULL, FALSE);
  fr_test_wait_until (both_ready, &pair, 5);
  fr_channel_close (pair.b);
  fr_test_wait_until (both_closed, &pair, 5);
  g_assert_error (fr_link_get_error (pair.alice_link), FR_NODE_ERROR, FR_NODE_ERROR_LEFT);
  pair_clear (&pair);
}

/* Nobody waits for the goodbye of somebody who is dead; a goodbye of our own is waited for. */
static void
test_given_up (void)
{
  static const gboolean gives_up[] = { TRUE, FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (gives_up); i++)
    {
      Pair pair;

      pair_init (&pair, NULL, FALSE);
      fr_test_wait_until (both_ready, &pair, 5);
      if (gives_up[i])
        fr_link_give_up (pair.alice_link);
      else
        fr_link_close (pair.alice_link, FRESHET__BYE__REASON__REASON_LEAVING);
      g_assert_true ((fr_link_get_state (pair.alice_link) == FR_LINK_CLOSED) == gives_up[i]);
      g_assert_true (fr_link_was_lost (pair.alice_link) == gives_up[i]);
      fr_test_wait_until (both_closed, &pair, 5);
      fr_link_give_up (pair.alice_link); /* once is enough */
      g_assert_cmpuint (pair.n_closed, ==, 2);
      pair_clear (&pair);
    }
}

/* Pictures end with the first word of a goodbye, whoever says it: not when it is answered, or half a second later. */
static void
test_leaving_ends_transfers (void)
{
  Pair pair;

  pair_init (&pair, NULL, FALSE);
  fr_test_wait_until (both_ready, &pair, 5);
  g_assert_false (fr_transfer_port_is_closed (fr_link_get_port (pair.alice_link)));
  fr_link_close (pair.alice_link, FRESHET__BYE__REASON__REASON_REFUSED);
  g_assert_cmpint (fr_link_get_state (pair.alice_link), ==, FR_LINK_LEAVING);
  g_assert_true (fr_transfer_port_is_closed (fr_link_get_port (pair.alice_link)));
  fr_test_wait_until (both_closed, &pair, 5);
  pair_clear (&pair);
}

void
test_link_add (void)
{
  g_test_add_func ("/node/link/greet-send-and-leave", test_greet_send_and_leave);
  g_test_add_func ("/node/link/intercepted", test_intercepted);
  g_test_add_func ("/node/link/rude", test_rude);
  g_test_add_func ("/node/link/second-hello", test_second_hello);
  g_test_add_func ("/node/link/unknown-frame", test_unknown_frame);
  g_test_add_func ("/node/link/held", test_held);
  g_test_add_func ("/node/link/held-too-much/frames", test_held_too_much);
  g_test_add_func ("/node/link/held-too-much/bulk", test_held_too_much_bulk);
  g_test_add_data_func ("/node/link/held-bulk/accepted", GINT_TO_POINTER (FALSE), test_held_bulk);
  g_test_add_data_func ("/node/link/held-bulk/closed", GINT_TO_POINTER (TRUE), test_held_bulk);
  g_test_add_func ("/node/link/standing", test_standing);
  g_test_add_func ("/node/link/introduce", test_introduce);
  g_test_add_func ("/node/link/channel-gone", test_channel_gone);
  g_test_add_func ("/node/link/given-up", test_given_up);
  g_test_add_func ("/node/link/leaving-ends-transfers", test_leaving_ends_transfers);
}
