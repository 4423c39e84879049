/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-proof.h"
#include "fr-letter.h"
#include "fr-test-support.h"

#include "introduction-pair.h"
#include "tests.h"

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

  pair_make_route (pair);
  pair->anna.loses = TRUE;
  ben = pair_get_target (&pair->ben, "ben");
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
  pair_make_route (pair);
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

void
test_letters_add (void)
{
  g_test_add ("/node/letters/slow-candidates", Pair, NULL, pair_set_up, test_slow_candidates, pair_tear_down);
  g_test_add ("/node/letters/bad", Pair, NULL, pair_set_up, test_bad_letters, pair_tear_down);
  g_test_add_func ("/node/letters/bounds", test_letter_bounds);
}
