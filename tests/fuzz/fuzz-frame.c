/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-frame.h"
#include "fuzz-input.h"

/* Frames of the control channel, and the signed parts in those that have one. */

const gsize fuzz_max_size = FR_FRAME_MAX_SIZE + 1;

/* What has been taken for valid is so still after it was packed again: relays do that. */
static void
check_again (const Freshet__Frame *frame)
{
  g_autoptr (GBytes) packed = fr_frame_pack (frame);
  g_autoptr (Freshet__Frame) again = NULL;
  g_autoptr (GBytes) packed_again = NULL;

  g_assert_cmpint (fr_frame_parse (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), &again), ==, FR_WIRE_OK);
  g_assert_cmpint (again->body_case, ==, frame->body_case);
  packed_again = fr_frame_pack (again);
  g_assert_true (g_bytes_equal (packed, packed_again));
}

static void
check_signed (const Freshet__Frame *frame)
{
  g_autoptr (Freshet__HelloBody) hello = NULL;
  g_autoptr (Freshet__QueryBody) query = NULL;
  g_autoptr (Freshet__HitsBody) hits = NULL;

  switch ((int) frame->body_case)
    {
    case FRESHET__FRAME__BODY_HELLO:
      fr_hello_body_parse (frame->hello->signed_.data, frame->hello->signed_.len, &hello);
      break;
    case FRESHET__FRAME__BODY_QUERY:
      fr_query_body_parse (frame->query->signed_.data, frame->query->signed_.len, &query);
      g_assert_cmpuint (frame->query->ttl + frame->query->hops, <=, FR_QUERY_MAX_HOPS);
      break;
    case FRESHET__FRAME__BODY_HITS:
      fr_hits_body_parse (frame->hits->signed_.data, frame->hits->signed_.len, &hits);
      break;
    default:
      break;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (Freshet__Frame) frame = NULL, unchecked = NULL;
  FrWireFault fault = fr_frame_parse (data, size, &frame);

  g_assert_true ((frame != NULL) == (fault == FR_WIRE_OK));
  g_assert_nonnull (fr_wire_fault_to_string (fault));
  fr_frame_parse_unchecked (data, size, &unchecked);
  if (frame == NULL)
    return 0;
  g_assert_nonnull (unchecked);
  check_again (frame);
  check_signed (frame);
  return 0;
}
