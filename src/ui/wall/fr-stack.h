/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"

G_BEGIN_DECLS

/* Pictures that were found and are nearly the same, as one: a GListModel of FrHit, the best of them first. Most have one
 * alone. Main thread. */

#define FR_TYPE_STACK (fr_stack_get_type ())
G_DECLARE_FINAL_TYPE (FrStack, fr_stack, FR, STACK, GObject)

FrStack *fr_stack_new (FrHit *hit, guint trust);
void fr_stack_add (FrStack *self, FrHit *hit, guint trust); /* the higher, the sooner it is the best */
FrHit *fr_stack_get_top (FrStack *self);
guint fr_stack_get_n (FrStack *self);

G_END_DECLS
