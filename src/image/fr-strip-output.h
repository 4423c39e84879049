/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A copy as a list of pieces: ranges of the input, which must stay as it is meanwhile, and a few bytes that
 * were made. So a large picture is not in memory twice. */

/* Most pieces that one copy may have; they take 24 MiB. Neighbouring ranges count as one. */
#define FR_STRIP_MAX_PIECES (1u << 20)

typedef struct _FrStripOutput FrStripOutput;

FrStripOutput *fr_strip_output_new (const guint8 *input, gsize input_size);
void fr_strip_output_free (FrStripOutput *self);

void fr_strip_output_keep (FrStripOutput *self, gsize offset, gsize size);
gsize fr_strip_output_add (FrStripOutput *self, const void *bytes, gsize size);
void fr_strip_output_change (FrStripOutput *self, gsize position, const void *bytes, gsize size);

gboolean fr_strip_output_has_failed (const FrStripOutput *self);
gsize fr_strip_output_get_size (const FrStripOutput *self);
guint fr_strip_output_get_n_pieces (const FrStripOutput *self);
const guint8 *fr_strip_output_get_piece (const FrStripOutput *self, guint index, gsize *out_size);
gboolean fr_strip_output_is_input (const FrStripOutput *self);
GBytes *fr_strip_output_to_bytes (const FrStripOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrStripOutput, fr_strip_output_free)

G_END_DECLS
