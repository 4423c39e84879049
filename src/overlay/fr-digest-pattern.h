/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a search needs a digest to have: the n-grams of all its words that must be there. Immutable. */
typedef struct _FrDigestPattern FrDigestPattern;

#define FR_DIGEST_PATTERN_MAX_HASHES 256 /* of longer searches, the first ones */

FrDigestPattern *fr_digest_pattern_new (const char *words); /* nullable: no digest can judge this search */
void fr_digest_pattern_free (FrDigestPattern *self);
const guint32 *fr_digest_pattern_get_hashes (const FrDigestPattern *self, guint *out_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrDigestPattern, fr_digest_pattern_free)

G_END_DECLS
