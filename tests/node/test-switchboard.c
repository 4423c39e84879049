/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-switchboard.h"

#include "fr-dial-proof.h"
#include "fr-node-error.h"

#include "switchboard-desk.h"
#include "tests.h"

/* Offers that are not taken */

typedef struct
{
  const char *name;
  void (*spoil) (Desk *desk, FrSignal *offer);
  const char *reason;
} Refusal;

static void
take_note_away (Desk *desk, FrSignal *offer)
{
  offer->has_note = FALSE;
}

static void
flip_signature (Desk *desk, FrSignal *offer)
{
  offer->note.signature[10] ^= 1;
}

static void
change_sdp (Desk *desk, FrSignal *offer)
{
  g_autofree char *sdp = g_steal_pointer (&offer->sdp);

  offer->sdp = g_strconcat (sdp, "a=candidate:1 1 UDP 1 127.0.0.1 9 typ host\r\n", NULL);
}

static void
name_other_sender (Desk *desk, FrSignal *offer)
{
  g_free (offer->src);
  offer->src = g_strdup ("somebody");
  fr_dial_proof_sign (offer, desk->rude->identity);
}

static void
name_other_receiver (Desk *desk, FrSignal *offer)
{
  g_free (offer->dst);
  offer->dst = g_strdup ("somebody");
  fr_dial_proof_sign (offer, desk->rude->identity);
}

static void
raise_version (Desk *desk, FrSignal *offer)
{
  offer->note.version_min = offer->note.version_max = FR_PROTOCOL_VERSION + 1;
  fr_dial_proof_sign (offer, desk->rude->identity);
}

static void
sign_as_us (Desk *desk, FrSignal *offer)
{
  fr_dial_proof_sign (offer, desk->identity);
}

static const Refusal refusals[] = {
  { "another program", take_note_away, FR_LEAVE_OTHER_PROGRAM },
  { "bad signature", flip_signature, FR_LEAVE_SIGNATURE },
  { "another description", change_sdp, FR_LEAVE_SIGNATURE },
  { "signed for another sender", name_other_sender, FR_LEAVE_SIGNATURE },
  { "signed for another receiver", name_other_receiver, FR_LEAVE_SIGNATURE },
  { "later version", raise_version, FR_LEAVE_VERSION },
  { "our own key", sign_as_us, FR_LEAVE_REFUSED },
};

static void
test_refusals (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);
      FrSignal *leave;

      refusals[i].spoil (desk, offer);
      rude_peer_send (desk->rude, offer, US);
      leave = rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, i);
      g_test_message ("%s: %s", refusals[i].name, leave->reason);
      g_assert_cmpstr (leave->reason, ==, refusals[i].reason);
      g_assert_cmpstr (leave->connection_id, ==, offer->connection_id);
    }
  g_assert_cmpuint (desk->n_other_program, ==, 1);
}

/* A version that ours is in, but not the last of, is answered; and what answers has signed that. */
static void
test_answer (Desk *desk, gconstpointer data)
{
  g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);
  g_autoptr (FrSignal) answer = NULL;

  offer->note.version_max = FR_PROTOCOL_VERSION + 1;
  fr_dial_proof_sign (offer, desk->rude->identity);
  rude_peer_send (desk->rude, offer, US);
  desk->n_sessions++;
  answer = fr_signal_copy (rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, 0));
  g_assert_cmpstr (answer->connection_id, ==, offer->connection_id);
  g_assert_cmpmem (answer->note.dial_id, FR_DIAL_ID_SIZE, offer->note.dial_id, FR_DIAL_ID_SIZE);
  g_assert_true (fr_peer_key_equal (&answer->note.key, fr_identity_get_key (desk->identity)));
  g_free (answer->dst);
  answer->dst = g_strdup (RUDE);
  g_assert_true (fr_dial_proof_verify (answer));
  /* the same offer once more is none */
  rude_peer_send (desk->rude, offer, US);
  desk_settle (desk, 0);
}

/* Descriptions that are none hold no place, whoever has signed them; and that is said, as no session is there to say it. */
static void
test_no_description (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i <= FR_SWITCHBOARD_MAX_PENDING; i++)
    {
      g_autoptr (FrSignal) offer = rude_peer_make_offer (desk->rude, desk->rude->identity, US, "hello");
      FrSignal *leave;

      rude_peer_send (desk->rude, offer, US);
      desk->n_sessions++;
      leave = rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, i);
      g_assert_cmpstr (leave->reason, ==, FR_LEAVE_FAULT);
      g_assert_cmpstr (leave->connection_id, ==, offer->connection_id);
    }
  desk_settle (desk, FR_SWITCHBOARD_MAX_PENDING + 1);
  desk_send_offer (desk, desk->rude);
  desk->n_sessions++;
  rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, 0);
}

/* What is about no dial, and candidates that are none, are ignored. */
static void
test_strays (Desk *desk, gconstpointer data)
{
  static const FrSignalType types[] = { FR_SIGNAL_CANDIDATE, FR_SIGNAL_ANSWER, FR_SIGNAL_LEAVE, FR_SIGNAL_EXPIRE };
  g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);

  rude_peer_send (desk->rude, offer, US);
  desk->n_sessions++;
  rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, 0);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (types); i++)
    {
      g_autoptr (FrSignal) stray = fr_signal_copy (offer);

      stray->type = types[i / 2];
      stray->candidate = g_strdup ("candidate:what is this?");
      if (stray->type == FR_SIGNAL_LEAVE || i % 2 == 0)
        {
          g_free (stray->connection_id);
          stray->connection_id = g_strdup ("no such dial");
        }
      rude_peer_send (desk->rude, stray, US);
    }
  desk_settle (desk, 0);
  g_assert_cmpuint (desk->n_failed, ==, 0);
}

