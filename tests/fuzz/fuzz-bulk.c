/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bulk-header.h"
#include "fr-content-id.h"
#include "fuzz-input.h"

/* Messages of the bulk channel, and manifests. */

const gsize fuzz_max_size = 40000; /* a page of a manifest has 32 KiB */

static void
try_bulk (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) message = g_bytes_new_static (data, size), packed = NULL;
  FrBulkHeader header;
  const guint8 *piece = NULL;

  if (fr_bulk_parse (message, &header, &piece) != FR_WIRE_OK)
    return;
  g_assert_cmpuint (header.length, ==, size - FR_BULK_HEADER_SIZE);
  g_assert_cmpuint (header.block, <, FR_BULK_MAX_BLOCKS);
  g_assert_cmpuint ((guint64) header.offset + header.length, <=, FR_BLOCK_SIZE);
  packed = fr_bulk_pack (&header, piece);
  g_assert_true (g_bytes_equal (packed, message));
}

static void
try_manifest (const guint8 *data, gsize size)
{
  g_autoptr (Freshet__Frame) frame = NULL;
  const Freshet__Manifest *manifest;

  if (fr_frame_parse (data, size, &frame) != FR_WIRE_OK || frame->body_case != FRESHET__FRAME__BODY_MANIFEST)
    return;
  manifest = frame->manifest;
  g_assert_cmpuint (manifest->hashes.len % sizeof (FrBlockHash), ==, 0);
  g_assert_cmpuint (manifest->hashes.len, <=, FR_MANIFEST_PAGE_BLOCKS * sizeof (FrBlockHash));
  g_assert_cmpuint (manifest->size, <=, FR_PICTURE_MAX_SIZE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  try_bulk (data, size);
  try_manifest (data, size);
  return 0;
}
