/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-dial-proof.h"

#include <string.h>

static void
append_number (GByteArray *bytes, guint32 number)
{
  guint32 big_endian = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &big_endian, sizeof big_endian);
}

static void
append_string (GByteArray *bytes, const char *text)
{
  guint32 size = text != NULL ? (guint32) strlen (text) : 0;

  append_number (bytes, size);
  g_byte_array_append (bytes, (const guint8 *) text, size);
}

/* What is signed: every number and string with its length, so that no two signals give the same bytes. */
static GByteArray *
signed_bytes (const FrSignal *signal)
{
  GByteArray *bytes = g_byte_array_new ();

  append_number (bytes, signal->type == FR_SIGNAL_OFFER ? 'O' : 'A');
  append_number (bytes, signal->note.version_min);
  append_number (bytes, signal->note.version_max);
  append_number (bytes, signal->note.purpose);
  g_byte_array_append (bytes, signal->note.dial_id, sizeof signal->note.dial_id);
  append_string (bytes, signal->src);
  append_string (bytes, signal->dst);
  append_string (bytes, signal->sdp);
  return bytes;
}

/**
 * fr_dial_proof_sign:
 * @signal: an offer or an answer, complete but for the key and the signature in its note
 * @identity: who sends it
 *
 * Puts key and signature into the note of a signal. `src` must be the id that the server will give as ours.
 */
void
fr_dial_proof_sign (FrSignal *signal, const FrIdentity *identity)
{
  g_autoptr (GByteArray) bytes = NULL;

  signal->has_note = TRUE;
  signal->note.key = *fr_identity_get_key (identity);
  bytes = signed_bytes (signal);
  fr_identity_sign (identity, FR_SIGN_DIAL, bytes->data, bytes->len, signal->note.signature);
}

/**
 * fr_dial_proof_verify:
 * @signal: an offer or an answer, as it came
 *
 * Returns: whether the signal carries a note that the key in it has signed
 */
gboolean
fr_dial_proof_verify (const FrSignal *signal)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (!signal->has_note)
    return FALSE;
  bytes = signed_bytes (signal);
  return fr_identity_verify (&signal->note.key, FR_SIGN_DIAL, bytes->data, bytes->len, signal->note.signature,
                             sizeof signal->note.signature);
}
