/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-content-id.h"
#include "fr-fetch-state.h"
#include "fr-person.h"

G_BEGIN_DECLS

/* One picture that goes from here to somebody who has asked for it. Lives in the main thread. */

#define FR_TYPE_GIVING (fr_giving_get_type ())
G_DECLARE_FINAL_TYPE (FrGiving, fr_giving, FR, GIVING, GObject)

/* Properties, notified: "state" (FrFetchState: QUEUED, RUNNING, DONE, or FAILED, when they have not got all of it),
 * "bytes-done", "bytes-total" (uint64). */
const FrContentId *fr_giving_get_id (FrGiving *self);
const char *fr_giving_get_title (FrGiving *self);
FrPerson *fr_giving_get_person (FrGiving *self); /* nullable: somebody one does not know */
const FrPeerKey *fr_giving_get_key (FrGiving *self);
FrFetchState fr_giving_get_state (FrGiving *self);
guint64 fr_giving_get_bytes_done (FrGiving *self);
guint64 fr_giving_get_bytes_total (FrGiving *self);
gint64 fr_giving_get_started_us (FrGiving *self); /* monotonic */
gint64 fr_giving_get_ended_us (FrGiving *self); /* by the calendar; 0: not yet */

G_END_DECLS
