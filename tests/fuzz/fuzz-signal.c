/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-json-guard.h"
#include "fr-signal.h"
#include "fuzz-input.h"

/* What a PeerServer sends, and what peers send through it. */

const gsize fuzz_max_size = 4096;

static void
assert_same (const FrSignal *a, const FrSignal *b)
{
  g_assert_cmpint (a->type, ==, b->type);
  g_assert_cmpstr (a->src, ==, b->src);
  g_assert_cmpstr (a->dst, ==, b->dst);
  g_assert_cmpstr (a->connection_id, ==, b->connection_id);
  g_assert_cmpstr (a->sdp, ==, b->sdp);
  g_assert_cmpstr (a->candidate, ==, b->candidate);
  g_assert_cmpstr (a->reason, ==, b->reason);
  g_assert_cmpuint (a->mline, ==, b->mline);
  g_assert_true (a->has_note == b->has_note);
  g_assert_true (!a->has_note || fr_dial_note_equal (&a->note, &b->note));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FrSignal) signal = fr_signal_parse ((const char *) data, (gssize) size, &error);
  g_autoptr (FrSignal) again = NULL;
  g_autofree char *json = NULL;

  g_assert_true ((signal == NULL) == (error != NULL));
  if (signal == NULL || signal->type == FR_SIGNAL_UNKNOWN)
    return 0;
  json = fr_signal_to_json (signal);
  if (strlen (json) > FR_JSON_MAX_SIZE)
    return 0;
  again = fr_signal_parse (json, -1, &error);
  g_assert_no_error (error);
  assert_same (signal, again);
  return 0;
}
