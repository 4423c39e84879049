/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-backup-people.h"
#include "fr-identity.h"

G_BEGIN_DECLS

/* Puts an identity and its people into a data folder that nobody uses. Iterates the main context. */

gboolean fr_cli_restore (const char *folder,
                         FrIdentity *identity,
                         const FrBackupPeople *people,
                         gboolean replace,
                         char **out_kept,
                         GError **error);

G_END_DECLS
