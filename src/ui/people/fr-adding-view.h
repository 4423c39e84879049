/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fr-adding-text.h"

G_BEGIN_DECLS

/* How far it is with adding somebody, in words as it goes on, and what helps where it does not. */

#define FR_TYPE_ADDING_VIEW (fr_adding_view_get_type ())
G_DECLARE_FINAL_TYPE (FrAddingView, fr_adding_view, FR, ADDING_VIEW, AdwBin)

void fr_adding_view_begin (FrAddingView *self, FrNode *node, FrPerson *person);
void fr_adding_view_end (FrAddingView *self);
void fr_adding_view_set_hint (FrAddingView *self, const char *hint);
FrPerson *fr_adding_view_get_person (FrAddingView *self);
FrAddingStep fr_adding_view_get_step (FrAddingView *self);
gboolean fr_adding_view_get_goes_on (FrAddingView *self);
const char *fr_adding_view_get_text (FrAddingView *self);

/* Signal "changed": the step, or whether it goes on by itself.
 * Signal "set-up" (gboolean relay): a meeting point, or a relay, is to be set up. */

G_END_DECLS
