/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-acquaintance.h"
#include "fr-fetch-state.h"
#include "fr-hits.h"
#include "fr-network-pulse.h"
#include "fr-query-xray.h"
#include "fr-rendezvous.h"
#include "fr-staged.h"
#include "fr-way.h"

G_BEGIN_DECLS

/* What the network thread has to tell the main thread: an owned value that crosses once. */

typedef enum
{
  FR_REPORT_SERVER,        /* server_state, server, address, name: what somebody else is called whom we wanted to be, or
                              NULL, error, retry_at_us */
  FR_REPORT_SERVING,       /* server: the address of the one that runs here, or error */
  FR_REPORT_DOORBELL,      /* server: the address of our own, where others may ring */
  FR_REPORT_LINK_UP,       /* key, name, address, server (NULL: ours, or not known), way, route, incoming */
  FR_REPORT_LINK_CHANGED,  /* key, round_trip_us, route */
  FR_REPORT_LINK_DOWN,     /* key, name, address, error, kept_out_us */
  FR_REPORT_LINK_ASKS,     /* as LINK_UP: a stranger waits for the person here; LINK_UP or LINK_DOWN follows */
  FR_REPORT_LINK_WAITS,    /* as LINK_UP: the person there has yet to decide; LINK_UP or LINK_DOWN follows */
  FR_REPORT_OTHER_KEY,     /* as LINK_UP, name, route and server may be NULL: somebody who is where a contact was */
  FR_REPORT_INTRODUCED,    /* key: of a contact; acquaintances: what they say who somebody is */
  FR_REPORT_DIAL_FOUND,    /* address */
  FR_REPORT_DIAL_FAILED,   /* address, key (zero: any), error, kept_out_us */
  FR_REPORT_OTHER_PROGRAM, /* address */
  FR_REPORT_WOKEN,         /* the computer has slept, or changed its network */
  FR_REPORT_ASKED,         /* number of a search; count: links that it went out by */
  FR_REPORT_HITS,          /* number of a search; hits */
  FR_REPORT_HIDDEN,        /* number of a search; count: pictures of somebody who is blocked */
  FR_REPORT_PREVIEW,       /* number of a search; hash, data */
  FR_REPORT_XRAY,          /* number of a search; xray */
  FR_REPORT_GIVING,        /* number of an upload; key: who gets it, content, done, total, fetch_state: QUEUED, RUNNING,
                              DONE or FAILED */
  FR_REPORT_PULSE,         /* pulse */
  FR_REPORT_FETCH,         /* number of a fetch; fetch_state, done, total, count: place, or when it failed
                              how many of the holders were not there, key, error, staged */
} FrNetworkReportType;

typedef struct
{
  FrNetworkReportType type;
  guint number;
  guint count;
  gint64 at_us; /* g_get_monotonic_time() when it happened */
  FrPeerKey key;
  char *name;
  char *server;
  char *address;
  char *route;
  FrWay way;
  gboolean incoming;
  guint round_trip_us;
  gint64 kept_out_us; /* for how long they get no session yet; 0: they are not kept out */
  GError *error;
  FrRendezvousState server_state;
  gint64 retry_at_us;
  FrHits *hits;
  FrBlockHash hash;
  FrContentId content;
  GBytes *data;
  FrQueryXray xray;
  FrFetchState fetch_state;
  guint64 done, total;
  FrStaged *staged;
  FrAcquaintances *acquaintances;
  FrNetworkPulse *pulse;
} FrNetworkReport;

FrNetworkReport *fr_network_report_new (FrNetworkReportType type);
void fr_network_report_free (FrNetworkReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrNetworkReport, fr_network_report_free)

G_END_DECLS
