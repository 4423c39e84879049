/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-switchboard-private.h"

#include <string.h>

#include "fr-dial-proof.h"
#include "fr-letter.h"
#include "fr-node-error.h"
#include "fr-test-support.h"

#include "switchboard-desk.h"
#include "tests.h"

/* What comes back when we dial, and what that ends in. */
typedef struct
{
  const char *name;
  FrSignalType type;
  void (*spoil) (Desk *desk, FrSignal *answer); /* after it was signed */
  const char *reason;
  FrNodeError code;
} Reply;

static gboolean
has_failed (gpointer data)
{
  return ((Desk *) data)->n_failed > 0;
}

static void
take_note_away (Desk *desk, FrSignal *answer)
{
  answer->has_note = FALSE;
}

static void
flip_signature (Desk *desk, FrSignal *answer)
{
  answer->note.signature[10] ^= 1;
}

static void
sign_as_other (Desk *desk, FrSignal *answer)
{
  g_autoptr (FrIdentity) other = fr_identity_new ();

  fr_dial_proof_sign (answer, other);
}

static void
change_dial_id (Desk *desk, FrSignal *answer)
{
  answer->note.dial_id[3] ^= 1;
  fr_dial_proof_sign (answer, desk->rude->identity);
}

static void
change_purpose (Desk *desk, FrSignal *answer)
{
  answer->note.purpose = FR_DIAL_PURPOSE_TRANSFER;
  fr_dial_proof_sign (answer, desk->rude->identity);
}

static void
raise_version (Desk *desk, FrSignal *answer)
{
  answer->note.version_min = answer->note.version_max = FR_PROTOCOL_VERSION + 1;
  fr_dial_proof_sign (answer, desk->rude->identity);
}

static void
sign_nonsense (Desk *desk, FrSignal *answer)
{
  g_free (answer->sdp);
  answer->sdp = g_strdup ("hello");
  fr_dial_proof_sign (answer, desk->rude->identity);
}

static const Reply replies[] = {
  { "another-program", FR_SIGNAL_ANSWER, take_note_away, NULL, FR_NODE_ERROR_OTHER_PROGRAM },
  { "bad-signature", FR_SIGNAL_ANSWER, flip_signature, NULL, FR_NODE_ERROR_INTERCEPTED },
  { "another-person", FR_SIGNAL_ANSWER, sign_as_other, NULL, FR_NODE_ERROR_OTHER_PERSON },
  { "another-dial", FR_SIGNAL_ANSWER, change_dial_id, NULL, FR_NODE_ERROR_INTERCEPTED },
  { "another-purpose", FR_SIGNAL_ANSWER, change_purpose, NULL, FR_NODE_ERROR_INTERCEPTED },
  { "later-version", FR_SIGNAL_ANSWER, raise_version, NULL, FR_NODE_ERROR_OTHER_VERSION },
  { "no-description", FR_SIGNAL_ANSWER, sign_nonsense, NULL, FR_NODE_ERROR_FAULT },
  { "leave-version", FR_SIGNAL_LEAVE, NULL, FR_LEAVE_VERSION, FR_NODE_ERROR_OTHER_VERSION },
  { "leave-signature", FR_SIGNAL_LEAVE, NULL, FR_LEAVE_SIGNATURE, FR_NODE_ERROR_INTERCEPTED },
  { "leave-busy", FR_SIGNAL_LEAVE, NULL, FR_LEAVE_BUSY, FR_NODE_ERROR_BUSY },
  { "leave-refused", FR_SIGNAL_LEAVE, NULL, FR_LEAVE_REFUSED, FR_NODE_ERROR_REFUSED },
  { "leave-fault", FR_SIGNAL_LEAVE, NULL, FR_LEAVE_FAULT, FR_NODE_ERROR_ACCUSED },
  { "leave", FR_SIGNAL_LEAVE, NULL, NULL, FR_NODE_ERROR_NOT_THERE },
  { "expire", FR_SIGNAL_EXPIRE, NULL, NULL, FR_NODE_ERROR_NOT_THERE },
};

