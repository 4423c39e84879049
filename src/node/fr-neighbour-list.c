/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-neighbour-list.h"

#include <string.h>

#include "fr-record.h"

#define MAX_TEXT ((gsize) FR_NEIGHBOUR_LIST_MAX * (FR_RECORD_MAX_SIZE + 2) * 2)

/**
 * fr_neighbour_list_write:
 * @records: (element-type GBytes): packed PeerRecords, the most useful first
 *
 * Writes the first %FR_NEIGHBOUR_LIST_MAX of them: each after its size in two bytes, big end first; then base64.
 *
 * Returns: (transfer full): a text
 */
char *
fr_neighbour_list_write (GPtrArray *records)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < records->len && i < FR_NEIGHBOUR_LIST_MAX; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (records, i), &size);
      const guint8 prefix[2] = { (guint8) (size >> 8), (guint8) size };

      if (size > FR_RECORD_MAX_SIZE)
        continue;
      g_byte_array_append (bytes, prefix, sizeof prefix);
      g_byte_array_append (bytes, data, (guint) size);
    }
  return g_base64_encode (bytes->data, bytes->len);
}

/**
 * fr_neighbour_list_read:
 * @text: (nullable): what fr_neighbour_list_write() wrote, or anything
 *
 * Reads records, and checks that their subjects have signed them; what comes after damage is lost.
 *
 * Returns: (transfer full) (element-type GBytes): the good ones
 */
GPtrArray *
fr_neighbour_list_read (const char *text)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree guint8 *bytes = NULL;
  gsize length = 0;

  if (text == NULL || *text == '\0' || strlen (text) > MAX_TEXT)
    return records;
  bytes = g_base64_decode (text, &length);
  for (gsize at = 0; at + 2 <= length && records->len < FR_NEIGHBOUR_LIST_MAX;)
    {
      g_auto (FrRecord) record = { 0 };
      gsize size = (gsize) bytes[at] << 8 | bytes[at + 1];

      at += 2;
      if (size > length - at)
        break;
      if (fr_record_parse (bytes + at, size, &record))
        g_ptr_array_add (records, g_bytes_ref (record.packed));
      at += size;
    }
  return records;
}
