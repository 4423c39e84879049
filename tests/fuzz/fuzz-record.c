/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-record-check.h"
#include "fr-record.h"
#include "fuzz-input.h"

/* Records of peers: from a file, in frames, and well signed ones that were changed on the way. */

const gsize fuzz_max_size = 4096;

static const FrIdentity *
get_identity (void)
{
  static FrIdentity *identity;

  if (identity == NULL)
    identity = fr_identity_new_from_seed ((const guint8[FR_IDENTITY_SEED_SIZE]) { 7 });
  return identity;
}

static void
check_record (const FrRecord *record)
{
  g_autofree char *key = fr_peer_key_to_string (&record->key);

  g_assert_true (record->name != NULL && record->server != NULL && record->address != NULL && record->doorbell != NULL);
  g_assert_true (g_utf8_validate (record->name, -1, NULL));
  g_assert_cmpuint (g_bytes_get_size (record->packed), <=, FR_RECORD_MAX_SIZE);
}

/* A signed record whose fields are from the input, with some bits changed. */
static void
try_signed (FuzzInput *input)
{
  g_autofree char *name = fuzz_take_text (input, 70), *server = fuzz_take_text (input, 140);
  g_autofree char *address = fuzz_take_text (input, 70), *doorbell = fuzz_take_text (input, 140);
  Freshet__PeerRecord *message = fr_record_sign (get_identity (), name, server, address, doorbell, TRUE);
  g_autoptr (GBytes) packed = fr_message_pack (&message->base);
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (packed, &size), g_bytes_get_size (packed));
  g_auto (FrRecord) record = { 0 }, changed = { 0 };

  if (fr_record_read (message, &record))
    {
      g_assert_cmpstr (record.name, ==, name);
      g_assert_cmpstr (record.server, ==, server);
      check_record (&record);
    }
  for (guint n = 1 + fuzz_take_below (input, 4); n > 0; n--)
    {
      guint at = fuzz_take_below (input, (guint) size);

      data[at] ^= (guint8) fuzz_take_byte (input);
    }
  if (fr_record_parse (data, size, &changed)) /* then nothing of what was signed has changed */
    {
      g_assert_cmpstr (changed.name, ==, name);
      g_assert_cmpstr (changed.doorbell, ==, record.doorbell);
      g_assert_true (fr_peer_key_equal (&changed.key, fr_identity_get_key (get_identity ())));
    }
  fr_record_free_message (message);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  g_autoptr (Freshet__Frame) frame = NULL;
  g_auto (FrRecord) record = { 0 };

  switch (fuzz_take_below (&input, 3))
    {
    case 0:
      try_signed (&input);
      break;
    case 1:
      if (fr_record_parse (input.at, input.left, &record))
        check_record (&record);
      break;
    default:
      if (fr_frame_parse (input.at, input.left, &frame) == FR_WIRE_OK)
        {
          g_assert_cmpuint (fr_record_check_count (frame), <=, FR_SHUFFLE_MAX_RECORDS + 1);
          fr_record_check_frame (frame);
        }
    }
  return 0;
}
