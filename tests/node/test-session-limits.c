/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-node-error.h"
#include "fr-peer-registry.h"
#include "fr-test-support.h"

#include "switchboard-desk.h"
#include "tests.h"

/* How much one peer, or one program, can have of us. And somebody else, with a switchboard as good as ours. */
typedef struct
{
  FrIdentity *identity;
  FrRegistration *registration;
  FrIntroductions *introductions;
  FrSwitchboard *board;
  guint n_linked;
  guint n_failed;
  GError *error;
} Them;

static void
linked_cb (FrSwitchboard *board, FrLink *link, gpointer data)
{
  ((Them *) data)->n_linked++;
}

static void
failed_cb (FrSwitchboard *board, const FrDialTarget *target, guint purpose, const GError *error, gpointer data)
{
  Them *them = data;

  g_clear_error (&them->error);
  them->error = g_error_copy (error);
  them->n_failed++;
}

static void
them_init (Them *them, Desk *desk)
{
  FrWebrtcConfig config = { .loopback_only = TRUE };

  *them = (Them) { .identity = fr_identity_new () };
  them->registration = fr_registration_new (them->identity);
  them->introductions = fr_introductions_new (them->identity, them->registration);
  them->board = fr_switchboard_new (them->identity, them->introductions, &config);
  fr_switchboard_set_name (them->board, "Them");
  g_signal_connect (them->board, "linked", G_CALLBACK (linked_cb), them);
  g_signal_connect (them->board, "dial-failed", G_CALLBACK (failed_cb), them);
  g_assert_true (fr_registration_connect (them->registration, desk->server_address, "them", NULL));
  fr_test_wait_until (desk_is_online, them->registration, 5);
}

static gboolean
has_no_links (gpointer board)
{
  return fr_switchboard_get_links (board)->len == 0;
}

static void
them_clear (Them *them, Desk *desk)
{
  fr_switchboard_close_links (them->board, FRESHET__BYE__REASON__REASON_LEAVING);
  fr_test_wait_until (has_no_links, them->board, 15);
  fr_test_wait_until (has_no_links, desk->board, 15);
  g_object_run_dispose (G_OBJECT (them->board));
  fr_test_assert_finalizes (them->board);
  fr_test_assert_finalizes (them->introductions);
  fr_test_assert_finalizes (them->registration);
  fr_identity_unref (them->identity);
  g_clear_error (&them->error);
}

typedef struct
{
  const guint *count;
  guint wanted;
} Count;

static gboolean
is_reached (gpointer data)
{
  const Count *count = data;

  return *count->count >= count->wanted;
}

/* Each side has its end of a link when the greeting of the other has come: one of them before the other. */
static void
await_links (Desk *desk, Them *them, guint n)
{
  fr_test_wait_until (is_reached, &(Count) { &them->n_linked, n }, 15);
  fr_test_wait_until (is_reached, &(Count) { &fr_switchboard_get_links (desk->board)->len, n }, 15);
}

/* One key has so many sessions for pictures open to us, and not one more; a link is another matter. */
static void
test_picture_sessions (Desk *desk, gconstpointer data)
{
  const FrPeerKey *us = fr_identity_get_key (desk->identity);
  Them them;

  them_init (&them, desk);
  for (guint i = 0; i < FR_SWITCHBOARD_MAX_TRANSFERS; i++)
    {
      fr_switchboard_dial (them.board, US, us, FR_DIAL_PURPOSE_TRANSFER);
      await_links (desk, &them, i + 1);
      desk->n_sessions += 2;
    }
  g_assert_cmpuint (them.n_failed, ==, 0);
  fr_switchboard_dial (them.board, US, us, FR_DIAL_PURPOSE_TRANSFER);
  fr_test_wait_until (is_reached, &(Count) { &them.n_failed, 1 }, 15);
  g_assert_error (them.error, FR_NODE_ERROR, FR_NODE_ERROR_BUSY);
  desk->n_sessions++; /* theirs, for the offer */
  fr_switchboard_dial (them.board, US, us, FR_DIAL_PURPOSE_LINK);
  await_links (desk, &them, FR_SWITCHBOARD_MAX_TRANSFERS + 1);
  desk->n_sessions += 2;
  g_assert_cmpuint (fr_switchboard_get_links (desk->board)->len, ==, FR_SWITCHBOARD_MAX_TRANSFERS + 1);
  them_clear (&them, desk);
}

static void
count_offer_cb (FrIntroductions *introductions, const FrSignal *signal, guint way, gpointer data)
{
  if (signal->type == FR_SIGNAL_OFFER)
    (*(guint *) data)++;
}

