/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-digest.h"

#include <string.h>

#define WORD_BITS 64
#define VARINT_MAX_SIZE 3 /* 21 bits, and no gap is over 2^17 */

G_STATIC_ASSERT (FR_DIGEST_MAX_LOG2 < 7 * VARINT_MAX_SIZE);
G_STATIC_ASSERT (1 << FR_DIGEST_MIN_LOG2 == WORD_BITS);
G_STATIC_ASSERT ((1 << FR_DIGEST_MAX_LOG2) / 8 == FR_DIGEST_DATA_MAX_SIZE);

struct _FrDigest
{
  int ref_count;
  guint32 n_set;
  guint8 log2; /* 0: everything, without bits */
  guint64 words[];
};

static guint
n_words (const FrDigest *self)
{
  return 1u << (self->log2 - FR_DIGEST_MIN_LOG2);
}

static FrDigest *
digest_alloc (guint log2)
{
  gsize size = log2 == 0 ? 0 : ((gsize) 1 << log2) / 8;
  FrDigest *self = g_malloc0 (sizeof *self + size);

  self->ref_count = 1;
  self->log2 = (guint8) log2;
  return self;
}

static void
set_bit (FrDigest *self, guint32 bit)
{
  self->words[bit / WORD_BITS] |= (guint64) 1 << bit % WORD_BITS;
}

static void
count (FrDigest *self)
{
  guint n = n_words (self);

  self->n_set = 0;
  for (guint i = 0; i < n; i++)
    self->n_set += (guint32) __builtin_popcountll (self->words[i]);
}

/**
 * fr_digest_new:
 * @hashes: (array length=n) (nullable): hashes of n-grams
 * @n: how many
 *
 * Returns: (transfer full): their digest, of the smallest size that is at most a sixteenth full, or of the largest
 */
FrDigest *
fr_digest_new (const guint32 *hashes, guint n)
{
  guint log2 = FR_DIGEST_MIN_LOG2;
  FrDigest *self;

  while (log2 < FR_DIGEST_MAX_LOG2 && (guint64) n * FR_DIGEST_BITS_PER_HASH > (guint64) 1 << log2)
    log2++;
  self = digest_alloc (log2);
  for (guint i = 0; i < n; i++)
    set_bit (self, hashes[i] & ((1u << log2) - 1));
  count (self);
  return self;
}

/**
 * fr_digest_new_everything:
 *
 * Returns: (transfer full): the digest that matches whatever is asked
 */
FrDigest *
fr_digest_new_everything (void)
{
  return digest_alloc (0);
}

/**
 * fr_digest_new_union:
 * @digests: (array length=n) (nullable): digests
 * @n: how many
 *
 * Returns: (transfer full): a digest of the size of the largest, which has what any of them has; everything, if one of
 *   them is
 */
FrDigest *
fr_digest_new_union (FrDigest *const *digests, guint n)
{
  guint log2 = FR_DIGEST_MIN_LOG2, n_all;
  FrDigest *self;

  for (guint i = 0; i < n; i++)
    {
      if (fr_digest_is_everything (digests[i]))
        return fr_digest_new_everything ();
      log2 = MAX (log2, digests[i]->log2);
    }
  self = digest_alloc (log2);
  n_all = n_words (self);
  for (guint i = 0; i < n; i++)
    {
      guint mask = n_words (digests[i]) - 1;

      for (guint j = 0; j < n_all; j++)
        self->words[j] |= digests[i]->words[j & mask];
    }
  count (self);
  return self;
}

/**
 * fr_digest_ref:
 * @self: a digest
 *
 * Returns: (transfer full): the same
 */
FrDigest *
fr_digest_ref (FrDigest *self)
{
  self->ref_count++;
  return self;
}

/**
 * fr_digest_unref:
 * @self: (nullable) (transfer full): a digest
 */
void
fr_digest_unref (FrDigest *self)
{
  if (self != NULL && --self->ref_count == 0)
    g_free (self);
}

/**
 * fr_digest_get_log2:
 * @self: a digest
 *
 * Returns: its size: two to this power; 0 for one that was made to match everything
 */
guint
fr_digest_get_log2 (const FrDigest *self)
{
  return self->log2;
}

