/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"

G_BEGIN_DECLS

/* The secret itself, FR_IDENTITY_SEED_SIZE bytes; only for the file that keeps it. */
const guint8 *_fr_identity_get_seed (const FrIdentity *self);

/* The key pair as libsodium keeps it, crypto_sign_SECRETKEYBYTES bytes; only for what derives others from it. */
const guint8 *_fr_identity_get_secret_key (const FrIdentity *self);

G_END_DECLS
