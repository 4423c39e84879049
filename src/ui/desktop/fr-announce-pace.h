/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When what is to be read out is said: one thing at a time, and of what goes on at most one in a while, the last one for
 * certain. Never reads the clock. */

#define FR_ANNOUNCE_EVERY_US (5 * G_USEC_PER_SEC)

typedef struct
{
  char *waiting;     /* nullable */
  gint64 said_at_us; /* 0: nothing yet */
} FrAnnouncePace;

void fr_announce_pace_clear (FrAnnouncePace *self);
void fr_announce_pace_put (FrAnnouncePace *self, const char *text, gboolean is_progress);
char *fr_announce_pace_take (FrAnnouncePace *self, gint64 now_us);
gint64 fr_announce_pace_get_deadline (const FrAnnouncePace *self); /* G_MAXINT64: nothing waits */

G_END_DECLS
