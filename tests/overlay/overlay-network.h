/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-overlay.h"

/* Many engines on a virtual clock: frames take a time of their own on each direction of a link, checks of signatures
 * too, and what happens at the same time happens in the order in which it was caused. So a seed replays all of it. */
typedef struct _Network Network;

#define NETWORK_WAYS 3

Network *network_new (GRand *rand, const FrOverlayConfig *config, guint n_nodes);
void network_free (Network *self);

void network_connect (Network *self, guint a, guint b);
gboolean network_are_connected (Network *self, guint a, guint b);
void network_connect_randomly (Network *self, guint n_links);
void network_disconnect_randomly (Network *self, double share);

void network_set_text (Network *self, guint node, const char *folded);
void network_settle (Network *self, gint64 us);
FrQueryId network_search_for (Network *self, guint node, guint number, const char *words, guint ttl);
FrQueryId network_search (Network *self, guint node, guint number, guint ttl);
void network_answer (Network *self, guint node, const FrQueryId *query);
void network_say (Network *self, guint node, GBytes *frame);
guint network_run (Network *self);

guint network_n_nodes (Network *self);
guint network_n_links (Network *self);
guint network_n_delivered (Network *self, guint node);
guint network_n_answers (Network *self, guint node);
guint network_n_hits (Network *self, guint asker, guint holder);
GArray *network_distances (Network *self, guint from);
GArray *network_can_answer (Network *self, guint asker);
FrOverlayStats network_stats (Network *self, guint node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Network, network_free)
