/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"

G_BEGIN_DECLS

/* Which pictures have been looked at: those that were on the screen for a second. Never reads the clock. */

#define FR_SEEN_WATCH_US G_USEC_PER_SEC

typedef struct _FrSeenWatch FrSeenWatch;

FrSeenWatch *fr_seen_watch_new (void);
void fr_seen_watch_free (FrSeenWatch *self);

/* `shown`: FrContentId of what is on the screen now. Returns those that have been there for long enough, each once for as
 * long as it stays. What is not among them is forgotten, so that the table is never larger than a screen. */
GArray *fr_seen_watch_look (FrSeenWatch *self, const GArray *shown, gint64 now_us);
void fr_seen_watch_forget (FrSeenWatch *self); /* nothing is on the screen */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSeenWatch, fr_seen_watch_free)

G_END_DECLS
