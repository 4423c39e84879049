/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay.h"
#include "fr-sim-graph.h"
#include "fr-sim-latency.h"
#include "fr-sim-message.h"
#include "fr-sim-titles.h"

G_BEGIN_DECLS

/* A network of many peers on a virtual clock. Every one is the engine that runs in the window (FrOverlay), and decides
 * all that is to be decided; what is made up here is the world around it: links and their latency and loss, dials,
 * galleries, and what goes wrong. One seed makes one run. One owner thread; reads no clock. */
typedef struct _FrSim FrSim;

typedef struct
{
  guint n_peers;
  guint32 seed;
  FrSimTopology topology;
  guint degree;
  FrSimLatency latency;   /* of each link, one way */
  double loss;            /* share of messages that have to be sent again: links are reliable, so it shows as delay */
  gboolean open;          /* peers make links by themselves */
  gboolean server;        /* there is a rendezvous server */
  double doorbells;       /* share of the peers that offer one */
  gboolean locates;       /* who is dialled and does not answer is looked for by a query, as the node does it; each is a
                           * flood, so large networks that are being repaired take very long */
  double churn_median_s;  /* of a peer's life; 0: they live for ever */
  guint n_titles;         /* of which galleries are made */
  guint n_pictures;       /* a peer */
  gboolean unchecked;     /* frames may break the ranges of the protocol: for a ttl without clamp */
  FrOverlayConfig engine;
} FrSimConfig;

typedef enum
{
  FR_SIM_HONEST,
  FR_SIM_SILENT, /* takes all queries and hits, and passes none on */
} FrSimBehaviour;

typedef enum
{
  FR_SIM_BY_ROUTE,
  FR_SIM_BY_SERVER,
  FR_SIM_BY_DOORBELL,
  FR_SIM_N_WAYS,
} FrSimWay;

/* What has happened since the beginning. Every message that was sent was delivered, lost, or is on its way. */
typedef struct
{
  guint64 sent[FR_SIM_N_KINDS];
  guint64 sent_bytes[FR_SIM_N_KINDS];
  guint64 delivered;
  guint64 lost;       /* the other end was dead, the link gone there, or the network split */
  guint64 in_flight;
  guint64 resent;     /* took longer, as a part of it was lost */
  guint64 withheld;   /* not sent by silent peers */
  guint64 faults;     /* that one of our own engines sent: has to stay 0 */
  guint64 searches;
  guint64 queries_delivered;
  guint64 links;      /* that were made */
  guint64 closed[4];  /* by engines, by FrOverlayReason */
  guint64 dials;
  guint64 dialled[FR_SIM_N_WAYS];
  guint64 dials_failed;
  guint64 dials_refused;
} FrSimCounters;

/* What became of one search. */
typedef struct
{
  guint asker;
  gint64 begun_us;
  guint n_reached;      /* peers that it was delivered to */
  guint n_holders;      /* peers whose hits have come */
  guint first_hit_hops; /* as its holder says; 0: none */
  gint64 first_hit_us;  /* after it began; 0: none */
  guint64 queries;      /* copies sent */
  guint64 query_bytes;
  guint64 hits;         /* frames sent, on all links together */
  guint64 hits_bytes;
} FrSimSearchResult;

void fr_sim_config_init_default (FrSimConfig *config);

FrSim *fr_sim_new (const FrSimConfig *config);
void fr_sim_free (FrSim *self);

/* Building */
void fr_sim_build (FrSim *self);
void fr_sim_connect (FrSim *self, guint a, guint b);
void fr_sim_give (FrSim *self, guint peer, guint title);
FrSimTitles *fr_sim_get_titles (FrSim *self);
GRand *fr_sim_get_rand (FrSim *self);

/* What happens */
void fr_sim_run_for (FrSim *self, gint64 duration_us);
guint fr_sim_search (FrSim *self, guint peer, const char *words, guint ttl);
void fr_sim_end_search (FrSim *self, guint search);
void fr_sim_forget_searches (FrSim *self);
void fr_sim_crash (FrSim *self, guint peer);
guint fr_sim_crash_share (FrSim *self, double share);
void fr_sim_leave (FrSim *self, guint peer);
void fr_sim_set_behaviour (FrSim *self, guint peer, FrSimBehaviour behaviour);
void fr_sim_set_greed (FrSim *self, guint peer, double queries_per_second);
void fr_sim_set_group (FrSim *self, guint peer, guint group);
void fr_sim_set_server (FrSim *self, gboolean alive);

/* What can be seen */
const FrSimConfig *fr_sim_get_config (const FrSim *self);
gint64 fr_sim_get_now (const FrSim *self);
guint fr_sim_get_n_peers (const FrSim *self);
guint fr_sim_get_n_alive (const FrSim *self);
gboolean fr_sim_is_alive (const FrSim *self, guint peer);
guint fr_sim_draw_alive (FrSim *self);
const FrSimCounters *fr_sim_get_counters (const FrSim *self);
gboolean fr_sim_get_search (FrSim *self, guint search, FrSimSearchResult *out_result);
gboolean fr_sim_get_xray (FrSim *self, guint search, FrQueryXray *out_xray);
GArray *fr_sim_get_found (FrSim *self, guint search);
GArray *fr_sim_get_holders (FrSim *self, const char *words);
FrSimGraph *fr_sim_get_graph (const FrSim *self);
GArray *fr_sim_get_distances (const FrSim *self, guint from, guint most);
FrOverlay *fr_sim_get_engine (FrSim *self, guint peer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrSim, fr_sim_free)

G_END_DECLS
