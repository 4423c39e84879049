/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"
#include "fr-people.h"

G_BEGIN_DECLS

/* Which pictures that were found are blurred: those that no contact has, until the person asks to see them, or all. */

#define FR_TYPE_VEIL (fr_veil_get_type ())
G_DECLARE_FINAL_TYPE (FrVeil, fr_veil, FR, VEIL, GObject)

FrVeil *fr_veil_new (FrPeople *people, GSettings *settings);
gboolean fr_veil_covers (FrVeil *self, FrHit *hit);
void fr_veil_lift (FrVeil *self, FrHit *hit);

/* Signal "changed": others may be blurred now. */

G_END_DECLS
