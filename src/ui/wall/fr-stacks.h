/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-likeness.h"
#include "fr-stack.h"

G_BEGIN_DECLS

/* Pictures put on stacks of those that are nearly the same, in the order of coming. A picture goes on the stack whose first
 * picture looks like it, and stays there. Not thread-safe. */

typedef struct _FrStacks FrStacks;

FrStacks *fr_stacks_new (void);
void fr_stacks_free (FrStacks *self);

/* TRUE: on a stack of its own, which is the last one now. likeness: nullable. */
gboolean fr_stacks_add (FrStacks *self, FrHit *hit, const FrImageLikeness *likeness, guint trust);
guint fr_stacks_get_n (FrStacks *self);
FrStack *fr_stacks_get (FrStacks *self, guint index); /* nullable */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrStacks, fr_stacks_free)

G_END_DECLS
