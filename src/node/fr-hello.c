/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-hello.h"

#include <string.h>

static ProtobufCBinaryData
binary (const void *data, gsize size)
{
  return (ProtobufCBinaryData) { .len = size, .data = (guint8 *) data };
}

static gboolean
same (ProtobufCBinaryData a, const guint8 *b, gsize size)
{
  return a.len == size && memcmp (a.data, b, size) == 0;
}

/**
 * fr_hello_pack:
 * @identity: who we are
 * @name: what people call us, a valid name
 * @role: our role in this session
 * @facts: the session
 * @waiting: whether the person here has yet to decide
 *
 * Makes the first frame of a session.
 *
 * Returns: (transfer full): a frame as bytes
 */
GBytes *
fr_hello_pack (const FrIdentity *identity, const char *name, Freshet__Role role, const FrSessionFacts *facts,
               gboolean waiting)
{
  Freshet__HelloBody body = FRESHET__HELLO_BODY__INIT;
  Freshet__Hello hello = FRESHET__HELLO__INIT;
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  g_autoptr (GBytes) packed = NULL;
  guint8 signature[FR_SIGNATURE_SIZE];
  gsize size;
  const void *data;

  body.version_min = body.version_max = FR_PROTOCOL_VERSION;
  body.key = binary (fr_identity_get_key (identity)->bytes, FR_PEER_KEY_SIZE);
  body.name = (char *) name;
  body.purpose = facts->purpose;
  body.role = role;
  body.dialler_certificate = binary (facts->dialler_certificate, FR_CERTIFICATE_HASH_SIZE);
  body.answerer_certificate = binary (facts->answerer_certificate, FR_CERTIFICATE_HASH_SIZE);
  body.dial_id = binary (facts->dial_id, FR_DIAL_ID_SIZE);
  body.waiting = waiting;
  packed = fr_message_pack (&body.base);
  data = g_bytes_get_data (packed, &size);
  fr_identity_sign (identity, FR_SIGN_HELLO, data, size, signature);

  hello.signed_ = binary (data, size);
  hello.signature = binary (signature, sizeof signature);
  frame.body_case = FRESHET__FRAME__BODY_HELLO;
  frame.hello = &hello;
  return fr_frame_pack (&frame);
}

/**
 * fr_hello_check:
 * @hello: what came
 * @role: the role that the other side has
 * @facts: the session as we see it
 * @expected: the key that the dial was signed with
 * @out_name: (out): what people call the other side; untouched on failure
 * @out_waiting: (out): whether the person there has yet to decide; untouched on failure
 *
 * Checks that the other side of a session is who it was dialled as, on this very connection.
 *
 * Returns: %FR_HELLO_OK, or what is wrong
 */
FrHelloFault
fr_hello_check (const Freshet__Hello *hello, Freshet__Role role, const FrSessionFacts *facts,
                const FrPeerKey *expected, char **out_name, gboolean *out_waiting)
{
  g_autoptr (Freshet__HelloBody) body = NULL;
  FrPeerKey key;

  if (fr_hello_body_parse (hello->signed_.data, hello->signed_.len, &body) != FR_WIRE_OK
      || !fr_peer_key_from_bytes (&key, body->key.data, body->key.len))
    return FR_HELLO_MALFORMED;
  if (!fr_identity_verify (&key, FR_SIGN_HELLO, hello->signed_.data, hello->signed_.len, hello->signature.data,
                           hello->signature.len))
    return FR_HELLO_SIGNATURE;
  if (!fr_peer_key_equal (&key, expected))
    return FR_HELLO_OTHER_KEY;
  if (body->version_min > FR_PROTOCOL_VERSION || body->version_max < FR_PROTOCOL_VERSION)
    return FR_HELLO_VERSION;
  if (body->purpose != facts->purpose || body->role != role
      || !same (body->dial_id, facts->dial_id, FR_DIAL_ID_SIZE)
      || !same (body->dialler_certificate, facts->dialler_certificate, FR_CERTIFICATE_HASH_SIZE)
      || !same (body->answerer_certificate, facts->answerer_certificate, FR_CERTIFICATE_HASH_SIZE))
    return FR_HELLO_OTHER_SESSION;
  *out_name = g_strdup (body->name);
  *out_waiting = body->waiting;
  return FR_HELLO_OK;
}