/**
 * fr_digest_get_n_set:
 * @self: a digest
 *
 * Returns: how many of its bits are set
 */
guint
fr_digest_get_n_set (const FrDigest *self)
{
  return self->n_set;
}

/**
 * fr_digest_is_everything:
 * @self: a digest
 *
 * Returns: whether it matches whatever is asked, because it was made so or is over half full
 */
gboolean
fr_digest_is_everything (const FrDigest *self)
{
  return self->log2 == 0 || self->n_set > FR_DIGEST_MAX_FILL * (1u << self->log2);
}

/**
 * fr_digest_equal:
 * @self: a digest
 * @other: another
 *
 * Returns: whether both have the same size and the same bits, or match everything
 */
gboolean
fr_digest_equal (const FrDigest *self, const FrDigest *other)
{
  if (self == other || (fr_digest_is_everything (self) && fr_digest_is_everything (other)))
    return TRUE;
  return self->log2 == other->log2 && self->n_set == other->n_set
         && memcmp (self->words, other->words, n_words (self) * sizeof *self->words) == 0;
}

/**
 * fr_digest_covers:
 * @self: a digest
 * @other: another
 *
 * Returns: whether @self matches whatever @other matches
 */
gboolean
fr_digest_covers (const FrDigest *self, const FrDigest *other)
{
  guint n, mask, other_mask;

  if (self == other || fr_digest_is_everything (self))
    return TRUE;
  if (fr_digest_is_everything (other))
    return FALSE;
  n = MAX (n_words (self), n_words (other));
  mask = n_words (self) - 1;
  other_mask = n_words (other) - 1;
  for (guint i = 0; i < n; i++)
    if (other->words[i & other_mask] & ~self->words[i & mask])
      return FALSE;
  return TRUE;
}

static gboolean
has_all (const FrDigest *self, const guint32 *hashes, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint32 bit = hashes[i] & ((1u << self->log2) - 1);

      if (!(self->words[bit / WORD_BITS] >> bit % WORD_BITS & 1))
        return FALSE;
    }
  return TRUE;
}

/**
 * fr_digest_may_match:
 * @self: a digest
 * @pattern: what is searched for
 *
 * Returns: %FALSE if nothing that the digest was made of can match
 */
gboolean
fr_digest_may_match (const FrDigest *self, const FrDigestPattern *pattern)
{
  const guint32 *hashes;
  guint n;

  if (fr_digest_is_everything (self))
    return TRUE;
  hashes = fr_digest_pattern_get_hashes (pattern, &n);
  if (has_all (self, hashes, n))
    return TRUE;
  hashes = fr_digest_pattern_get_tag_hashes (pattern, &n);
  for (guint i = 0; i < n; i++)
    if (has_all (self, hashes + i * FR_CONTACT_TAG_N_HASHES, FR_CONTACT_TAG_N_HASHES))
      return TRUE;
  return FALSE;
}

static gsize
append_varint (guint8 *at, guint32 value)
{
  gsize n = 0;

  for (; value >= 0x80; value >>= 7)
    at[n++] = (guint8) (value | 0x80);
  at[n++] = (guint8) value;
  return n;
}

/* The set bits as distances into `gaps`, which has room for VARINT_MAX_SIZE more than `max` bytes; 0 if that would not
 * be shorter than `max`. */
static gsize
write_gaps (const FrDigest *self, const FrDigest *without, guint8 *gaps, gsize max)
{
  guint n = n_words (self);
  gint64 last = -1;
  gsize size = 0;

  for (guint i = 0; i < n; i++)
    for (guint64 word = self->words[i] & ~(without != NULL ? without->words[i] : 0); word != 0; word &= word - 1)
      {
        gint64 bit = (gint64) i * WORD_BITS + __builtin_ctzll (word);

        size += append_varint (gaps + size, (guint32) (bit - last));
        if (size >= max)
          return 0;
        last = bit;
      }
  return size;
}

static void
write_bits (const FrDigest *self, const FrDigest *without, guint8 *bits)
{
  guint n = n_words (self);

  for (guint i = 0; i < n; i++)
    {
      guint64 word = GUINT64_TO_LE (self->words[i] & ~(without != NULL ? without->words[i] : 0));

      memcpy (bits + i * sizeof word, &word, sizeof word);
    }
}