/* One after the other, on the same switchboard: each failure leaves it as it was. */
static void
test_replies (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (FrSignal) reply = NULL;

      desk->n_failed = 0;
      desk->n_sessions++;
      fr_switchboard_dial (desk->board, RUDE, fr_identity_get_key (desk->rude->identity), FR_DIAL_PURPOSE_LINK);
      reply = fr_signal_copy (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, i));
      reply->type = replies[i].type;
      reply->reason = g_strdup (replies[i].reason);
      g_free (reply->src);
      reply->src = g_strdup (RUDE);
      g_free (reply->dst);
      reply->dst = g_strdup (US);
      if (reply->type == FR_SIGNAL_ANSWER)
        fr_dial_proof_sign (reply, desk->rude->identity);
      if (replies[i].spoil != NULL)
        replies[i].spoil (desk, reply);
      rude_peer_send (desk->rude, reply, US);
      fr_test_wait_until (has_failed, desk, 8); /* sooner than it would without any answer */
      g_test_message ("%s: %s", replies[i].name, desk->error->message);
      g_assert_error (desk->error, FR_NODE_ERROR, (int) replies[i].code);
      g_assert_nonnull (strstr (desk->error->message, RUDE));
      if (replies[i].code == FR_NODE_ERROR_FAULT)
        g_assert_cmpstr (rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, 0)->reason, ==, FR_LEAVE_FAULT);
    }
}

static void
test_at_once (Desk *desk, gconstpointer data)
{
  fr_switchboard_dial (desk->board, US, NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_YOURSELF);
  fr_registration_disconnect (desk->registration);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_NO_SERVER);
  g_assert_cmpuint (desk->n_failed, ==, 2);
}

/* Only so many dials go out at once; the next one waits until one of them is over. */
static void
test_dials_limit (Desk *desk, gconstpointer data)
{
  g_autoptr (FrSignal) leave = fr_signal_new (FR_SIGNAL_LEAVE);

  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  for (guint i = 1; i < FR_SWITCHBOARD_MAX_DIALS + FR_SWITCHBOARD_MAX_WAITING; i++)
    {
      g_autofree char *address = g_strdup_printf ("nobody-%u", i);

      fr_switchboard_dial (desk->board, address, NULL, FR_DIAL_PURPOSE_LINK);
    }
  g_assert_cmpuint (desk->n_failed, ==, 0);
  fr_switchboard_dial (desk->board, "one-too-many", NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_cmpuint (desk->n_failed, ==, 1);
  g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_BUSY);
  leave->connection_id = g_strdup (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0)->connection_id);
  rude_peer_send (desk->rude, leave, US);
  desk_settle (desk, 0);
  g_assert_cmpuint (desk->n_failed, ==, 2);
  fr_switchboard_dial (desk->board, "one-more", NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_cmpuint (desk->n_failed, ==, 2); /* there was a place in the queue again */
  desk->n_sessions += FR_SWITCHBOARD_MAX_DIALS + 1;
}

/* Whoever is dialled again while they wait for their turn waits once. */
static void
test_same_twice (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < FR_SWITCHBOARD_MAX_DIALS; i++)
    {
      g_autofree char *address = g_strdup_printf ("nobody-%u", i);

      fr_switchboard_dial (desk->board, address, NULL, FR_DIAL_PURPOSE_LINK);
    }
  for (guint i = 0; i <= FR_SWITCHBOARD_MAX_WAITING; i++)
    fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_TRANSFER); /* that is another matter */
  g_assert_cmpuint (desk->n_failed, ==, 0);
  desk->n_sessions += FR_SWITCHBOARD_MAX_DIALS;
}

static void
told_cb (Desk *desk)
{
  desk->n_told++;
}

static gboolean
is_told (gpointer data)
{
  Desk *desk = data;

  return desk->n_told + desk->n_failed > 0;
}

static gboolean
has_a_link (gpointer data)
{
  return fr_switchboard_get_links (data)->len > 0;
}

static gboolean
has_no_links (gpointer data)
{
  return fr_switchboard_get_links (data)->len == 0;
}

/* Somebody who is linked already is dialled by another name: one session stays, and whichever that is, the dial is
 * told of it. Which one stays is left to chance, so there are several dials. */
