/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-control-client.h"

G_BEGIN_DECLS

/* Requests to add files and folders to a gallery, as many as their names need to fit into lines. */

#define FR_CLI_SHARE_BATCH_BYTES (32 * 1024)

/**
 * FrCliShare:
 * @audience: (nullable): who may see them, as typed
 * @keeps_audience: whether that is kept for what is added later, if nothing is yet
 * @keeps_metadata: whether others get all that the files tell
 */
typedef struct
{
  const char *audience;
  gboolean keeps_audience;
  gboolean keeps_metadata;
} FrCliShare;

GPtrArray *fr_cli_share_requests (char **paths, const FrCliShare *share, GError **error);

G_END_DECLS
