/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-form-check.h"

#include <string.h>

#include "fr-blob-check.h"
#include "fr-form-table.h"

/* The sizes of a WebP's header: "RIFF", the size of what follows, "WEBP". */
#define RIFF_HEADER_SIZE 12
#define RIFF_UNCOUNTED 8

/**
 * fr_form_is_encoded:
 * @bytes: a thumbnail or a preview
 *
 * Looks only at both ends. Nothing but freshet-image decodes pictures.
 *
 * Returns: whether it can be a JPEG or a WebP that is all there
 */
gboolean
fr_form_is_encoded (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint32 counted;

  if (size >= 4 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return memcmp (data + size - 2, "\xff\xd9", 2) == 0;
  if (size < RIFF_HEADER_SIZE || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WEBP", 4) != 0)
    return FALSE;
  memcpy (&counted, data + 4, sizeof counted);
  return (guint64) GUINT32_FROM_LE (counted) + RIFF_UNCOUNTED == size;
}

static gboolean
has_right_hashes (FrCatalogue *catalogue, const FrPicture *picture)
{
  guint64 size = 0;
  g_autoptr (GBytes) hashes = fr_catalogue_get_blocks (catalogue, &picture->id, NULL, &size, NULL);
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (FrBlockHash));
  gsize n_bytes = hashes != NULL ? g_bytes_get_size (hashes) : 0;

  if (n_bytes == 0 || n_bytes % sizeof (FrBlockHash) != 0)
    return FALSE;
  g_array_append_vals (array, g_bytes_get_data (hashes, NULL), (guint) (n_bytes / sizeof (FrBlockHash)));
  return fr_blob_check_hashes (array, size, &picture->id, NULL);
}

static gboolean
has_right_thumbnail (FrCatalogue *catalogue, FrDatabase *database, const FrPicture *picture)
{
  g_autoptr (GBytes) thumbnail = NULL;

  if (!picture->has_thumbnail)
    return TRUE; /* a picture that is too costly to decode has none */
  thumbnail = fr_catalogue_get_thumbnail (catalogue, &picture->id, NULL, NULL);
  return thumbnail != NULL && fr_form_table_is_thumbnail (database, &picture->id, thumbnail);
}

static gboolean
has_right_preview (FrCatalogue *catalogue, const FrPicture *picture)
{
  g_autoptr (GBytes) preview = NULL;
  FrBlockHash hash;

  if (!picture->has_preview)
    return TRUE;
  preview = fr_catalogue_get_preview (catalogue, &picture->id, NULL, NULL);
  if (preview == NULL)
    return FALSE;
  fr_content_hash_block (g_bytes_get_data (preview, NULL), g_bytes_get_size (preview), &hash);
  return memcmp (&hash, &picture->preview_hash, sizeof hash) == 0;
}

/**
 * fr_form_check:
 * @catalogue: a catalogue
 * @database: the database that it is in
 * @picture: what it says of a picture
 *
 * Returns: what is wrong with the rest that it keeps
 */
FrFormFaults
fr_form_check (FrCatalogue *catalogue, FrDatabase *database, const FrPicture *picture)
{
  return (has_right_hashes (catalogue, picture) ? 0 : FR_FORMS_BAD_HASHES)
         | (has_right_thumbnail (catalogue, database, picture) ? 0 : FR_FORMS_BAD_THUMBNAIL)
         | (has_right_preview (catalogue, picture) ? 0 : FR_FORMS_BAD_PREVIEW);
}
