/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-proof.h"

#include "tests.h"

static FrSignal *
make_offer (const FrIdentity *identity)
{
  FrSignal *offer = fr_signal_new (FR_SIGNAL_OFFER);

  offer->src = g_strdup ("alice");
  offer->dst = g_strdup ("bob");
  offer->sdp = g_strdup ("v=0");
  offer->note.version_min = offer->note.version_max = 1;
  offer->note.purpose = FR_DIAL_PURPOSE_LINK;
  offer->note.dial_id[0] = 9;
  fr_dial_proof_sign (offer, identity);
  return offer;
}

static void
test_good (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  g_autoptr (FrSignal) offer = make_offer (alice);

  g_assert_true (fr_dial_proof_verify (offer));
  g_assert_true (fr_peer_key_equal (&offer->note.key, fr_identity_get_key (alice)));
}

/* What the server, or anybody on the way, may have changed. */
static void
test_altered (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  g_autoptr (FrIdentity) mallory = fr_identity_new ();

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (FrSignal) offer = make_offer (alice);

      switch (i)
        {
        case 0:
          offer->type = FR_SIGNAL_ANSWER;
          break;
        case 1:
          offer->sdp[0] = 'w';
          break;
        case 2:
          offer->src[0] = 'A';
          break;
        case 3:
          offer->dst[0] = 'B';
          break;
        case 4:
          offer->note.purpose = FR_DIAL_PURPOSE_TRANSFER;
          break;
        case 5:
          offer->note.version_max = 2;
          break;
        case 6:
          offer->note.dial_id[15] = 1;
          break;
        case 7:
          offer->note.key = *fr_identity_get_key (mallory);
          break;
        case 8:
          offer->note.signature[0] ^= 1;
          break;
        default:
          offer->has_note = FALSE;
          break;
        }
      g_assert_false (fr_dial_proof_verify (offer));
    }
}

/* "ab" + "c" must not sign the same bytes as "a" + "bc". */
static void
test_no_ambiguity (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  g_autoptr (FrSignal) offer = make_offer (alice);

  g_free (offer->src);
  g_free (offer->dst);
  offer->src = g_strdup ("aliceb");
  offer->dst = g_strdup ("ob");
  g_assert_false (fr_dial_proof_verify (offer));
}

void
test_dial_proof_add (void)
{
  g_test_add_func ("/node/dial-proof/good", test_good);
  g_test_add_func ("/node/dial-proof/altered", test_altered);
  g_test_add_func ("/node/dial-proof/no-ambiguity", test_no_ambiguity);
}
