/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* Which searches of an asker have been seen: by the number in each, which is the time in microseconds where that has
 * grown. The ledger of the overlay forgets a search after ten minutes, and whoever has relayed it could send it again,
 * to see whether there is more for its asker now. One thread; never reads the clock. */

#define FR_ASKER_WINDOWS_MAX 1024                         /* askers: who has asked least recently is forgotten first */
#define FR_ASKER_WINDOW_SIZE 64                           /* numbers of each */
#define FR_ASKER_WINDOW_US (600 * G_USEC_PER_SEC)         /* so much later than a newer one may an older one come */
#define FR_ASKER_WINDOW_AHEAD_US (24 * 3600 * (gint64) G_USEC_PER_SEC) /* of our clock: theirs is wrong, and may be mended */

typedef struct _FrAskerWindows FrAskerWindows;

FrAskerWindows *fr_asker_windows_new (void);
void fr_asker_windows_free (FrAskerWindows *self);

gboolean fr_asker_windows_take (FrAskerWindows *self, const FrPeerKey *asker, guint64 sequence, gint64 now_real_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrAskerWindows, fr_asker_windows_free)

G_END_DECLS
