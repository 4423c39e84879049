/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-answerer.h"
#include "fr-dial-target.h"
#include "fr-link.h"
#include "fr-overlay.h"

G_BEGIN_DECLS

/* Drives the overlay engine over the links: hands it what comes and the time, and does what it wants done. Lives in
 * the network thread.
 *
 * Signals: "hits" (FrHits *): an answer to a search of our own, checked; "preview" (FrQueryId *, FrBlockHash *hash,
 * GBytes *data), its hash checked; "xray" (FrQueryId *): more is known of a search of our own; "dial" (FrDialTarget *):
 * somebody is wanted as a neighbour; "letter" (FrQueryId *route, FrPeerKey *from, GBytes *letter): words of a dial, not
 * checked; "located" (FrPeerKey *, FrQueryId *route): somebody who was looked for has been found. */

#define FR_MESH_MAX_LOCATES 16      /* people who are looked for at once */
#define FR_MESH_LOCATE_US (10 * G_USEC_PER_SEC)
#define FR_MESH_RECORD_RATE 4       /* signatures of records a second that are checked, a link */
#define FR_MESH_RECORD_BURST 64
#define FR_MESH_MAX_REPLIES 64 /* searches whose sealed answers can be opened */
#define FR_MESH_QUEUED_INTERVAL_MS 250 /* how often the engine is told what waits to be sent */

#define FR_TYPE_MESH (fr_mesh_get_type ())
G_DECLARE_FINAL_TYPE (FrMesh, fr_mesh, FR, MESH, GObject)

FrMesh *fr_mesh_new (FrIdentity *identity, FrAnswerer *answerer);
void fr_mesh_add_link (FrMesh *self, FrLink *link);
void fr_mesh_remove_link (FrMesh *self, FrLink *link);
guint fr_mesh_get_n_links (FrMesh *self);
guint fr_mesh_get_round_trip_us (FrMesh *self, FrLink *link);
void fr_mesh_check_links (FrMesh *self);

/* Neighbours. */
void fr_mesh_set_record (FrMesh *self, GBytes *record);
void fr_mesh_set_open (FrMesh *self, gboolean open);
void fr_mesh_pin (FrMesh *self, const FrPeerKey *key, gboolean pinned);
void fr_mesh_set_blocked (FrMesh *self, const FrPeerKey *key, gboolean blocked);
void fr_mesh_add_record (FrMesh *self, GBytes *record);
GPtrArray *fr_mesh_get_records (FrMesh *self);
gboolean fr_mesh_wants_link (FrMesh *self, const FrPeerKey *key);
void fr_mesh_dial_failed (FrMesh *self, const FrPeerKey *key, gboolean lives);

/* Searches of our own, and what can be found here. */
FrQueryId fr_mesh_search (FrMesh *self, const char *name, const char *words);
guint fr_mesh_search_near (FrMesh *self, const char *name, const char *words, const FrPeerKey *keys, guint n_keys,
                           FrQueryId *out_query);
guint fr_mesh_ask_newest (FrMesh *self, const char *name, const FrPeerKey *key, FrQueryId *out_query);
gboolean fr_mesh_search_further (FrMesh *self, const FrQueryId *query);
gboolean fr_mesh_get_xray (FrMesh *self, const FrQueryId *query, FrQueryXray *out_xray);
void fr_mesh_end_search (FrMesh *self, const FrQueryId *query);
void fr_mesh_set_contact (FrMesh *self, const FrPeerKey *key, gboolean is_contact);
void fr_mesh_set_content (FrMesh *self, FrNgramSet *content);
void fr_mesh_add_content (FrMesh *self, const char *folded);

/* Introductions. */
gboolean fr_mesh_has_route (FrMesh *self, const FrQueryId *route, const FrPeerKey *key);
gboolean fr_mesh_send_letter (FrMesh *self, const FrQueryId *route, const FrPeerKey *to, GBytes *letter);
gboolean fr_mesh_locate (FrMesh *self, const char *name, const FrPeerKey *key);

G_END_DECLS
