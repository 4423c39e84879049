/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-image-likeness.h"
#include "fr-search-terms.h"
#include "fr-stack.h"

G_BEGIN_DECLS

/* Pictures that were found, as they enter a wall: a GListModel of FrStack that grows at its end only, by one splice a frame.
 * A picture enters with its small form, or a while after its name; one that looks like a picture that is there joins it
 * then, and never later. Never reads the clock. Main thread. */

#define FR_STEADY_LIST_A_FRAME 50
#define FR_STEADY_LIST_PATIENCE_US (G_USEC_PER_SEC / 2)

/* How much a picture is to be trusted to be what it says, for fr_stack_add(). */
typedef guint (*FrSteadyListTrust) (FrHit *hit, gpointer data);

#define FR_TYPE_STEADY_LIST (fr_steady_list_get_type ())
G_DECLARE_FINAL_TYPE (FrSteadyList, fr_steady_list, FR, STEADY_LIST, GObject)

FrSteadyList *fr_steady_list_new (FrSteadyListTrust trust, gpointer data); /* both nullable; borrowed */

void fr_steady_list_put (FrSteadyList *self, FrHit *hit, gint64 now_us);
void fr_steady_list_set_ready (FrSteadyList *self, FrHit *hit, const FrImageLikeness *likeness); /* nullable */
gboolean fr_steady_list_is_waiting (FrSteadyList *self, FrHit *hit);
void fr_steady_list_begin_frame (FrSteadyList *self, gint64 now_us);
gint64 fr_steady_list_get_deadline (FrSteadyList *self); /* when a frame has something to do; G_MAXINT64: never */

void fr_steady_list_set_filter (FrSteadyList *self, const FrSearchTerms *terms); /* nullable */
void fr_steady_list_recheck (FrSteadyList *self, FrHit *hit);
guint fr_steady_list_get_n_hidden (FrSteadyList *self); /* pictures that do not pass */
guint fr_steady_list_get_n_shown (FrSteadyList *self);  /* pictures that do */

G_END_DECLS
