/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-admission.h"
#include "fr-fetch.h"
#include "fr-gallery.h"
#include "fr-giving.h"
#include "fr-import.h"
#include "fr-network-pulse.h"
#include "fr-newest.h"
#include "fr-node-error.h"
#include "fr-people.h"
#include "fr-recent-searches.h"
#include "fr-search.h"
#include "fr-search-traces.h"
#include "fr-wishes.h"

G_BEGIN_DECLS

/* A Freshet: one person's key, name, pictures and connections in one data folder. What a front end talks to. Lives in
 * the main thread; the network, the store and the decoder have their own. */

typedef enum
{
  FR_NODE_OFFLINE,    /* no server chosen */
  FR_NODE_CONNECTING,
  FR_NODE_ONLINE,
  FR_NODE_WAITING,    /* lost or not reached; tried again by itself */
  FR_NODE_FAILED,     /* will not be tried again: see fr_node_get_error() */
} FrNodeState;

#define FR_TYPE_NODE_STATE (fr_node_state_get_type ())
GType fr_node_state_get_type (void);

typedef struct
{
  const char *folder;        /* data folder, made if missing */
  const char *name;          /* nullable: as kept from last time */
  const char *server;        /* nullable: as kept from last time */
  const char *stun;          /* nullable */
  const char *const *turn;   /* nullable */
  const char *image_program; /* nullable: freshet-image is looked for */
  const char *admission;     /* nullable: who may come in, as fr_admission_rule_to_string(); else as the last time, or
                                anyone */
  gboolean asks;             /* where that has never been chosen: the person is asked */
  gboolean open;             /* links to strangers are made by themselves, */
  gboolean added_only;       /* or to people who were added only; neither: as kept from last time, or only */
  gboolean doorbell;         /* a rendezvous server of our own, so that we can be reached when there is no other */
  gboolean loopback_only;    /* this computer alone: for tests, demonstrations and benchmarks */
} FrNodeOptions;

#define FR_TYPE_NODE (fr_node_get_type ())
G_DECLARE_FINAL_TYPE (FrNode, fr_node, FR, NODE, GObject)

/* Opens the data folder. Errors: FR_STORE_ERROR (LOCKED, NEWER, DAMAGED…), FR_IDENTITY_ERROR, FR_NODE_ERROR_BAD_NAME. Connects by
 * itself if name and server are known. */
