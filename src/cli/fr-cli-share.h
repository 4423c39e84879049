/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-client.h"

G_BEGIN_DECLS

/* Requests to add files and folders to a gallery, as many as their names need to fit into lines. */

#define FR_CLI_SHARE_BATCH_BYTES (32 * 1024)

GPtrArray *fr_cli_share_requests (char **paths, const char *audience, gboolean keep, GError **error);

G_END_DECLS
