/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-ngram-set.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a, 64 bits. */
#define FNV_OFFSET G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define FNV_PRIME G_GUINT64_CONSTANT (0x100000001b3)

#define FIRST_PLACES 64
#define RADIX_FROM 256 /* fewer are sorted faster by comparison */

/* Sorted and without doubles up to n_sorted, as they came behind that. */
struct _FrNgramSet
{
  guint32 *hashes;
  guint n;
  guint n_sorted;
  guint n_places;
};

/* The finaliser of MurmurHash3: a digest keeps low bits, and those of FNV alone are the worse ones. */
static guint32
mix (guint64 state)
{
  state ^= state >> 33;
  state *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  state ^= state >> 33;
  state *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  state ^= state >> 33;
  return (guint32) state;
}

/* Any text ends at its zero byte, whether it is UTF-8 or not. */
static const char *
next_letter (const char *at)
{
  do
    at++;
  while (((guchar) *at & 0xc0) == 0x80);
  return at;
}

static int
compare (const void *a, const void *b)
{
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

/* By bytes, the lowest first: the even number of passes ends where it began. */
static void
radix_sort (guint32 *values, guint n)
{
  g_autofree guint32 *spare = g_new (guint32, n);
  guint32 *from = values, *to = spare;

  for (guint shift = 0; shift < 32; shift += 8)
    {
      guint counts[257] = { 0 };
      guint32 *swap = from;

      for (guint i = 0; i < n; i++)
        counts[(from[i] >> shift & 0xff) + 1]++;
      for (guint i = 1; i < 256; i++)
        counts[i] += counts[i - 1];
      for (guint i = 0; i < n; i++)
        to[counts[from[i] >> shift & 0xff]++] = from[i];
      from = to;
      to = swap;
    }
}

static void
settle (FrNgramSet *self)
{
  guint n = 0;

  if (self->n_sorted == self->n)
    return;
  if (self->n < RADIX_FROM)
    qsort (self->hashes, self->n, sizeof *self->hashes, compare);
  else
    radix_sort (self->hashes, self->n);
  for (guint i = 0; i < self->n; i++)
    if (n == 0 || self->hashes[n - 1] != self->hashes[i])
      self->hashes[n++] = self->hashes[i];
  self->n = self->n_sorted = n;
}

static void
resize (FrNgramSet *self, guint n_places)
{
  self->hashes = g_renew (guint32, self->hashes, n_places);
  self->n_places = n_places;
}

/* Doubles take the places of new ones, so there is room for more only if enough are left after they have gone. */
static void
make_room (FrNgramSet *self)
{
  settle (self);
  if (self->n >= self->n_places / 2)
    resize (self, MAX (2 * self->n_places, FIRST_PLACES));
}

/**
 * fr_ngram_hash_bytes:
 * @bytes: (array length=n): bytes
 * @n: how many
 *
 * Returns: their hash, of the kind that fr_ngram_iter_next() gives
 */
guint32
fr_ngram_hash_bytes (const guint8 *bytes, gsize n)
{
  guint64 state = FNV_OFFSET;

  for (gsize i = 0; i < n; i++)
    state = (state ^ bytes[i]) * FNV_PRIME;
  return mix (state);
}

/**
 * fr_ngram_iter_init:
 * @iter: (out caller-allocates): an iterator
 * @folded: text as fr_text_fold() makes it, or several of them divided by line ends; has to stay
 */
void
fr_ngram_iter_init (FrNgramIter *iter, const char *folded)
{
  *iter = (FrNgramIter){ folded, folded, FNV_OFFSET, 0 };
}

/**
 * fr_ngram_iter_next:
 * @iter: an iterator
 * @out_hash: (out): the hash of the next run; untouched at the end
 *
 * The hash is FNV-1a, 64 bits, over the run's UTF-8, mixed by the finaliser of MurmurHash3, of which the low 32 bits. A
 * run never crosses a space or a line end.
 *
 * Returns: %FALSE at the end
 */
gboolean
fr_ngram_iter_next (FrNgramIter *iter, guint32 *out_hash)
{
  while (*iter->start != '\0')
    {
      if (iter->n_letters == FR_NGRAM_MAX || (guchar) *iter->end <= ' ')
        {
          fr_ngram_iter_init (iter, next_letter (iter->start));
          continue;
        }
      for (const char *end = next_letter (iter->end); iter->end < end; iter->end++)
        iter->state = (iter->state ^ (guchar) *iter->end) * FNV_PRIME;
      if (++iter->n_letters < FR_NGRAM_MIN)
        continue;
      *out_hash = mix (iter->state);
      return TRUE;
    }
  return FALSE;
}

/**
 * fr_ngram_set_new:
 *
 * Returns: (transfer full): a set of nothing
 */
FrNgramSet *
fr_ngram_set_new (void)
{
  return g_new0 (FrNgramSet, 1);
}

/**
 * fr_ngram_set_free:
 * @self: (nullable) (transfer full): a set
 */
void
fr_ngram_set_free (FrNgramSet *self)
{
  if (self == NULL)
    return;
  g_free (self->hashes);
  g_free (self);
}

static void
add_hash (FrNgramSet *self, guint32 hash)
{
  if (self->n == self->n_places)
    make_room (self);
  self->hashes[self->n++] = hash;
}

/**
 * fr_ngram_set_add_hashes:
 * @self: a set
 * @hashes: (array length=n): hashes
 * @n: how many
 *
 * Adds what is no text.
 */
void
fr_ngram_set_add_hashes (FrNgramSet *self, const guint32 *hashes, guint n)
{
  for (guint i = 0; i < n; i++)
    add_hash (self, hashes[i]);
}

/**
 * fr_ngram_set_add_text:
 * @self: a set
 * @folded: text as fr_text_fold() makes it, or several of them divided by line ends
 *
 * Adds all runs of 3 to 5 letters that lie inside a word.
 */
void
fr_ngram_set_add_text (FrNgramSet *self, const char *folded)
{
  FrNgramIter iter;
  guint32 hash;

  fr_ngram_iter_init (&iter, folded);
  while (fr_ngram_iter_next (&iter, &hash))
    add_hash (self, hash);
}

/**
 * fr_ngram_set_get_size:
 * @self: a set
 *
 * Returns: how many different hashes it has
 */
guint
fr_ngram_set_get_size (FrNgramSet *self)
{
  settle (self);
  return self->n;
}

/**
 * fr_ngram_set_get_hashes:
 * @self: a set
 * @out_n: (out): how many there are
 *
 * Gives back memory that is not needed, too.
 *
 * Returns: (transfer none) (nullable) (array length=out_n): the hashes in ascending order, each once; valid until more
 *   is added
 */
const guint32 *
fr_ngram_set_get_hashes (FrNgramSet *self, guint *out_n)
{
  settle (self);
  if (self->n > 0 && self->n < self->n_places / 2)
    resize (self, self->n);
  *out_n = self->n;
  return self->hashes;
}