/* Offers of other programs beyond what anybody makes by hand are neither answered nor told of. */
static void
test_other_programs (Desk *desk, gconstpointer data)
{
  const guint n_offers = 4 * FR_SWITCHBOARD_OFFER_BURST; /* more than are let through in any time that this may take */
  guint n_taken = 0, n_leaves = 0;

  g_signal_connect_after (desk->introductions, "signal", G_CALLBACK (count_offer_cb), &n_taken);
  for (guint i = 0; i < n_offers; i++)
    {
      g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);

      offer->has_note = FALSE;
      rude_peer_send (desk->rude, offer, US);
    }
  fr_test_wait_until (is_reached, &(Count) { &n_taken, n_offers }, 10);
  g_assert_cmpuint (desk->n_other_program, >=, FR_SWITCHBOARD_OFFER_BURST);
  g_assert_cmpuint (desk->n_other_program, <, n_offers);
  rude_peer_await (desk->rude, FR_SIGNAL_LEAVE, desk->n_other_program - 1);
  for (guint i = 0; i < desk->rude->signals->len; i++)
    n_leaves += ((FrSignal *) g_ptr_array_index (desk->rude->signals, i))->type == FR_SIGNAL_LEAVE;
  g_assert_cmpuint (n_leaves, ==, desk->n_other_program);
  g_signal_handlers_disconnect_by_data (desk->introductions, &n_taken);
}

/* Offers of which each is refused: of so many that is said, and no more in the time that this takes; else the server would
 * have enough of us. */
static void
test_leave_burst (Desk *desk, gconstpointer data)
{
  const guint n_offers = 2 * FR_SWITCHBOARD_LEAVE_BURST;
  g_autoptr (FrSignal) last = fr_signal_new (FR_SIGNAL_CANDIDATE);
  guint n_taken = 0, n_leaves = 0;

  G_STATIC_ASSERT (FR_SWITCHBOARD_LEAVE_BURST < FR_PEER_REGISTRY_BURST / 2);
  G_STATIC_ASSERT (FR_SWITCHBOARD_LEAVE_RATE < FR_PEER_REGISTRY_RATE / 2);
  g_signal_connect_after (desk->introductions, "signal", G_CALLBACK (count_offer_cb), &n_taken);
  for (guint i = 0; i < n_offers; i++)
    {
      g_autoptr (FrSignal) offer = desk_make_offer (desk, desk->rude);

      offer->note.signature[3] ^= 1;
      rude_peer_send (desk->rude, offer, US);
    }
  fr_test_wait_until (is_reached, &(Count) { &n_taken, n_offers }, 10);
  last->src = g_strdup (US);
  last->dst = g_strdup (RUDE);
  last->candidate = g_strdup ("");
  last->connection_id = g_strdup ("last");
  g_assert_true (fr_registration_send (desk->registration, last));
  rude_peer_await (desk->rude, FR_SIGNAL_CANDIDATE, 0);
  for (guint i = 0; i < desk->rude->signals->len; i++)
    n_leaves += ((FrSignal *) g_ptr_array_index (desk->rude->signals, i))->type == FR_SIGNAL_LEAVE;
  g_assert_cmpuint (n_leaves, >=, FR_SWITCHBOARD_LEAVE_BURST);
  g_assert_cmpuint (n_leaves, <, n_offers);
  g_assert_true (desk_is_online (desk->registration));
  g_signal_handlers_disconnect_by_data (desk->introductions, &n_taken);
}

/* Who waits to be dialled and has linked by then is not dialled any more. Those before them are there and do not answer:
 * the server would soon say of others that they are not. */
static void
test_linked_while_waiting (Desk *desk, gconstpointer data)
{
  RudePeer *silent[FR_SWITCHBOARD_MAX_DIALS];
  FrDialTarget target;
  Them them;

  them_init (&them, desk);
  target = (FrDialTarget) { .address = (char *) "them", .key_expected = TRUE, .key = *fr_identity_get_key (them.identity) };
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      g_autofree char *address = g_strdup_printf ("silent-%u", i);

      silent[i] = rude_peer_new (desk->server_address, address);
    }
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      g_autofree char *address = g_strdup_printf ("silent-%u", i);

      fr_switchboard_dial (desk->board, address, NULL, FR_DIAL_PURPOSE_LINK);
    }
  desk->n_sessions += FR_SWITCHBOARD_MAX_DIALS;
  fr_switchboard_dial_target (desk->board, &target, FR_DIAL_PURPOSE_LINK);
  g_assert_true (fr_switchboard_is_dialling (desk->board, &target, FR_DIAL_PURPOSE_LINK));
  fr_switchboard_dial (them.board, US, fr_identity_get_key (desk->identity), FR_DIAL_PURPOSE_LINK);
  await_links (desk, &them, 1);
  desk->n_sessions += 2;
  fr_switchboard_cancel_dial (desk->board, "silent-0"); /* now it is their turn */
  g_assert_false (fr_switchboard_is_dialling (desk->board, &target, FR_DIAL_PURPOSE_LINK));
  desk_settle (desk, 0);
  g_assert_cmpuint (desk->n_failed, ==, 0);
  g_assert_cmpuint (fr_switchboard_get_links (desk->board)->len, ==, 1);
  them_clear (&them, desk);
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    rude_peer_free (silent[i]);
}

