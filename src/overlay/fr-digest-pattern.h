/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fr-contact-tag.h"

G_BEGIN_DECLS

/* What a search needs a digest to have: the n-grams of all its words that must be there, or the contact tag of somebody
 * who may share more with the asker. Immutable. */
typedef struct _FrDigestPattern FrDigestPattern;

#define FR_DIGEST_PATTERN_MAX_HASHES 256 /* of longer searches, the first ones */

FrDigestPattern *fr_digest_pattern_new (const char *words); /* nullable: no digest can judge this search */
FrDigestPattern *fr_digest_pattern_new_with_tags (const char *words, const FrContactTag *tags, guint n_tags);
void fr_digest_pattern_free (FrDigestPattern *self);
const guint32 *fr_digest_pattern_get_hashes (const FrDigestPattern *self, guint *out_n);
const guint32 *fr_digest_pattern_get_tag_hashes (const FrDigestPattern *self, guint *out_n_tags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDigestPattern, fr_digest_pattern_free)

G_END_DECLS
