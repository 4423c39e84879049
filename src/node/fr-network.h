/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-network-core.h"

G_BEGIN_DECLS

/* The network thread as the main thread sees it: every function hands a request over and returns at once. Lives in the
 * main thread.
 *
 * Signal "report" (FrNetworkReport *), in the main thread; the handler may steal what is in it. */

#define FR_TYPE_NETWORK (fr_network_get_type ())
G_DECLARE_FINAL_TYPE (FrNetwork, fr_network, FR, NETWORK, GObject)

FrNetwork *fr_network_new (FrIdentity *identity, FrStore *store, const FrWebrtcConfig *webrtc);
void fr_network_set_limits (FrNetwork *self, guint down_kib, guint up_kib);
void fr_network_set_relays (FrNetwork *self, const char *stun, const char *turn);
void fr_network_set_name (FrNetwork *self, const char *name);
void fr_network_connect (FrNetwork *self, const char *server, const char *address);
void fr_network_disconnect (FrNetwork *self);
void fr_network_serve (FrNetwork *self, const char *host, guint port);
void fr_network_dial (FrNetwork *self, const char *address, const FrPeerKey *key);
void fr_network_cancel_dial (FrNetwork *self, const char *address);
void fr_network_hang_up (FrNetwork *self, const FrPeerKey *key);
guint fr_network_search (FrNetwork *self, const char *words);
guint fr_network_search_near (FrNetwork *self, const char *words, GBytes *people);
guint fr_network_ask_newest (FrNetwork *self, const FrPeerKey *key);
void fr_network_search_further (FrNetwork *self, guint number);
void fr_network_end_search (FrNetwork *self, guint number);
guint fr_network_fetch (FrNetwork *self, FrFetchRequest *request);
void fr_network_cancel_fetch (FrNetwork *self, guint number);
void fr_network_pause_fetch (FrNetwork *self, guint number);
void fr_network_set_open (FrNetwork *self, gboolean open);
void fr_network_pin (FrNetwork *self, const FrPeerKey *key, gboolean pinned);
void fr_network_set_place (FrNetwork *self, const FrPeerKey *key, const char *server, const char *address);
void fr_network_set_doorbell (FrNetwork *self, const FrPeerKey *key, const char *doorbell);
void fr_network_set_admission_rule (FrNetwork *self, FrAdmissionRule rule);
void fr_network_turn_away (FrNetwork *self, const FrPeerKey *key);
void fr_network_set_blocked (FrNetwork *self, const FrPeerKey *key, gboolean blocked);
void fr_network_introduce (FrNetwork *self, const FrPeerKey *to, FrAcquaintances *acquaintances);
void fr_network_set_loopback_only (FrNetwork *self, gboolean loopback_only);
void fr_network_ring (FrNetwork *self, const char *host);
void fr_network_add_content (FrNetwork *self, const char *text);
void fr_network_wake (FrNetwork *self);
void fr_network_measure (FrNetwork *self);
void fr_network_set_watching (FrNetwork *self, gboolean watching);
void fr_network_close_transfers (FrNetwork *self);

void fr_network_close_async (FrNetwork *self, GAsyncReadyCallback callback, gpointer data);
gboolean fr_network_close_finish (FrNetwork *self, GAsyncResult *result, GError **error);

G_END_DECLS