static void
test_linked_already (Desk *desk, gconstpointer data)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  FrRegistration *registration = fr_registration_new (identity);
  FrIntroductions *introductions = fr_introductions_new (identity, registration);
  FrSwitchboard *them = fr_switchboard_new (identity, introductions, &config);

  fr_switchboard_set_name (them, "Them");
  g_signal_connect_swapped (desk->board, "linked", G_CALLBACK (told_cb), desk);
  g_signal_connect_swapped (desk->board, "still-linked", G_CALLBACK (told_cb), desk);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *address = g_strdup_printf ("them-%u", i);

      g_assert_true (fr_registration_connect (registration, desk->server_address, address, NULL));
      fr_test_wait_until (desk_is_online, registration, 5);
      desk->n_told = desk->n_failed = 0;
      fr_switchboard_dial (desk->board, address, NULL, FR_DIAL_PURPOSE_LINK);
      fr_test_wait_until (is_told, desk, 15);
      g_assert_cmpuint (desk->n_told + desk->n_failed, ==, 1);
      g_assert_nonnull (fr_switchboard_find_link (desk->board, fr_identity_get_key (identity),
                                                  FRESHET__PURPOSE__PURPOSE_LINK));
      desk->n_sessions += 2;
    }
  fr_switchboard_close_links (desk->board, FRESHET__BYE__REASON__REASON_LEAVING);
  fr_test_wait_until (has_no_links, desk->board, 5);
  fr_test_wait_until (has_no_links, them, 5);
  g_object_run_dispose (G_OBJECT (them));
  fr_test_assert_finalizes (them);
  fr_test_assert_finalizes (introductions);
  fr_test_assert_finalizes (registration);
}

/* A switchboard that goes while a link is up takes the link with it; the other side hears of that. */
static void
test_gone_while_linked (Desk *desk, gconstpointer data)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };
  g_autoptr (FrIdentity) identity = fr_identity_new ();
  FrRegistration *registration = fr_registration_new (identity);
  FrIntroductions *introductions = fr_introductions_new (identity, registration);
  FrSwitchboard *them = fr_switchboard_new (identity, introductions, &config);

  fr_switchboard_set_name (them, "Them");
  g_assert_true (fr_registration_connect (registration, desk->server_address, "them", NULL));
  fr_test_wait_until (desk_is_online, registration, 5);
  g_signal_connect_swapped (desk->board, "linked", G_CALLBACK (told_cb), desk);
  fr_switchboard_dial (desk->board, "them", NULL, FR_DIAL_PURPOSE_LINK);
  fr_test_wait_until (is_told, desk, 15);
  desk->n_sessions += 2;
  fr_test_wait_until (has_a_link, them, 5);
  g_object_run_dispose (G_OBJECT (them));
  fr_test_assert_finalizes (them);
  fr_test_assert_finalizes (introductions);
  fr_test_assert_finalizes (registration);
  fr_test_wait_until (has_no_links, desk->board, 10);
}

static void
dial_nobodies (Desk *desk, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *address = g_strdup_printf ("nobody-%u", i);

      fr_switchboard_dial (desk->board, address, NULL, FR_DIAL_PURPOSE_LINK);
    }
  desk->n_sessions += n;
}

/* A dial that is given up says nothing more, whatever comes back, and makes room; its address may be dialled again. */
static void
test_cancel (Desk *desk, gconstpointer data)
{
  g_autoptr (FrSignal) leave = fr_signal_new (FR_SIGNAL_LEAVE);

  dial_nobodies (desk, FR_SWITCHBOARD_MAX_DIALS - 1);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_TRANSFER); /* waits */
  leave->connection_id = g_strdup (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0)->connection_id);
  fr_switchboard_cancel_dial (desk->board, RUDE);
  fr_switchboard_cancel_dial (desk->board, RUDE); /* there is nothing left to give up */
  g_assert_cmpint (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 1)->note.purpose, ==, FR_DIAL_PURPOSE_TRANSFER);
  rude_peer_send (desk->rude, leave, US);
  desk_settle (desk, 0);
  fr_switchboard_cancel_dial (desk->board, "nobody-0");
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  g_assert_cmpint (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 2)->note.purpose, ==, FR_DIAL_PURPOSE_LINK);
  g_assert_cmpuint (desk->n_failed, ==, 0);
  desk->n_sessions += 3;
}

/* Nor does one that waited for its turn ever get it. */
static void
test_cancel_waiting (Desk *desk, gconstpointer data)
{
  dial_nobodies (desk, FR_SWITCHBOARD_MAX_DIALS);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_TRANSFER);
  fr_switchboard_cancel_dial (desk->board, RUDE);
  fr_switchboard_cancel_dial (desk->board, "nobody-0");
  fr_switchboard_cancel_dial (desk->board, "nobody-1");
  g_assert_cmpint (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0)->note.purpose, ==, FR_DIAL_PURPOSE_TRANSFER);
  g_assert_cmpuint (desk->n_failed, ==, 0);
  desk->n_sessions++;
}

