/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-identity.h"
#include "fr-letter.h"
#include "fr-sealed-answer.h"
#include "fuzz-input.h"

/* What strangers have sealed for us, and is parsed once it is open: letters with the signals of a dial, and answers. */

const gsize fuzz_max_size = 4096;

static FrIdentity *identity;
static FrReplyKey reply_key;

static void
set_up (void)
{
  identity = fr_identity_new_from_seed ((const guint8[FR_IDENTITY_SEED_SIZE]) { 9 });
  fr_reply_key_init (&reply_key);
}

static void
open_letter (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) letter = fr_identity_seal (fr_identity_get_key (identity), data, size);
  g_autoptr (GPtrArray) signals = letter != NULL ? fr_letter_open (identity, letter) : NULL;

  if (signals == NULL)
    return;
  g_assert_cmpuint (signals->len, <=, FR_LETTER_MAX_SIGNALS);
  for (guint i = 0; i < signals->len; i++)
    {
      const FrSignal *signal = g_ptr_array_index (signals, i);
      g_autofree char *json = fr_signal_to_json (signal);

      g_assert_true (signal->src != NULL && signal->dst != NULL && signal->connection_id != NULL);
      g_assert_nonnull (json);
    }
}

/* The input is the whole frame inside; outside, it says what relays need. */
static void
open_answer (const guint8 *data, gsize size, guint part)
{
  g_autoptr (GBytes) inner = g_bytes_new (data, size), packed = NULL;
  const FrQueryId query = { { 1, 2, 3, 0xff } };
  const FrPeerKey holder = { { 1, 2, 3, 0xff } };
  g_autoptr (Freshet__Frame) outer = NULL, opened = NULL;

  if (size == 0)
    return;
  packed = fr_sealed_answer_pack (inner, &query, &holder, part, reply_key.public_key);
  if (packed == NULL
      || fr_frame_parse (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), &outer) != FR_WIRE_OK)
    return;
  g_assert_true (fr_sealed_answer_is_sealed (outer));
  opened = fr_sealed_answer_open (outer, &reply_key);
  if (opened == NULL)
    return;
  g_assert_cmpint (opened->body_case, ==, outer->body_case);
  g_assert_false (fr_sealed_answer_is_sealed (opened));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint kind = fuzz_take_below (&input, 4);

  if (identity == NULL)
    set_up ();
  if (kind == 0)
    open_letter (input.at, input.left);
  else
    open_answer (input.at, input.left, kind - 1);
  return 0;
}
