/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-backup.h"

G_BEGIN_DECLS

/* What deriving a key costs. */
typedef struct
{
  guint32 passes;
  guint32 memory_kib;
} FrBackupCost;

GBytes *_fr_backup_seal_at (const FrIdentity *identity,
                            GBytes *extra,
                            const char *passphrase,
                            const FrBackupCost *cost,
                            GError **error);

G_END_DECLS
