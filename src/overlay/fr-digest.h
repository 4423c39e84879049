/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-digest-pattern.h"
#include "fr-frame.h"

G_BEGIN_DECLS

/* A set of n-grams as bits: hash modulo size is the bit. One bit an n-gram is enough, since a word has several of them.
 * Digests of different sizes go together: the low bits of a hash are the same in all of them, so that a smaller one
 * repeats itself in a larger. Immutable, counted. */
typedef struct _FrDigest FrDigest;

#define FR_DIGEST_BITS_PER_HASH 16 /* at least, up to FR_DIGEST_MAX_LOG2 */
#define FR_DIGEST_MAX_FILL 0.5     /* a fuller one matches all */

FrDigest *fr_digest_new (const guint32 *hashes, guint n);
FrDigest *fr_digest_new_everything (void);
FrDigest *fr_digest_new_union (FrDigest *const *digests, guint n);
FrDigest *fr_digest_ref (FrDigest *self);
void fr_digest_unref (FrDigest *self);

guint fr_digest_get_log2 (const FrDigest *self);
guint fr_digest_get_n_set (const FrDigest *self);
gboolean fr_digest_is_everything (const FrDigest *self);
gboolean fr_digest_equal (const FrDigest *self, const FrDigest *other);
gboolean fr_digest_covers (const FrDigest *self, const FrDigest *other);
gboolean fr_digest_may_match (const FrDigest *self, const FrDigestPattern *pattern);

GBytes *fr_digest_pack (const FrDigest *self, guint depth, const FrDigest *before);
FrDigest *fr_digest_unpack (const Freshet__Digest *message, const FrDigest *before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDigest, fr_digest_unref)

G_END_DECLS
