/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-sim-queue.h"
#include "fr-sim.h"

G_BEGIN_DECLS

/* The simulator from inside: fr-sim.c has the clock and what engines want done, fr-sim-peer.c peers and what becomes of
 * them, fr-sim-link.c links and what travels along them, fr-sim-dial.c dials, fr-sim-search.c searches and answers. */

typedef enum
{
  FR_SIM_EVENT_MESSAGE, /* data: FrSimMessage, owned; comes to peer by link */
  FR_SIM_EVENT_TICK,
  FR_SIM_EVENT_BYE,     /* link of peer is closed by the other end */
  FR_SIM_EVENT_DIAL,    /* data: FrSimDial, a reference; link: FrSimDialStep */
  FR_SIM_EVENT_GREED,   /* link: generation */
  FR_SIM_EVENT_DEATH,   /* link: generation */
  FR_SIM_EVENT_BIRTH,
} FrSimEventType;

/* One end of a link. */
typedef struct
{
  FrLinkId link;
  guint32 peer;        /* at the other end */
  FrLinkId peer_link;  /* what the link is called there */
  guint32 latency_us;
  gint64 arrives_us;   /* what was sent last: the next comes no earlier */
} FrSimEnd;

typedef struct
{
  FrOverlay *overlay; /* NULL: dead */
  FrSimEnd *ends;
  guint32 *pictures;  /* titles */
  gint64 tick_at_us;
  double greed;
  guint32 generation; /* a place is taken by another peer when one has died */
  FrLinkId n_links;   /* that were ever made */
  guint16 n_ends;
  guint16 ends_capacity;
  guint16 n_pictures;
  guint8 group;
  guint8 behaviour; /* FrSimBehaviour */
  guint has_doorbell : 1;
  guint is_dirty : 1; /* its deadline may have changed */
} FrSimPeer;

typedef struct
{
  FrQueryId id;
  FrSimSearchResult result;
  guint32 generation; /* of the asker */
  const FrSimQuestion *question;
  GArray *found; /* of guint32: holders; NULL: none yet */
} FrSimSearch;

struct _FrSim
{
  FrSimConfig config;
  GRand *rand;
  FrSimQueue *queue;
  FrSimTitles *titles;
  FrSimPeer *peers;
  guint n_alive;
  gboolean is_built;
  gint64 now_us;
  gint64 flushed_us;
  GArray *dirty; /* of guint32: peers */

  /* What is under way */
  FrSimMessage *cause; /* borrowed: what is being delivered */
  FrSimMessage *last;  /* owned: what was sent last */

  GPtrArray *searches;   /* of FrSimSearch; number N is at N - 1 - n_forgotten */
  GHashTable *by_id;     /* FrQueryId -> FrSimSearch, borrowed */
  guint n_forgotten;
  guint64 n_bodies;      /* sequence of queries */
  GHashTable *dials;     /* id -> FrSimDial, borrowed */
  GHashTable *locates;   /* FrQueryId -> FrSimDial, borrowed: who is looked for */
  guint n_dials;
  FrSimCounters counters;
};

/* fr-sim.c */
void _fr_sim_drain (FrSim *self, guint peer);
void _fr_sim_push (FrSim *self, gint64 after_us, FrSimEventType type, guint peer, guint link, gpointer data);

/* fr-sim-peer.c */
FrPeerKey _fr_sim_key (const FrSim *self, guint peer);
gboolean _fr_sim_find_key (const FrSim *self, const FrPeerKey *key, guint *out_peer);
GBytes *_fr_sim_record (const FrSim *self, guint peer);
void _fr_sim_begin_peer (FrSim *self, guint peer);
void _fr_sim_open (FrSim *self, guint peer);
void _fr_sim_join (FrSim *self, guint peer, guint contact);
void _fr_sim_die (FrSim *self, const FrSimEvent *event);
void _fr_sim_be_born (FrSim *self, guint peer);

/* fr-sim-link.c */
FrSimEnd *_fr_sim_find_end (FrSimPeer *peer, FrLinkId link);
FrSimEnd *_fr_sim_find_end_to (FrSim *self, guint peer, guint other);
void _fr_sim_link (FrSim *self, guint a, guint b, gint64 latency_us);
void _fr_sim_drop_end (FrSimPeer *peer, FrLinkId link);
void _fr_sim_send (FrSim *self, guint peer, FrLinkId link, GBytes *frame);
void _fr_sim_deliver (FrSim *self, const FrSimEvent *event);
void _fr_sim_close (FrSim *self, guint peer, FrLinkId link);
void _fr_sim_receive_bye (FrSim *self, const FrSimEvent *event);

/* fr-sim-dial.c */
void _fr_sim_dial (FrSim *self, guint peer, const FrOverlayAction *action);
void _fr_sim_dial_step (FrSim *self, const FrSimEvent *event);
void _fr_sim_dial_signal (FrSim *self, guint peer, const FrOverlayAction *action);
gboolean _fr_sim_dial_looks_for (FrSim *self, const FrQueryId *query, guint peer);
void _fr_sim_dial_located (FrSim *self, guint peer, const FrQueryId *query);
void _fr_sim_dial_drop (gpointer dial);

/* fr-sim-search.c */
guint _fr_sim_number_of_query (FrSim *self, const Freshet__Query *query);
FrSimSearch *_fr_sim_get_search (FrSim *self, guint number);
void _fr_sim_search_free (FrSimSearch *search);
FrQueryId _fr_sim_ask_for_key (FrSim *self, guint peer, const FrPeerKey *key);
void _fr_sim_be_asked (FrSim *self, guint peer, const FrOverlayAction *action);
void _fr_sim_be_answered (FrSim *self, guint peer, const FrOverlayAction *action);
void _fr_sim_be_greedy (FrSim *self, const FrSimEvent *event);

G_END_DECLS
