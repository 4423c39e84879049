/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame.h"
#include "fr-peer-key.h"
#include "fuzz-input.h"

/* Every message by itself: the first byte says which, so that one changed byte does not make another of it. */

#define N_SIGNED 5
#define N_BODIES 40 /* more than Frame has, so unknown ones too */

const gsize fuzz_max_size = FR_FRAME_MAX_SIZE;

static void
parse_signed (guint which, const guint8 *data, gsize size)
{
  g_autoptr (Freshet__HelloBody) hello = NULL;
  g_autoptr (Freshet__QueryBody) query = NULL;
  g_autoptr (Freshet__HitsBody) hits = NULL;
  g_autoptr (Freshet__PeerRecordBody) record = NULL;
  g_autoptr (Freshet__IntroduceBody) introduction = NULL;

  switch (which)
    {
    case 0:
      if (fr_hello_body_parse (data, size, &hello) == FR_WIRE_OK)
        g_assert_cmpuint (hello->n_capabilities, <=, FR_HELLO_MAX_CAPABILITIES);
      break;
    case 1:
      if (fr_query_body_parse (data, size, &query) == FR_WIRE_OK)
        g_assert_true (g_utf8_validate (query->words, -1, NULL));
      break;
    case 2:
      if (fr_hits_body_parse (data, size, &hits) == FR_WIRE_OK)
        for (gsize i = 0; i < hits->n_items; i++)
          g_assert_true (g_utf8_validate (hits->items[i]->title, -1, NULL));
      break;
    case 3:
      if (fr_peer_record_body_parse (data, size, &record) == FR_WIRE_OK)
        g_assert_cmpuint (record->key.len, ==, FR_PEER_KEY_SIZE);
      break;
    default:
      if (fr_introduce_body_parse (data, size, &introduction) == FR_WIRE_OK)
        g_assert_cmpuint (introduction->n_subjects, <=, FR_INTRODUCE_MAX_SUBJECTS);
    }
}

static void
add_varint (GByteArray *bytes, gsize value)
{
  for (; value >= 0x80; value >>= 7)
    g_byte_array_append (bytes, &(guint8) { (guint8) (value | 0x80) }, 1);
  g_byte_array_append (bytes, &(guint8) { (guint8) value }, 1);
}

static void
parse_body (guint number, const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (Freshet__Frame) frame = NULL;

  add_varint (bytes, number << 3 | 2);
  add_varint (bytes, size);
  g_byte_array_append (bytes, data, (guint) size);
  if (fr_frame_parse (bytes->data, bytes->len, &frame) == FR_WIRE_OK)
    g_assert_cmpuint (frame->body_case, ==, number);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint which = fuzz_take_below (&input, N_SIGNED + N_BODIES);

  if (which < N_SIGNED)
    parse_signed (which, input.at, input.left);
  else
    parse_body (which - N_SIGNED, input.at, input.left);
  return 0;
}