/* Where both had dialled and ours was given up for theirs, theirs is what is given up. */
static void
test_cancel_glare (Desk *desk, gconstpointer data)
{
  g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);
  g_autoptr (FrSignal) leave = fr_signal_new (FR_SIGNAL_LEAVE);

  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK);
  rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0);
  memset (offer->note.dial_id, 0, sizeof offer->note.dial_id);
  fr_dial_proof_sign (offer, desk->rude->identity);
  rude_peer_send (desk->rude, offer, US);
  rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, 0);
  fr_switchboard_cancel_dial (desk->board, RUDE);
  leave->connection_id = g_strdup (offer->connection_id);
  rude_peer_send (desk->rude, leave, US);
  desk_settle (desk, 0);
  g_assert_cmpuint (desk->n_failed, ==, 0);
  desk->n_sessions += 2;
}

/* Whoever is refused gets nothing that has begun: neither what we dial, or are about to, nor what they have offered. Who
 * waits for it hears why; others go on. */
static void
test_refuse (Desk *desk, gconstpointer data)
{
  const FrPeerKey *key = fr_identity_get_key (desk->rude->identity);
  g_autoptr (FrIdentity) other = fr_identity_new ();
  g_autoptr (FrSignal) offer
      = rude_peer_make_offer_for (desk->rude, desk->rude->identity, US, desk->sdp, FR_DIAL_PURPOSE_TRANSFER);
  FrDialTarget target = { .address = (char *) RUDE, .key = *key, .key_expected = TRUE };

  dial_nobodies (desk, FR_SWITCHBOARD_MAX_DIALS - 1);
  fr_switchboard_dial_target (desk->board, &target, FR_DIAL_PURPOSE_LINK);
  fr_switchboard_dial_target (desk->board, &target, FR_DIAL_PURPOSE_TRANSFER); /* waits */
  rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0);
  rude_peer_send (desk->rude, offer, US);
  desk_settle (desk, 0);
  desk->n_sessions += 2;
  g_assert_cmpuint (desk->board->dials->len, ==, FR_SWITCHBOARD_MAX_DIALS + 1);
  fr_switchboard_refuse (desk->board, fr_identity_get_key (other), FR_NODE_ERROR_BLOCKED);
  g_assert_cmpuint (desk->n_failed, ==, 0);
  g_assert_true (fr_switchboard_is_dialling (desk->board, &target, FR_DIAL_PURPOSE_TRANSFER));
  fr_switchboard_refuse (desk->board, key, FR_NODE_ERROR_BLOCKED);
  g_assert_cmpuint (desk->n_failed, ==, 2);
  g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_BLOCKED);
  g_assert_false (fr_switchboard_is_dialling (desk->board, &target, FR_DIAL_PURPOSE_LINK));
  g_assert_false (fr_switchboard_is_dialling (desk->board, &target, FR_DIAL_PURPOSE_TRANSFER));
  g_assert_cmpuint (desk->board->dials->len, ==, FR_SWITCHBOARD_MAX_DIALS - 1);
  fr_switchboard_refuse (desk->board, key, FR_NODE_ERROR_BLOCKED);
  g_assert_cmpuint (desk->n_failed, ==, 2);
}

/* Both dial in the same moment: the smaller dial id wins. Whoever gave theirs up for an offer that came to nothing is
 * told, as their own would have told them. */
static void
test_glare (Desk *desk, gconstpointer data)
{
  gboolean theirs_wins = GPOINTER_TO_INT (data);
  g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);
  g_autoptr (FrSignal) leave = fr_signal_new (FR_SIGNAL_LEAVE);

  fr_switchboard_dial (desk->board, RUDE, fr_identity_get_key (desk->rude->identity), FR_DIAL_PURPOSE_LINK);
  desk->n_sessions++;
  leave->connection_id = g_strdup (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0)->connection_id);
  memset (offer->note.dial_id, theirs_wins ? 0 : 0xff, sizeof offer->note.dial_id);
  fr_dial_proof_sign (offer, desk->rude->identity);
  rude_peer_send (desk->rude, offer, US);
  if (theirs_wins)
    {
      desk->n_sessions++;
      rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, 0);
      g_free (leave->connection_id);
      leave->connection_id = g_strdup (offer->connection_id);
    }
  g_assert_cmpuint (desk->n_failed, ==, 0);
  rude_peer_send (desk->rude, leave, US);
  fr_test_wait_until (has_failed, desk, 5);
  g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_NOT_THERE);
  desk_settle (desk, 0);
  g_assert_cmpuint (desk->n_failed, ==, 1);
}

