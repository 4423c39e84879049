/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"

G_BEGIN_DECLS

/* The secret itself, FR_IDENTITY_SEED_SIZE bytes; only for the file that keeps it. */
const guint8 *_fr_identity_get_seed (const FrIdentity *self);

/* The key pair as libsodium keeps it, crypto_sign_SECRETKEYBYTES bytes; only for what derives others from it. */
const guint8 *_fr_identity_get_secret_key (const FrIdentity *self);

/* Writes a file for its owner alone, whole or not at all; blocking. Where there is one of that name and it is not to be
 * replaced, G_FILE_ERROR_EXIST. */
gboolean _fr_identity_write_file (const char *path, const void *data, gsize size, gboolean replace, GError **error);

G_END_DECLS
