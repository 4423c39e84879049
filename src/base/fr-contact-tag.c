/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-contact-tag.h"

#include <string.h>

#include "fr-ngram-set.h"

/**
 * fr_contact_tag_get_hashes:
 * @self: a tag
 * @out_hashes: (out caller-allocates): what a digest has where it has the tag
 *
 * Hashes of the same kind as those of runs of letters, so that nobody can tell them apart, nor count them.
 */
void
fr_contact_tag_get_hashes (const FrContactTag *self, guint32 out_hashes[FR_CONTACT_TAG_N_HASHES])
{
  guint8 bytes[FR_CONTACT_TAG_SIZE + 1];

  memcpy (bytes, self->bytes, FR_CONTACT_TAG_SIZE);
  for (guint i = 0; i < FR_CONTACT_TAG_N_HASHES; i++)
    {
      bytes[FR_CONTACT_TAG_SIZE] = (guint8) i;
      out_hashes[i] = fr_ngram_hash_bytes (bytes, sizeof bytes);
    }
}
