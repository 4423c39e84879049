/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-bulk-header.h"

#include "fr-content-id.h"

#include <string.h>

G_STATIC_ASSERT (FR_BULK_HEADER_SIZE + FR_BULK_DATA_MAX <= FR_MESSAGE_MAX_SIZE);
G_STATIC_ASSERT (FR_PICTURE_MAX_SIZE == (guint64) FR_BULK_MAX_BLOCKS * FR_BLOCK_SIZE);

static gboolean
is_in_range (const FrBulkHeader *header)
{
  return header->block < FR_BULK_MAX_BLOCKS
         && header->length > 0 && header->length <= FR_BULK_DATA_MAX
         && header->offset <= FR_BLOCK_SIZE - header->length;
}

/**
 * fr_bulk_pack:
 * @header: what follows: 1 to %FR_BULK_DATA_MAX bytes that lie within one block
 * @data: (array): @header->length bytes
 *
 * Returns: (transfer full): the message
 */
GBytes *
fr_bulk_pack (const FrBulkHeader *header, const void *data)
{
  guint32 words[4];
  guint8 *message;

  g_return_val_if_fail (is_in_range (header), NULL);
  g_return_val_if_fail (data != NULL, NULL);

  words[0] = GUINT32_TO_BE (header->transfer);
  words[1] = GUINT32_TO_BE (header->block);
  words[2] = GUINT32_TO_BE (header->offset);
  words[3] = GUINT32_TO_BE (header->length);
  message = g_malloc (FR_BULK_HEADER_SIZE + header->length);
  memcpy (message, words, FR_BULK_HEADER_SIZE);
  memcpy (message + FR_BULK_HEADER_SIZE, data, header->length);
  return g_bytes_new_take (message, FR_BULK_HEADER_SIZE + header->length);
}

/**
 * fr_bulk_parse:
 * @message: a message of the bulk channel
 * @out_header: (out caller-allocates): what follows, its ranges checked; untouched on failure
 * @out_data: (out) (transfer none): @out_header->length bytes inside @message; untouched on failure
 *
 * Whether the transfer is one, and whether its picture has such a block, is for the caller to ask.
 *
 * Returns: %FR_WIRE_OK, or what is wrong
 */
FrWireFault
fr_bulk_parse (GBytes *message, FrBulkHeader *out_header, const guint8 **out_data)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  guint32 words[4];
  FrBulkHeader header;

  if (size > FR_BULK_HEADER_SIZE + FR_BULK_DATA_MAX)
    return FR_WIRE_TOO_LONG;
  if (size < FR_BULK_HEADER_SIZE)
    return FR_WIRE_MALFORMED;
  memcpy (words, data, FR_BULK_HEADER_SIZE);
  header.transfer = GUINT32_FROM_BE (words[0]);
  header.block = GUINT32_FROM_BE (words[1]);
  header.offset = GUINT32_FROM_BE (words[2]);
  header.length = GUINT32_FROM_BE (words[3]);
  if (header.length != size - FR_BULK_HEADER_SIZE || !is_in_range (&header))
    return FR_WIRE_INVALID;
  *out_header = header;
  *out_data = data + FR_BULK_HEADER_SIZE;
  return FR_WIRE_OK;
}
