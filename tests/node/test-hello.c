/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hello.h"

#include <string.h>

#include "tests.h"

static FrSessionFacts
make_facts (void)
{
  FrSessionFacts facts = { .purpose = FRESHET__PURPOSE__PURPOSE_LINK };

  memset (facts.dial_id, 1, sizeof facts.dial_id);
  memset (facts.dialler_certificate, 2, sizeof facts.dialler_certificate);
  memset (facts.answerer_certificate, 3, sizeof facts.answerer_certificate);
  return facts;
}

/* Alice dials; what she greets with is checked as Bob, who may see the session differently, would. */
static FrHelloFault
greet (const FrIdentity *speaker, Freshet__Role said_role, const FrSessionFacts *said, const FrPeerKey *expected,
       Freshet__Role role, const FrSessionFacts *seen)
{
  g_autoptr (GBytes) bytes = fr_hello_pack (speaker, "Alice", said_role, said, TRUE);
  g_autoptr (Freshet__Frame) frame = NULL;
  g_autofree char *name = NULL;
  gboolean waiting = FALSE;
  FrHelloFault fault;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  fault = fr_hello_check (frame->hello, role, seen, expected, &name, &waiting);
  g_assert_cmpstr (name, ==, fault == FR_HELLO_OK ? "Alice" : NULL);
  g_assert_true (waiting == (fault == FR_HELLO_OK));
  return fault;
}

static void
test_good (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  FrSessionFacts facts = make_facts ();

  g_assert_cmpint (greet (alice, FRESHET__ROLE__ROLE_DIALLER, &facts, fr_identity_get_key (alice),
                          FRESHET__ROLE__ROLE_DIALLER, &facts),
                   ==, FR_HELLO_OK);
}

/* Somebody in the middle has two DTLS connections, with a certificate of its own on either: each fact alone gives it
 * away, whichever side it is on. */
static void
test_other_session (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  const gsize offsets[] = { G_STRUCT_OFFSET (FrSessionFacts, dial_id),
                            G_STRUCT_OFFSET (FrSessionFacts, dialler_certificate),
                            G_STRUCT_OFFSET (FrSessionFacts, answerer_certificate) };
  FrSessionFacts said = make_facts (), seen;

  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      seen = said;
      ((guint8 *) &seen)[offsets[i]] ^= 1;
      g_assert_cmpint (greet (alice, FRESHET__ROLE__ROLE_DIALLER, &said, fr_identity_get_key (alice),
                              FRESHET__ROLE__ROLE_DIALLER, &seen),
                       ==, FR_HELLO_OTHER_SESSION);
    }
  seen = said;
  seen.purpose = FRESHET__PURPOSE__PURPOSE_TRANSFER;
  g_assert_cmpint (greet (alice, FRESHET__ROLE__ROLE_DIALLER, &said, fr_identity_get_key (alice),
                          FRESHET__ROLE__ROLE_DIALLER, &seen),
                   ==, FR_HELLO_OTHER_SESSION);
}

/* Our own greeting thrown back at us. */
static void
test_reflected (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  FrSessionFacts facts = make_facts ();

  g_assert_cmpint (greet (alice, FRESHET__ROLE__ROLE_DIALLER, &facts, fr_identity_get_key (alice),
                          FRESHET__ROLE__ROLE_ANSWERER, &facts),
                   ==, FR_HELLO_OTHER_SESSION);
}

static void
test_other_key (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  g_autoptr (FrIdentity) mallory = fr_identity_new ();
  FrSessionFacts facts = make_facts ();

  g_assert_cmpint (greet (mallory, FRESHET__ROLE__ROLE_DIALLER, &facts, fr_identity_get_key (alice),
                          FRESHET__ROLE__ROLE_DIALLER, &facts),
                   ==, FR_HELLO_OTHER_KEY);
}

/* Every byte of what is signed, changed. */
static void
test_altered (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  FrSessionFacts facts = make_facts ();
  g_autoptr (GBytes) bytes = fr_hello_pack (alice, "Alice", FRESHET__ROLE__ROLE_DIALLER, &facts, FALSE);
  g_autoptr (Freshet__Frame) frame = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  for (gsize i = 0; i < frame->hello->signed_.len; i++)
    {
      g_autofree char *name = NULL;
      gboolean waiting = FALSE;

      frame->hello->signed_.data[i] ^= 1;
      g_assert_cmpint (fr_hello_check (frame->hello, FRESHET__ROLE__ROLE_DIALLER, &facts,
                                       fr_identity_get_key (alice), &name, &waiting),
                       !=, FR_HELLO_OK);
      frame->hello->signed_.data[i] ^= 1;
    }
}

/* A version of the protocol that is yet to come. */
static void
test_newer_version (void)
{
  g_autoptr (FrIdentity) alice = fr_identity_new ();
  FrSessionFacts facts = make_facts ();
  g_autoptr (GBytes) bytes = fr_hello_pack (alice, "Alice", FRESHET__ROLE__ROLE_DIALLER, &facts, FALSE);
  g_autoptr (Freshet__Frame) frame = NULL;
  g_autoptr (Freshet__HelloBody) body = NULL;
  g_autoptr (GBytes) newer = NULL;
  Freshet__Hello hello = FRESHET__HELLO__INIT;
  guint8 signature[FR_SIGNATURE_SIZE];
  g_autofree char *name = NULL;
  gboolean waiting = FALSE;
  gsize size;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &frame), ==, FR_WIRE_OK);
  g_assert_cmpint (fr_hello_body_parse (frame->hello->signed_.data, frame->hello->signed_.len, &body), ==, FR_WIRE_OK);
  body->version_min = FR_PROTOCOL_VERSION + 1;
  body->version_max = FR_PROTOCOL_VERSION + 3;
  newer = fr_message_pack (&body->base);
  hello.signed_.data = (guint8 *) g_bytes_get_data (newer, &size);
  hello.signed_.len = size;
  hello.signature.data = signature;
  hello.signature.len = sizeof signature;
  fr_identity_sign (alice, FR_SIGN_HELLO, hello.signed_.data, size, signature);
  g_assert_cmpint (fr_hello_check (&hello, FRESHET__ROLE__ROLE_DIALLER, &facts, fr_identity_get_key (alice), &name,
                                   &waiting),
                   ==, FR_HELLO_VERSION);
}

void
test_hello_add (void)
{
  g_test_add_func ("/node/hello/good", test_good);
  g_test_add_func ("/node/hello/other-session", test_other_session);
  g_test_add_func ("/node/hello/reflected", test_reflected);
  g_test_add_func ("/node/hello/other-key", test_other_key);
  g_test_add_func ("/node/hello/altered", test_altered);
  g_test_add_func ("/node/hello/newer-version", test_newer_version);
}
