/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-contact-tags.h"

#include <sodium.h>
#include <string.h>

#define N_DAYS 3 /* yesterday, today and tomorrow: clocks differ, and a digest outlives midnight */

/**
 * fr_contact_tags_today:
 *
 * Returns: the day, counted from 1970, by the clock on the wall
 */
gint64
fr_contact_tags_today (void)
{
  return g_get_real_time () / FR_DAY_US;
}

/* A digest of the largest size has all its bits then, and matches whatever is asked. */
static void
add_everything (FrNgramSet *content)
{
  for (guint32 bit = 0; bit < 1u << FR_DIGEST_MAX_LOG2; bit++)
    fr_ngram_set_add_hashes (content, &bit, 1);
}

/**
 * fr_contact_tags_add_readers:
 * @content: what can be found at @holder
 * @holder: who shares something with few
 * @readers: (nullable): those who may see it, a #FrPeerKey each
 * @today: the day
 *
 * Adds what leads the readers' searches here; above %FR_CONTACT_TAGS_MAX_READERS all searches.
 */
void
fr_contact_tags_add_readers (FrNgramSet *content, const FrIdentity *holder, GBytes *readers, gint64 today)
{
  gsize size = 0;
  const FrPeerKey *keys = readers != NULL ? g_bytes_get_data (readers, &size) : NULL;

  if (size / sizeof *keys > FR_CONTACT_TAGS_MAX_READERS)
    {
      add_everything (content);
      return;
    }
  for (gsize i = 0; i < size / sizeof *keys; i++)
    {
      FrContactTag tags[N_DAYS];

      if (!fr_identity_make_contact_tags (holder, &keys[i], TRUE, today - 1, N_DAYS, tags))
        continue;
      for (guint day = 0; day < N_DAYS; day++)
        {
          guint32 hashes[FR_CONTACT_TAG_N_HASHES];

          fr_contact_tag_get_hashes (&tags[day], hashes);
          fr_ngram_set_add_hashes (content, hashes, FR_CONTACT_TAG_N_HASHES);
        }
    }
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, FR_CONTACT_TAG_SIZE);
}

/**
 * fr_contact_tags_init:
 * @self: (out caller-allocates): the tags of a query
 * @asker: who asks
 * @contacts: (element-type FrPeerKey): the asker's contacts
 * @today: the day
 *
 * Makes a tag a contact, and random ones up to a power of two, sorted: what is left to be seen is about how many there
 * are.
 */
void
fr_contact_tags_init (FrContactTags *self, const FrIdentity *asker, GPtrArray *contacts, gint64 today)
{
  guint wanted = FR_CONTACT_TAGS_LEAST;

  memset (self, 0, sizeof *self);
  self->everywhere = contacts->len > FR_QUERY_MAX_CONTACT_TAGS;
  if (self->everywhere || contacts->len == 0)
    return;
  for (guint i = 0; i < contacts->len; i++)
    if (fr_identity_make_contact_tags (asker, contacts->pdata[i], FALSE, today, 1, &self->values[self->n]))
      self->n++;
  while (wanted < self->n)
    wanted *= 2;
  randombytes_buf (&self->values[self->n], (wanted - self->n) * sizeof *self->values);
  self->n = wanted;
  qsort (self->values, self->n, sizeof *self->values, compare_tags);
  for (guint i = 0; i < self->n; i++)
    self->tags[i] = (ProtobufCBinaryData) { FR_CONTACT_TAG_SIZE, self->values[i].bytes };
}