/* An offer of somebody else does not stand for the answer of the one who was dialled. */
static void
test_glare_with_other (Desk *desk, gconstpointer data)
{
  g_autoptr (FrIdentity) expected = fr_identity_new ();
  g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);
  g_autoptr (FrSignal) answer = NULL;

  fr_switchboard_dial (desk->board, RUDE, fr_identity_get_key (expected), FR_DIAL_PURPOSE_LINK);
  answer = fr_signal_copy (rude_peer_await (desk->rude, FR_SIGNAL_OFFER, 0));
  memset (offer->note.dial_id, 0, sizeof offer->note.dial_id);
  fr_dial_proof_sign (offer, desk->rude->identity);
  rude_peer_send (desk->rude, offer, US);
  rude_peer_await (desk->rude, FR_SIGNAL_ANSWER, 0);
  desk->n_sessions += 2;
  answer->type = FR_SIGNAL_ANSWER;
  g_free (answer->src);
  answer->src = g_strdup (RUDE);
  g_free (answer->dst);
  answer->dst = g_strdup (US);
  fr_dial_proof_sign (answer, desk->rude->identity);
  rude_peer_send (desk->rude, answer, US);
  fr_test_wait_until (has_failed, desk, 5);
  g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_OTHER_PERSON);
}

static gboolean
has_route_cb (gpointer data, const FrQueryId *route, const FrPeerKey *key)
{
  return TRUE;
}

static gboolean
send_letter_cb (gpointer data, const FrQueryId *route, const FrPeerKey *key, GBytes *letter)
{
  ++*(guint *) data;
  return TRUE;
}

static gboolean
can_locate_cb (gpointer data)
{
  return FALSE;
}

static FrAdmissionVerdict
ask_cb (const FrPeerKey *key, const char *address, FrDialPurpose purpose, guint n_held, gpointer data)
{
  g_assert_null (address);
  return FR_ADMISSION_ASK;
}

static void
send_in_letter (Desk *desk, FrSignal *offer)
{
  const FrQueryId route = { { 9 } };
  g_autoptr (GPtrArray) signals = g_ptr_array_new ();
  g_autoptr (GBytes) letter = NULL;

  g_ptr_array_add (signals, offer);
  letter = fr_letter_seal (fr_identity_get_key (desk->identity), signals);
  fr_introductions_take_letter (desk->introductions, &route, &offer->note.key, letter);
}

static gboolean
has_incoming (gpointer board)
{
  return fr_switchboard_count_dials (board, FALSE, NULL) > 0;
}

/* Where no server of ours says who is called what, a stranger is one, whatever they call themselves: neither do they get
 * the place of somebody who is dialled by that name, nor are they let in for it. */
static void
test_glare_elsewhere (Desk *desk, gconstpointer data)
{
  const FrLetterCarrier carrier = { has_route_cb, send_letter_cb, can_locate_cb, NULL };
  gboolean by_letter = GPOINTER_TO_INT (data);
  g_autofree char *server_address = NULL;
  FrPeerServer *server = rude_server_new (0, &server_address);
  FrRegistration *doorbell = fr_registration_new (desk->identity);
  g_autoptr (FrIdentity) stranger = fr_identity_new ();
  RudePeer *ringer;
  g_autoptr (FrSignal) offer = NULL;
  guint n_letters = 0;

  g_assert_true (fr_registration_connect (doorbell, server_address, US, NULL));
  fr_test_wait_until (desk_is_online, doorbell, 5);
  fr_introductions_set_doorbell (desk->introductions, doorbell);
  fr_introductions_set_carrier (desk->introductions, &carrier, &n_letters);
  ringer = rude_peer_new (server_address, RUDE);
  fr_switchboard_set_policy (desk->board, ask_cb, NULL, NULL);
  fr_switchboard_dial (desk->board, RUDE, NULL, FR_DIAL_PURPOSE_LINK); /* who is away, say */
  offer = rude_peer_make_offer (ringer, stranger, US, desk->sdp);
  memset (offer->note.dial_id, 0, sizeof offer->note.dial_id); /* nobody's is better */
  fr_dial_proof_sign (offer, stranger);
  if (by_letter)
    send_in_letter (desk, offer);
  else
    rude_peer_send (ringer, offer, US);
  fr_test_wait_until (has_incoming, desk->board, 5);
  g_assert_cmpuint (fr_switchboard_count_dials (desk->board, TRUE, NULL), ==, 1);
  for (guint i = 0; i < desk->board->dials->len; i++)
    {
      FrDial *dial = g_ptr_array_index (desk->board->dials, i);

      g_assert_true (fr_dial_is_outgoing (dial) || (fr_dial_is_held (dial) && !fr_dial_is_wanted (dial)));
    }
  g_assert_cmpuint (desk->n_failed, ==, 0);
  desk->n_sessions += 2;
  fr_switchboard_refuse (desk->board, fr_identity_get_key (stranger), FR_NODE_ERROR_CANCELLED);
  fr_switchboard_set_policy (desk->board, NULL, NULL, NULL);
  fr_introductions_set_carrier (desk->introductions, NULL, NULL);
  fr_introductions_set_doorbell (desk->introductions, NULL);
  fr_test_assert_finalizes (doorbell);
  rude_peer_free (ringer);
  fr_peer_server_stop (server);
  g_object_unref (server);
}

