/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-peer-key.h"
#include "fr-way.h"

G_BEGIN_DECLS

/* Somebody that we added, or who is connected to us. Lives in the main thread; changes are notified. */

typedef enum
{
  FR_PERSON_AWAY,       /* not here now, as far as we know */
  FR_PERSON_LOOKING,    /* asked the server for them */
  FR_PERSON_CONNECTING, /* found; the two computers are trying to reach each other */
  FR_PERSON_HERE,       /* connected */
  FR_PERSON_WAITS,      /* connected; the person there has yet to decide about us */
  FR_PERSON_ASKS,       /* connected; the person here has yet to decide about them */
  FR_PERSON_FAILED,     /* tried, and not going on by itself: see fr_person_get_error() */
  FR_PERSON_CHANGED,    /* not here; somebody else is where they were, by their name: see fr_person_get_other_key() */
} FrPersonState;

#define FR_TYPE_PERSON_STATE (fr_person_state_get_type ())
GType fr_person_state_get_type (void);

#define FR_TYPE_PERSON (fr_person_get_type ())
G_DECLARE_FINAL_TYPE (FrPerson, fr_person, FR, PERSON, GObject)

/* Properties, all readable, all notified: "name", "address", "server" (strings, never NULL but perhaps empty),
 * "own-name" (string, nullable: what they call themselves, where the person here calls them something else),
 * "state" (FrPersonState), "added" (boolean: the person was added here and is dialled again by itself),
 * "blocked" (boolean), "checked" (boolean: words were compared with them), "other" (boolean: somebody with another key
 * is where they were, and the person here has not said yet what that means),
 * "kept-out-until-us" (int64, real time: until then they get no session, as their program sent too much or broke the
 * protocol; 0: they are not kept out; the error says so in words), "owner" (FrPerson, nullable: whose other computer this
 * is; else it is a person by itself), "introducer" (FrPerson, nullable: who told us of them), "mine" (boolean: the person
 * here says that it is another computer of theirs), "agrees" (boolean: the other side says so too),
 * "missed" (boolean: they were added a day ago or more, and the two were never here together),
 * "error-message" (string, nullable), "way" (string, nullable: who introduced us, as fr_way_to_string()). */

const char *fr_person_get_name (FrPerson *self);
const char *fr_person_get_own_name (FrPerson *self);
const char *fr_person_get_address (FrPerson *self);
const char *fr_person_get_server (FrPerson *self);
const char *fr_person_get_doorbell (FrPerson *self); /* their own server, as an invitation said; perhaps empty */
FrPersonState fr_person_get_state (FrPerson *self);
gboolean fr_person_get_added (FrPerson *self);
gboolean fr_person_get_blocked (FrPerson *self);
gboolean fr_person_is_contact (FrPerson *self);
gint64 fr_person_get_kept_out_until_us (FrPerson *self);
gboolean fr_person_get_key (FrPerson *self, FrPeerKey *out_key);
gboolean fr_person_get_checked (FrPerson *self);
gboolean fr_person_get_other_key (FrPerson *self, FrPeerKey *out_key);
FrPerson *fr_person_get_owner (FrPerson *self);
GPtrArray *fr_person_list_computers (FrPerson *self);
FrPerson *fr_person_get_introducer (FrPerson *self);
gboolean fr_person_is_introduced_only (FrPerson *self);
gboolean fr_person_get_mine (FrPerson *self);
gboolean fr_person_get_agrees (FrPerson *self);
const GError *fr_person_get_error (FrPerson *self);
gint64 fr_person_get_seen_us (FrPerson *self);
gboolean fr_person_is_missed (FrPerson *self);
guint fr_person_get_round_trip_us (FrPerson *self);
const char *fr_person_get_route (FrPerson *self);
FrWay fr_person_get_way (FrPerson *self);

G_END_DECLS
