/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-hit.h"

G_BEGIN_DECLS

/* What searches have found lately, so that a picture can be asked for by its content id after its search has ended. The
 * beginning of a content id is enough where it means one picture. */

#define FR_CONTROL_MAX_HITS 512
#define FR_CONTROL_MIN_CONTENT 8 /* letters of an id */

#define FR_TYPE_CONTROL_HITS (fr_control_hits_get_type ())
G_DECLARE_FINAL_TYPE (FrControlHits, fr_control_hits, FR, CONTROL_HITS, GObject)

FrControlHits *fr_control_hits_new (void);
void fr_control_hits_add (FrControlHits *self, FrHit *hit);
FrHit *fr_control_hits_find (FrControlHits *self, const char *text);

G_END_DECLS