/* A letter that somebody wrote to another, or had us get in their place, is not answered in that one's name; what we are
 * called elsewhere, or may have been, is as good as our address. */
static void
test_letter_to_other (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *to;
    gboolean ours;
  } rows[] = { { "anna", FALSE }, { "us-other", FALSE }, { "use", FALSE },    { US, TRUE },
               { "ours", TRUE },  { "ours-7f3k", TRUE }, { "ours-7", FALSE } };
  const FrLetterCarrier carrier = { has_route_cb, send_letter_cb, can_locate_cb, NULL };
  guint n_letters = 0, n_ours = 0;

  fr_introductions_set_address (desk->introductions, "ours");
  fr_introductions_set_carrier (desk->introductions, &carrier, &n_letters);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrIdentity) stranger = fr_identity_new ();
      g_autofree char *name = g_strdup_printf ("stranger-%" G_GSIZE_FORMAT, i);
      g_autoptr (FrSignal) offer = rude_peer_make_offer (desk->rude, stranger, rows[i].to, desk->sdp);

      g_free (offer->src);
      offer->src = g_steal_pointer (&name);
      fr_dial_proof_sign (offer, stranger);
      send_in_letter (desk, offer);
      n_ours += rows[i].ours;
      g_assert_cmpuint (fr_switchboard_count_dials (desk->board, FALSE, NULL), ==, n_ours);
    }
  desk->n_sessions += n_ours;
  g_object_run_dispose (G_OBJECT (desk->board)); /* before what would carry the answers is gone */
  fr_introductions_set_carrier (desk->introductions, NULL, NULL);
}

void
test_switchboard_dials_add (void)
{
  desk_add_test ("/node/switchboard/replies", test_replies, NULL);
  desk_add_test ("/node/switchboard/at-once", test_at_once, NULL);
  desk_add_test ("/node/switchboard/dials-limit", test_dials_limit, NULL);
  desk_add_test ("/node/switchboard/same-twice", test_same_twice, NULL);
  desk_add_test ("/node/switchboard/linked-already", test_linked_already, NULL);
  desk_add_test ("/node/switchboard/gone-while-linked", test_gone_while_linked, NULL);
  desk_add_test ("/node/switchboard/cancel/going", test_cancel, NULL);
  desk_add_test ("/node/switchboard/cancel/waiting", test_cancel_waiting, NULL);
  desk_add_test ("/node/switchboard/cancel/glare", test_cancel_glare, NULL);
  desk_add_test ("/node/switchboard/refuse", test_refuse, NULL);
  desk_add_test ("/node/switchboard/glare/theirs-wins", test_glare, GINT_TO_POINTER (TRUE));
  desk_add_test ("/node/switchboard/glare/ours-wins", test_glare, GINT_TO_POINTER (FALSE));
  desk_add_test ("/node/switchboard/glare/somebody-else", test_glare_with_other, NULL);
  desk_add_test ("/node/switchboard/letter-to-other", test_letter_to_other, NULL);
  desk_add_test ("/node/switchboard/glare/by-letter", test_glare_elsewhere, GINT_TO_POINTER (TRUE));
  desk_add_test ("/node/switchboard/glare/by-doorbell", test_glare_elsewhere, GINT_TO_POINTER (FALSE));
}
