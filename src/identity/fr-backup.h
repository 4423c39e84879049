/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"

G_BEGIN_DECLS

/* An identity locked with a passphrase, to be kept somewhere else, and what belongs to it. The key comes of the
 * passphrase by Argon2id (RFC 9106), whose cost is in the file and capped when it is read; with it, XChaCha20-Poly1305
 * seals all. Stateless; deriving a key takes about a second and 256 MiB, so not in the main loop. */

#define FR_BACKUP_MAX_EXTRA (8 * 1024 * 1024)
#define FR_BACKUP_MAX_SIZE (FR_BACKUP_MAX_EXTRA + 16 * 1024) /* of the file */
#define FR_BACKUP_MIN_PASSPHRASE 8                           /* letters */
#define FR_BACKUP_MAX_PASSPHRASE 1024                        /* bytes */

/* What a file may ask for: a hostile one could ask for hours, or for all memory. */
#define FR_BACKUP_MAX_PASSES 8
#define FR_BACKUP_MAX_MEMORY_KIB (1024 * 1024)

gboolean fr_backup_check_passphrase (const char *passphrase, GError **error);
GBytes *fr_backup_seal (const FrIdentity *identity, GBytes *extra, const char *passphrase, GError **error);
FrIdentity *fr_backup_open (GBytes *file, const char *passphrase, GBytes **out_extra, GError **error);

/* The file itself, which is never overwritten. */
gboolean fr_backup_save (GBytes *file, const char *path, GError **error);
GBytes *fr_backup_load (const char *path, GError **error);

G_END_DECLS
