/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-cli-peer.h"

G_BEGIN_DECLS

/* What `freshet-cli gallery` does to look after what it has. */

gboolean fr_cli_keep_check (FrCliPeer *peer, gboolean json, GError **error);
gboolean fr_cli_keep_export (FrCliPeer *peer, const char *folder, gboolean json, GError **error);
gboolean fr_cli_keep_import (FrCliPeer *peer, const char *folder, gboolean json, GError **error);
gboolean fr_cli_keep_export_original (FrCliPeer *peer, const char *picture, const char *path, gboolean json,
                                      GError **error);

G_END_DECLS