/**
 * fr_digest_pack:
 * @self: a digest
 * @depth: which of the sender's it is
 * @before: (nullable): what the other side was told last for this depth
 *
 * Makes the frame that tells it: what is new alone, where that is enough, and in the shorter of both forms.
 *
 * Returns: (transfer full): the frame
 */
GBytes *
fr_digest_pack (const FrDigest *self, guint depth, const FrDigest *before)
{
  Freshet__Frame frame = FRESHET__FRAME__INIT;
  Freshet__Digest message = FRESHET__DIGEST__INIT;
  g_autofree guint8 *data = NULL;
  gsize size;

  frame.body_case = FRESHET__FRAME__BODY_DIGEST;
  frame.digest = &message;
  message.depth = depth;
  message.everything = fr_digest_is_everything (self);
  if (message.everything)
    return fr_frame_pack (&frame);

  if (before != NULL && (before->log2 != self->log2 || !fr_digest_covers (self, before)))
    before = NULL;
  size = ((gsize) 1 << self->log2) / 8;
  data = g_malloc (size + VARINT_MAX_SIZE);
  message.log2_bits = self->log2;
  message.more = before != NULL;
  message.gaps = (ProtobufCBinaryData){ write_gaps (self, before, data, size), data };
  if (message.gaps.len == 0 && self->n_set > (before != NULL ? before->n_set : 0))
    {
      write_bits (self, before, data);
      message.bits = (ProtobufCBinaryData){ size, data };
    }
  return fr_frame_pack (&frame);
}

/* Only as long as need be, so that there is one way to write a set. */
static gboolean
read_varint (const guint8 **at, const guint8 *end, guint32 *out_value)
{
  guint32 value = 0;

  for (guint i = 0; i < VARINT_MAX_SIZE && *at < end; i++)
    {
      guint8 byte = *(*at)++;

      value |= (guint32) (byte & 0x7f) << 7 * i;
      if (byte >= 0x80)
        continue;
      if (byte == 0 && i > 0)
        return FALSE;
      *out_value = value;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_gaps (FrDigest *self, const ProtobufCBinaryData *gaps)
{
  const guint8 *at = gaps->data, *end;
  gint64 bit = -1;

  if (gaps->len == 0)
    return TRUE;
  end = at + gaps->len;
  while (at < end)
    {
      guint32 gap;

      if (!read_varint (&at, end, &gap) || gap == 0)
        return FALSE;
      bit += gap;
      if (bit >= (gint64) 1 << self->log2)
        return FALSE;
      set_bit (self, (guint32) bit);
    }
  return TRUE;
}

static void
read_bits (FrDigest *self, const ProtobufCBinaryData *bits)
{
  for (gsize i = 0; i < bits->len / sizeof (guint64); i++)
    {
      guint64 word;

      memcpy (&word, bits->data + i * sizeof word, sizeof word);
      self->words[i] |= GUINT64_FROM_LE (word);
    }
}

/**
 * fr_digest_unpack:
 * @message: what a neighbour sent, checked by fr_frame_parse()
 * @before: (nullable): what it told before for this depth
 *
 * Returns: (transfer full) (nullable): what it tells now; %NULL if it says what the protocol does not allow
 */
FrDigest *
fr_digest_unpack (const Freshet__Digest *message, const FrDigest *before)
{
  g_autoptr (FrDigest) self = NULL;

  if (message->everything)
    return fr_digest_new_everything ();
  if (message->log2_bits < FR_DIGEST_MIN_LOG2 || message->log2_bits > FR_DIGEST_MAX_LOG2
      || (message->bits.len > 0 && message->bits.len != ((gsize) 1 << message->log2_bits) / 8)
      || (message->more && (before == NULL || before->log2 != message->log2_bits)))
    return NULL;

  self = digest_alloc (message->log2_bits);
  if (message->more)
    memcpy (self->words, before->words, n_words (self) * sizeof *self->words);
  read_bits (self, &message->bits);
  if (!read_gaps (self, &message->gaps))
    return NULL;
  count (self);
  return g_steal_pointer (&self);
}
