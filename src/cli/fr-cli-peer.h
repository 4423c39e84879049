/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-cli-options.h"
#include "fr-control-client.h"

G_BEGIN_DECLS

/* The peer that a command asks: the one that runs on the data folder, or else one of its own, started in this process
 * and stopped with the command. Both are asked over a control connection, so a command knows no difference. */

typedef struct _FrCliPeer FrCliPeer;

FrCliPeer *fr_cli_peer_open (const FrCliOptions *options, GCancellable *cancellable, GError **error);
FrCliPeer *fr_cli_peer_start (const FrCliOptions *options, GCancellable *cancellable, GError **error);
void fr_cli_peer_close (FrCliPeer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrCliPeer, fr_cli_peer_close)

FrControlClient *fr_cli_peer_get_client (FrCliPeer *self);
gboolean fr_cli_peer_ask (FrCliPeer *self, JsonObject *request, FrControlAnswerFunc func, gpointer data,
                          GError **error);
gboolean fr_cli_peer_get_ready (FrCliPeer *self, gboolean people, GError **error);

G_END_DECLS
