/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* Who is kept out for a while, as a link with them had to be closed: their program sent too much, or what the protocol
 * forbids. By keys that have been proved; each time for twice as long. Sans-IO: the time goes in with each call; nothing
 * is kept over restarts. */
typedef struct _FrPenalties FrPenalties;

#define FR_PENALTIES_FIRST_US (60 * G_USEC_PER_SEC)
#define FR_PENALTIES_MOST_US (24 * G_TIME_SPAN_HOUR)
#define FR_PENALTIES_FORGOTTEN_US (48 * G_TIME_SPAN_HOUR) /* after the last time, if nothing was amiss since */
#define FR_PENALTIES_MAX 1024                             /* keys; the oldest make room */

FrPenalties *fr_penalties_new (void);
void fr_penalties_free (FrPenalties *self);

gint64 fr_penalties_add (FrPenalties *self, const FrPeerKey *key, gint64 now_us);
gint64 fr_penalties_get_left_us (FrPenalties *self, const FrPeerKey *key, gint64 now_us);
guint fr_penalties_get_size (const FrPenalties *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrPenalties, fr_penalties_free)

G_END_DECLS
