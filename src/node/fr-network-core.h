/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-fetcher.h"
#include "fr-network-report.h"

G_BEGIN_DECLS

#define FR_NETWORK_CORE_UPKEEP_S 2 /* how often it looks at itself */
#define FR_NETWORK_CORE_MAX_RINGING 32     /* ids at our doorbell: ours, and those who look for us */
#define FR_NETWORK_CORE_MAX_AT_DOORBELL 64 /* connections there */
#define FR_NETWORK_CORE_SLEEP_S 5  /* a leap of the clock beyond that was sleep */

/* Everything that lives in the network thread, wired together: registration, switchboard, mesh, answers, uploads,
 * fetches. What there is to tell goes to one function, in this thread. */

typedef void (*FrReportFunc) (FrNetworkReport *report, gpointer data); /* takes the report */

#define FR_TYPE_NETWORK_CORE (fr_network_core_get_type ())
G_DECLARE_FINAL_TYPE (FrNetworkCore, fr_network_core, FR, NETWORK_CORE, GObject)

FrNetworkCore *fr_network_core_new (FrIdentity *identity, FrStore *store, const FrWebrtcConfig *webrtc,
                                    FrReportFunc report, gpointer data);
void fr_network_core_set_limits (FrNetworkCore *self, guint down_kib, guint up_kib);
void fr_network_core_set_relays (FrNetworkCore *self, const char *stun, const char *turn);
void fr_network_core_set_name (FrNetworkCore *self, const char *name);
void fr_network_core_connect (FrNetworkCore *self, const char *server, const char *address);
void fr_network_core_disconnect (FrNetworkCore *self);
void fr_network_core_serve (FrNetworkCore *self, const char *host, guint port);
void fr_network_core_dial (FrNetworkCore *self, const char *address, const FrPeerKey *key);
void fr_network_core_cancel_dial (FrNetworkCore *self, const char *address);
void fr_network_core_hang_up (FrNetworkCore *self, const FrPeerKey *key);
void fr_network_core_search (FrNetworkCore *self, guint number, const char *words);
void fr_network_core_search_near (FrNetworkCore *self, guint number, const char *words, GBytes *people);
void fr_network_core_ask_newest (FrNetworkCore *self, guint number, const FrPeerKey *key);
void fr_network_core_search_further (FrNetworkCore *self, guint number);
void fr_network_core_end_search (FrNetworkCore *self, guint number);
void fr_network_core_fetch (FrNetworkCore *self, guint number, FrFetchRequest *request);
void fr_network_core_cancel_fetch (FrNetworkCore *self, guint number);
void fr_network_core_pause_fetch (FrNetworkCore *self, guint number);
void fr_network_core_set_open (FrNetworkCore *self, gboolean open);
void fr_network_core_pin (FrNetworkCore *self, const FrPeerKey *key, gboolean pinned);
void fr_network_core_set_admission_rule (FrNetworkCore *self, FrAdmissionRule rule);
void fr_network_core_set_contact (FrNetworkCore *self, const FrPeerKey *key, gboolean contact);
void fr_network_core_set_doorbell (FrNetworkCore *self, const FrPeerKey *key, const char *doorbell);
void fr_network_core_set_place (FrNetworkCore *self, const FrPeerKey *key, const char *server, const char *address);
void fr_network_core_turn_away (FrNetworkCore *self, const FrPeerKey *key);
void fr_network_core_set_blocked (FrNetworkCore *self, const FrPeerKey *key, gboolean blocked);
void fr_network_core_introduce (FrNetworkCore *self, const FrPeerKey *to, FrAcquaintances *acquaintances);
void fr_network_core_set_loopback_only (FrNetworkCore *self, gboolean loopback_only);
void fr_network_core_ring (FrNetworkCore *self, const char *host);
void fr_network_core_add_content (FrNetworkCore *self, const char *text);
void fr_network_core_wake (FrNetworkCore *self);
void fr_network_core_measure (FrNetworkCore *self);
void fr_network_core_set_watching (FrNetworkCore *self, gboolean watching);
void fr_network_core_set_clock (FrNetworkCore *self, gint64 (*clock) (void));
void fr_network_core_close_transfers (FrNetworkCore *self);
void fr_network_core_close (FrNetworkCore *self);
gboolean fr_network_core_is_quiet (FrNetworkCore *self);

G_END_DECLS
