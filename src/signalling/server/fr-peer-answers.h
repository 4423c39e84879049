/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a server tells who asks over plain HTTP, and not for a WebSocket. */

void fr_peer_answer (SoupServerMessage *message, const char *rest);
void fr_peer_answer_early_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
                              gpointer user_data); /* for soup_server_add_early_handler() */

G_END_DECLS