void fr_node_open_async (const FrNodeOptions *options, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrNode *fr_node_open_finish (GAsyncResult *result, GError **error);

/* Says goodbye to everybody and lets go of the folder; at most about a second. */
void fr_node_close_async (FrNode *self, GAsyncReadyCallback callback, gpointer data);
gboolean fr_node_close_finish (FrNode *self, GAsyncResult *result, GError **error);

/* Properties, notified: "name" (string, nullable: not chosen yet), "address" (string, nullable: what to type to add
 * us; known when ONLINE), "server" (string, nullable), "state" (FrNodeState), "error-message" (string, nullable),
 * "serving" (string, nullable: the address of the server that runs inside this process). */
const char *fr_node_get_name (FrNode *self);
gboolean fr_node_set_name (FrNode *self, const char *name, GError **error);
const char *fr_node_get_address (FrNode *self);
const char *fr_node_get_taken_address (FrNode *self); /* notified with "address" */
const char *fr_node_get_server (FrNode *self);
FrNodeState fr_node_get_state (FrNode *self);
const GError *fr_node_get_error (FrNode *self);
gint64 fr_node_get_retry_at_us (FrNode *self); /* monotonic: when WAITING ends */
const FrPeerKey *fr_node_get_key (FrNode *self);
const char *fr_node_get_folder (FrNode *self);
gboolean fr_node_was_rescued (FrNode *self, guint *out_n_unnamed); /* the list of pictures was damaged: as the store has it */
char *fr_node_get_invitation (FrNode *self); /* nullable: a freshet: link, as FrInvitation */

/* Connects to a server: "host", "host:port", "wss://host/path?key=k". Kept for next time. */
gboolean fr_node_connect_server (FrNode *self, const char *server, GError **error);
void fr_node_disconnect_server (FrNode *self);
void fr_node_retry_server (FrNode *self);

/* Starts a server inside this process and connects to it. local_network: reachable by others on the local network;
 * else on 127.0.0.1 only. port 0: 9000 if free, else any. It is started again at the next start, until another server is
 * chosen. */
void fr_node_serve_async (FrNode *self, gboolean local_network, guint port, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data);
char *fr_node_serve_finish (FrNode *self, GAsyncResult *result, GError **error); /* the server's address */
const char *fr_node_get_serving (FrNode *self);

/* What helps through firewalls: "stun://host:port", "turn://user:password@host:port"; NULL or "": none. For connections
 * made from now on, and kept. FR_NODE_ERROR_BAD_RELAY. */
gboolean fr_node_set_relays (FrNode *self, const char *stun, const char *turn, GError **error);
const char *fr_node_get_stun (FrNode *self);
const char *fr_node_get_turn (FrNode *self); /* the first of them */
char *fr_node_describe_invited_relays (FrNode *self, const char *text); /* to be read before it is added */

/* Whether links are made by themselves to anybody, or to people who were added alone. Kept. */
void fr_node_set_admission_rule (FrNode *self, FrAdmissionRule rule);
FrAdmissionRule fr_node_get_admission_rule (FrNode *self);
void fr_node_set_open (FrNode *self, gboolean open);
gboolean fr_node_get_open (FrNode *self);

FrPeople *fr_node_get_people (FrNode *self);
FrGallery *fr_node_get_gallery (FrNode *self);
FrNewest *fr_node_get_newest (FrNode *self); /* what one's people share */
FrWishes *fr_node_get_wishes (FrNode *self); /* searches that are kept, and asked again by themselves */
FrRecentSearches *fr_node_get_recent_searches (FrNode *self); /* those that whoever asks them notes there */
GListModel *fr_node_get_fetches (FrNode *self); /* of FrFetch, newest first */

/* A small picture as pixels, decoded by freshet-image: the thumbnail of a picture in the own gallery, or of a hit (NULL). */
void fr_node_render_bytes_async (FrNode *self, GBytes *bytes, const FrContentId *id, guint max_width, guint max_height,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
FrImagePixels *fr_node_render_bytes_finish (FrNode *self, GAsyncResult *result, GError **error);

FrSearch *fr_node_search (FrNode *self, const char *words, GError **error); /* FR_NODE_ERROR_SEARCH, both */
FrSearch *fr_node_search_terms (FrNode *self, const FrSearchTerms *terms, GError **error);
/* Fetches a hit: from the nearest holder, or from the given one (index), else the next. One fetch a picture at a time. */
FrFetch *fr_node_fetch (FrNode *self, FrHit *hit, int holder);
void fr_node_forget_fetch (FrNode *self, FrFetch *fetch); /* if it is over */
void fr_node_clear_fetches (FrNode *self); /* those that are over */
GListModel *fr_node_get_givings (FrNode *self); /* of FrGiving, newest first */
void fr_node_forget_giving (FrNode *self, FrGiving *giving); /* if it is over */
void fr_node_clear_givings (FrNode *self); /* those that are over */
/* How fast pictures may come and go: KiB a second; 0: as fast as it goes. Kept. */
void fr_node_set_limits (FrNode *self, guint down_kib, guint up_kib);
guint fr_node_get_limit_down (FrNode *self);
guint fr_node_get_limit_up (FrNode *self);
/* Closes the sessions that carry pictures only, as their rest would after 30 s. */
void fr_node_close_transfers (FrNode *self);

/* How the links are, while somebody looks: signal "pulse" (FrNetworkPulse *). */
void fr_node_set_watching (FrNode *self, gboolean watching);
FrSearchTraces *fr_node_get_search_traces (FrNode *self); /* what became of the person's last searches */

/* Signals "other-program" (const char *address): somebody tried to connect with a program that is not Freshet; "trouble"
 * (const char *message): something that the person has to know, in words for people. */

G_END_DECLS
