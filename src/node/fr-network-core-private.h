/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-mesh.h"
#include "fr-network-core.h"
#include "fr-peer-server.h"
#include "fr-penalties.h"
#include "fr-upload-queue.h"

G_BEGIN_DECLS

/* What the files of the network core share: links; in others, searches, who else there is and how they are reached, and
 * whom we let in. */

typedef struct _FrCorePulse FrCorePulse;

struct _FrNetworkCore
{
  GObject parent_instance;

  /* owned */
  FrIdentity *identity;
  FrStore *store;
  char *name;
  FrRegistration *registration;
  FrIntroductions *introductions;
  FrSwitchboard *switchboard;
  FrAnswerer *answerer;
  FrMesh *mesh;
  FrUploadQueue *uploads;
  FrFetcher *fetcher;
  FrAdmission *admission;
  FrPenalties *penalties;
  GHashTable *searches; /* number -> FrQueryId */
  GHashTable *numbers;  /* FrQueryId -> number */
  FrPeerServer *server;
  FrPeerServer *doorbell_server; /* nullable */
  FrRegistration *doorbell;      /* at that one */
  char *doorbell_address;
  GHashTable *doorbells; /* FrPeerKey -> of people whose invitations said so */
  char *said;  /* all that our record says, to know when it changes */
  char *saved; /* the list of neighbours as it was last kept */
  GSource *upkeep;
  GSource *woken; /* a change of networks that is being waited out */
  GSource *measuring;
  FrCorePulse *pulse; /* while somebody looks */
  guint n_measures; /* how often round trips are still told */
  GCancellable *cancellable;

  /* borrowed */
  FrReportFunc report;
  gpointer report_data;

  /* state */
  gboolean open;
  gboolean rings_outside; /* whether the doorbell is heard by other computers */
  guint n_upkeeps;
  gint64 (*clock) (void);
  gint64 seen_us; /* by clock, at the last upkeep */
  gint64 content_us; /* when what we have was last counted; 0: never */
  gint64 content_day; /* for which it tells who may see more */
  guint content_pending : 1;
};

void fr_network_core_tell (FrNetworkCore *self, FrNetworkReport *report);
void fr_network_core_tell_round_trips (FrNetworkCore *self);
void fr_network_core_tell_link (FrNetworkCore *self, FrNetworkReportType type, FrLink *link);
void fr_network_core_begin_link (FrNetworkCore *self, FrLink *link);

/* In fr-network-core-admission.c */
void fr_network_core_start_admission (FrNetworkCore *self);
gboolean fr_network_core_keep_waiting (FrNetworkCore *self, FrLink *link);
gint64 fr_network_core_get_penalty_us (FrNetworkCore *self, const FrPeerKey *key);
gboolean fr_network_core_send_away (FrNetworkCore *self, FrLink *link);
void fr_network_core_stop_expecting (FrNetworkCore *self, FrLink *link);
void fr_network_core_end_waits (FrNetworkCore *self);

/* In fr-network-core-acquaintance.c */
void fr_network_core_hear (FrNetworkCore *self, FrLink *link);
void fr_network_core_hear_unread (FrNetworkCore *self, FrLink *link);

/* In fr-network-core-givings.c */
void fr_network_core_start_givings (FrNetworkCore *self);

/* In fr-network-core-overlay.c */
void fr_network_core_start_overlay (FrNetworkCore *self);
void fr_network_core_stop_overlay (FrNetworkCore *self);
void fr_network_core_update_record (FrNetworkCore *self);
void fr_network_core_save_neighbours (FrNetworkCore *self);
char *fr_network_core_find_doorbell (FrNetworkCore *self, const FrPeerKey *key);
gboolean fr_network_core_find_record (FrNetworkCore *self, const FrPeerKey *key, FrRecord *out_record);
void fr_network_core_keep_up (FrNetworkCore *self);
FrPeerServer *fr_network_core_start_server (const char *interface, guint port, const char *owner, GError **error);

/* In fr-network-core-search.c */
void fr_network_core_start_searches (FrNetworkCore *self);

G_END_DECLS