/* Bounds */

static void
test_pending_limit (Desk *desk, gconstpointer data)
{
  RudePeer *other = rude_peer_new (desk->server_address, "other");

  for (guint i = 0; i < FR_SWITCHBOARD_MAX_PENDING; i++)
    {
      desk_send_offer (desk, desk->rude);
      rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, i);
    }
  desk_send_offer (desk, desk->rude);
  g_assert_cmpstr (rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, 0)->reason, ==, FR_LEAVE_BUSY);
  desk_send_offer (desk, other);
  rude_peer_await (other, FR_SIGNAL_ANSWER, 0);
  desk->n_sessions += FR_SWITCHBOARD_MAX_PENDING + 1;
  rude_peer_free (other);
}

/* Another name is no other person: the same holds for a key. */
static void
test_pending_limit_of_key (Desk *desk, gconstpointer data)
{
  FrDialPurpose purpose = (FrDialPurpose) GPOINTER_TO_INT (data);
  guint most = purpose == FR_DIAL_PURPOSE_LINK ? FR_SWITCHBOARD_MAX_PENDING : FR_SWITCHBOARD_MAX_TRANSFERS;
  RudePeer *names[1 + MAX (FR_SWITCHBOARD_MAX_PENDING, FR_SWITCHBOARD_MAX_TRANSFERS)];

  for (guint i = 0; i <= most; i++)
    {
      g_autofree char *address = g_strdup_printf ("rude-%u", i);
      g_autoptr (FrSignal) offer = NULL;

      names[i] = rude_peer_new (desk->server_address, address);
      offer = rude_peer_make_offer_for (names[i], desk->rude->identity, US, desk->sdp, purpose);
      rude_peer_send (names[i], offer, US);
      if (i < most)
        rude_peer_await (names[i], FR_SIGNAL_ANSWER, 0);
      else
        g_assert_cmpstr (rude_peer_await (names[i], FR_SIGNAL_LEAVE, 0)->reason, ==, FR_LEAVE_BUSY);
    }
  desk_send_offer (desk, names[0]); /* of their own key */
  rude_peer_await (names[0], FR_SIGNAL_ANSWER, 1);
  desk->n_sessions += most + 1;
  for (guint i = 0; i <= most; i++)
    rude_peer_free (names[i]);
}

static void
test_sessions_limit (Desk *desk, gconstpointer data)
{
  enum { N_PEERS = FR_SWITCHBOARD_MAX_SESSIONS / FR_SWITCHBOARD_MAX_PENDING };
  RudePeer *peers[N_PEERS];

  G_STATIC_ASSERT (FR_SWITCHBOARD_MAX_SESSIONS + 1 <= FR_SWITCHBOARD_OFFER_BURST);
  for (guint i = 0; i < N_PEERS; i++)
    {
      g_autofree char *address = g_strdup_printf ("rude-%u", i);

      peers[i] = rude_peer_new (desk->server_address, address);
      for (guint n = 0; n < FR_SWITCHBOARD_MAX_PENDING; n++)
        desk_send_offer (desk, peers[i]);
      rude_peer_await (peers[i], FR_SIGNAL_ANSWER, FR_SWITCHBOARD_MAX_PENDING - 1);
    }
  desk->n_sessions += FR_SWITCHBOARD_MAX_SESSIONS;
  desk_send_offer (desk, desk->rude);
  g_assert_cmpstr (rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, 0)->reason, ==, FR_LEAVE_BUSY);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_BUSY);
  for (guint i = 0; i < N_PEERS; i++)
    rude_peer_free (peers[i]);
}

static void
test_offer_burst (Desk *desk, gconstpointer data)
{
  const guint n_offers = 4 * FR_SWITCHBOARD_OFFER_BURST; /* more than are let through in any time that this may take */
  guint n_busy = 0;

  for (guint i = 0; i < n_offers; i++)
    {
      g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);

      flip_signature (desk, offer);
      rude_peer_send (desk->rude, offer, US);
    }
  rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, n_offers - 1);
  for (guint i = 0; i < n_offers; i++)
    {
      const char *reason = rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, i)->reason;
      gboolean busy = g_str_equal (reason, FR_LEAVE_BUSY);

      g_assert_true (busy || g_str_equal (reason, FR_LEAVE_SIGNATURE));
      g_assert_false (busy && i < FR_SWITCHBOARD_OFFER_BURST);
      n_busy += busy;
    }
  g_assert_cmpuint (n_busy, >, 0);
}

void
test_switchboard_add (void)
{
  desk_add_test ("/node/switchboard/refusals", test_refusals, NULL);
  desk_add_test ("/node/switchboard/answer", test_answer, NULL);
  desk_add_test ("/node/switchboard/no-description", test_no_description, NULL);
  desk_add_test ("/node/switchboard/strays", test_strays, NULL);
  desk_add_test ("/node/switchboard/pending-limit/address", test_pending_limit, NULL);
  desk_add_test ("/node/switchboard/pending-limit/key", test_pending_limit_of_key,
                 GINT_TO_POINTER (FR_DIAL_PURPOSE_LINK));
  desk_add_test ("/node/switchboard/pending-limit/key-for-pictures", test_pending_limit_of_key,
                 GINT_TO_POINTER (FR_DIAL_PURPOSE_TRANSFER));
  desk_add_test ("/node/switchboard/sessions-limit", test_sessions_limit, NULL);
  desk_add_test ("/node/switchboard/offer-burst", test_offer_burst, NULL);
}
