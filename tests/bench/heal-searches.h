/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "heal-crowd.h"

G_BEGIN_DECLS

/* Searches for HEAL_WORD that one member asks, a new one each HEAL_ASK_EVERY_MS for as long as this is there, until one
 * search by itself has hits of everybody living, be they late. After HEAL_ASK_BURST searches one a second: a peer passes
 * on no more of the same asker's. */

#define HEAL_ASK_EVERY_MS 250
#define HEAL_ASK_BURST 16
#define HEAL_ASK_LATER_MS 1000

typedef struct _HealSearches HealSearches;

HealSearches *heal_searches_new (HealCrowd *crowd, guint asker); /* asks at once */
void heal_searches_free (HealSearches *self);                    /* the peer too forgets them */
gboolean heal_searches_have_found_all (HealSearches *self);
gint64 heal_searches_get_found_us (HealSearches *self); /* monotonic: when the last hit of the first such came */
guint heal_searches_get_n_asked (HealSearches *self);
HealSet heal_searches_get_best (HealSearches *self); /* whom the best of them has reached */

G_END_DECLS