static FrAdmissionVerdict
ask_cb (const FrPeerKey *key, const char *address, FrDialPurpose purpose, guint n_held, gpointer data)
{
  return FR_ADMISSION_ASK;
}

typedef struct
{
  Desk *desk;
  Them *them;
} Both;

static gboolean
have_one_usable (gpointer data)
{
  const Both *both = data;
  FrLink *link = fr_switchboard_find_link (both->desk->board, fr_identity_get_key (both->them->identity),
                                           FRESHET__PURPOSE__PURPOSE_LINK);

  return link != NULL && fr_link_is_usable (link) && fr_switchboard_get_links (both->desk->board)->len == 1;
}

/* A session that waits for the person does not take the place of one that nobody has to decide about. Which dial id is
 * better is left to chance, so there are several. */
static void
test_held_and_dialled (Desk *desk, gconstpointer data)
{
  const FrPeerKey *us = fr_identity_get_key (desk->identity);
  guint n_linked = 0;
  Them them;

  them_init (&them, desk);
  fr_switchboard_set_policy (desk->board, ask_cb, NULL, NULL);
  for (guint i = 0; i < 4; i++)
    {
      fr_switchboard_dial (them.board, US, us, FR_DIAL_PURPOSE_LINK);
      fr_test_wait_until (is_reached, &(Count) { &them.n_linked, ++n_linked }, 15);
      fr_switchboard_dial (desk->board, "them", NULL, FR_DIAL_PURPOSE_LINK);
      fr_test_wait_until (is_reached, &(Count) { &them.n_linked, ++n_linked }, 15);
      desk->n_sessions += 4;
      fr_test_wait_until (have_one_usable, &(Both) { desk, &them }, 5);
      fr_switchboard_close_links (desk->board, FRESHET__BYE__REASON__REASON_LEAVING);
      fr_test_wait_until (has_no_links, them.board, 5);
      fr_test_wait_until (has_no_links, desk->board, 5);
    }
  fr_switchboard_set_policy (desk->board, NULL, NULL, NULL);
  them_clear (&them, desk);
}

static gboolean
nobody_cb (const FrPeerKey *key, guint *out_code, gpointer data)
{
  ++*(guint *) data;
  *out_code = FR_NODE_ERROR_KEPT_OUT;
  return FALSE;
}

/* Whom the policy keeps out is not dialled, for whatever; that is seen before anything is made or sent. */
static void
test_kept_out (Desk *desk, gconstpointer data)
{
  static const FrDialPurpose purposes[] = { FR_DIAL_PURPOSE_LINK, FR_DIAL_PURPOSE_TRANSFER };
  guint n_asked = 0;

  fr_switchboard_set_policy (desk->board, NULL, nobody_cb, &n_asked);
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    {
      fr_switchboard_dial (desk->board, RUDE, fr_identity_get_key (desk->rude->identity), purposes[i]);
      g_assert_cmpuint (n_asked, ==, i + 1);
      g_assert_cmpuint (desk->n_failed, ==, i + 1);
      g_assert_error (desk->error, FR_NODE_ERROR, FR_NODE_ERROR_KEPT_OUT);
    }
  desk_settle (desk, 0);
  g_assert_cmpuint (desk->rude->signals->len, ==, 1); /* no offer */
  fr_switchboard_set_policy (desk->board, NULL, NULL, NULL);
}

void
test_session_limits_add (void)
{
  desk_add_test ("/node/session-limits/pictures", test_picture_sessions, NULL);
  desk_add_test ("/node/session-limits/other-programs", test_other_programs, NULL);
  desk_add_test ("/node/session-limits/leave-burst", test_leave_burst, NULL);
  desk_add_test ("/node/session-limits/kept-out", test_kept_out, NULL);
  desk_add_test ("/node/session-limits/held-and-dialled", test_held_and_dialled, NULL);
  desk_add_test ("/node/session-limits/linked-while-waiting", test_linked_while_waiting, NULL);
}
