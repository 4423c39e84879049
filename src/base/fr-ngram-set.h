/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The runs of 3 to 5 letters inside the words of texts, as hashes: what a digest is made of. Grows only. Not
 * thread-safe, but may be handed from one thread to another. */

#define FR_NGRAM_MIN 3
#define FR_NGRAM_MAX 5

typedef struct _FrNgramSet FrNgramSet;

FrNgramSet *fr_ngram_set_new (void);
void fr_ngram_set_free (FrNgramSet *self);
void fr_ngram_set_add_text (FrNgramSet *self, const char *folded);
void fr_ngram_set_add_hashes (FrNgramSet *self, const guint32 *hashes, guint n);
guint fr_ngram_set_get_size (FrNgramSet *self);
const guint32 *fr_ngram_set_get_hashes (FrNgramSet *self, guint *out_n);

/* The hash of any bytes, as of a run. */
guint32 fr_ngram_hash_bytes (const guint8 *bytes, gsize n);

/* The hashes of one text in the order of their runs, some perhaps more than once. */
typedef struct
{
  const char *start; /* of the run */
  const char *end;
  guint64 state;
  guint n_letters;
} FrNgramIter;

void fr_ngram_iter_init (FrNgramIter *iter, const char *folded);
gboolean fr_ngram_iter_next (FrNgramIter *iter, guint32 *out_hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrNgramSet, fr_ngram_set_free)

G_END_DECLS
