/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-test-support.h"

#include "node-lab.h"
#include "rude-peer.h"
#include "tests.h"

/* A rendezvous that passes on what it likes: Alice's server and Bob's are two, and at each of them somebody of the
 * test's own has the name of the one who is at the other. */
typedef struct
{
  const char *name;
  FrSignalType rewrites; /* UNKNOWN: nothing */
  const char *from, *to; /* texts in the SDP */
  int code;              /* of the error that Alice's person gets; -1: none */
} Case;

#define FINGERPRINT "a=fingerprint:sha-256 "
#define CANDIDATE "a=candidate:1 1 UDP 1 127.0.0.1 9 typ host\r\n"

static const Case cases[] = {
  { "nothing", FR_SIGNAL_UNKNOWN, NULL, NULL, -1 },
  { "offer-fingerprint", FR_SIGNAL_OFFER, FINGERPRINT, FINGERPRINT "00:", FR_NODE_ERROR_INTERCEPTED },
  { "offer-candidate", FR_SIGNAL_OFFER, "a=setup:", CANDIDATE "a=setup:", FR_NODE_ERROR_INTERCEPTED },
  { "answer-fingerprint", FR_SIGNAL_ANSWER, FINGERPRINT, FINGERPRINT "00:", FR_NODE_ERROR_INTERCEPTED },
  { "answer-candidate", FR_SIGNAL_ANSWER, "a=setup:", CANDIDATE "a=setup:", FR_NODE_ERROR_INTERCEPTED },
};

typedef struct
{
  const Case *test;
  RudePeer *bobs_face;   /* towards Alice */
  RudePeer *alices_face; /* towards Bob */
  guint n_rewritten;
} Rewriter;

static void
pass_on (Rewriter *self, const FrSignal *signal, RudePeer *face)
{
  g_autoptr (FrSignal) copy = fr_signal_copy (signal);

  if (signal->type == self->test->rewrites)
    {
      g_autoptr (GString) sdp = g_string_new (signal->sdp);

      self->n_rewritten += g_string_replace (sdp, self->test->from, self->test->to, 1);
      g_free (copy->sdp);
      copy->sdp = g_strdup (sdp->str);
    }
  rude_peer_send (face, copy, face == self->alices_face ? "bob" : "alice");
}

static void
from_alice_cb (FrRendezvous *rendezvous, const FrSignal *signal, gpointer data)
{
  pass_on (data, signal, ((Rewriter *) data)->alices_face);
}

static void
from_bob_cb (FrRendezvous *rendezvous, const FrSignal *signal, gpointer data)
{
  pass_on (data, signal, ((Rewriter *) data)->bobs_face);
}

static gboolean
is_decided (gpointer data)
{
  return fr_person_get_state (data) == FR_PERSON_HERE || fr_person_get_error (data) != NULL;
}

static void
test_rewriting_server (gconstpointer data)
{
  Rewriter rewriter = { .test = data };
  g_autofree char *alices = NULL, *bobs = NULL;
  g_autoptr (FrPeerServer) alices_server = rude_server_new (0, &alices);
  g_autoptr (FrPeerServer) bobs_server = rude_server_new (0, &bobs);
  NodeLab lab = { 0 };
  FrPerson *person;

  lab_add_node (&lab, "Alice", alices);
  lab_add_node (&lab, "Bob", bobs);
  rewriter.bobs_face = rude_peer_new (alices, "bob");
  rewriter.alices_face = rude_peer_new (bobs, "alice");
  g_signal_connect (rewriter.bobs_face->rendezvous, "signal", G_CALLBACK (from_alice_cb), &rewriter);
  g_signal_connect (rewriter.alices_face->rendezvous, "signal", G_CALLBACK (from_bob_cb), &rewriter);
  person = lab_add_person (lab.nodes[0], "bob");
  fr_test_wait_until (is_decided, person, 15);
  g_assert_cmpuint (rewriter.n_rewritten, ==, rewriter.test->rewrites != FR_SIGNAL_UNKNOWN);
  if (rewriter.test->code < 0)
    g_assert_cmpint (fr_person_get_state (person), ==, FR_PERSON_HERE);
  else
    {
      g_assert_cmpint (fr_person_get_state (person), ==, FR_PERSON_FAILED);
      g_assert_error (fr_person_get_error (person), FR_NODE_ERROR, rewriter.test->code);
      g_assert_cmpuint (fr_people_get_n_here (fr_node_get_people (lab.nodes[1])), ==, 0);
    }
  if (rewriter.test->rewrites == FR_SIGNAL_OFFER)
    g_assert_cmpstr (rude_peer_await (rewriter.alices_face, FR_SIGNAL_LEAVE, 0)->reason, ==, "signature");
  g_signal_handlers_disconnect_by_data (rewriter.bobs_face->rendezvous, &rewriter);
  g_signal_handlers_disconnect_by_data (rewriter.alices_face->rendezvous, &rewriter);
  lab_clear (&lab);
  rude_peer_free (rewriter.bobs_face);
  rude_peer_free (rewriter.alices_face);
}

void
test_rewriting_server_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/node/rewriting-server/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_rewriting_server);
    }
}
