/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-contact-tag.h"
#include "fr-peer-key.h"

G_BEGIN_DECLS

/* Who this person's device is: an Ed25519 key pair (RFC 8032) and what is proved with it. Reference-counted, immutable
 * after it was made, for use from any thread. */

#define FR_IDENTITY_FILE "identity"
#define FR_IDENTITY_SEED_SIZE 32
#define FR_IDENTITY_SIGNATURE_SIZE 64
#define FR_IDENTITY_TOKEN_LENGTH 32
#define FR_IDENTITY_SEAL_SIZE 48 /* what is added to the bytes that are sealed */

#define FR_IDENTITY_ERROR (fr_identity_error_quark ())
GQuark fr_identity_error_quark (void);

typedef enum
{
  FR_IDENTITY_ERROR_DAMAGED,    /* the file is there, but not one that we wrote; it is never replaced */
  FR_IDENTITY_ERROR_EXISTS,     /* there is another identity */
  FR_IDENTITY_ERROR_PASSPHRASE, /* not the one that a backup was locked with, or too short for one */
  FR_IDENTITY_ERROR_TOO_LARGE,  /* above a documented bound */
  FR_IDENTITY_ERROR_NO_MEMORY,  /* for the passphrase of a backup */
} FrIdentityError;

/* What is being said: a signature under one of these is worth nothing under another. */
typedef enum
{
  FR_SIGN_HELLO,
  FR_SIGN_QUERY,
  FR_SIGN_HITS,
  FR_SIGN_RECORD,
  FR_SIGN_DIAL,
  FR_SIGN_INTRODUCE,
  FR_SIGN_SAME_PERSON,
} FrSignContext;

typedef struct _FrIdentity FrIdentity;

FrIdentity *fr_identity_load_or_create (const char *folder, gboolean *out_created, GError **error);
FrIdentity *fr_identity_load (const char *folder, GError **error);
gboolean fr_identity_install (const FrIdentity *self,
                              const char *folder,
                              gboolean replace,
                              char **out_kept,
                              GError **error);
FrIdentity *fr_identity_new (void);
FrIdentity *fr_identity_new_from_seed (const guint8 seed[FR_IDENTITY_SEED_SIZE]);
FrIdentity *fr_identity_ref (FrIdentity *self);
void fr_identity_unref (FrIdentity *self);

const FrPeerKey *fr_identity_get_key (const FrIdentity *self);

void fr_identity_sign (const FrIdentity *self,
                       FrSignContext context,
                       const void *data,
                       gsize size,
                       guint8 out_signature[FR_IDENTITY_SIGNATURE_SIZE]);
gboolean fr_identity_verify (const FrPeerKey *key,
                             FrSignContext context,
                             const void *data,
                             gsize size,
                             const void *signature,
                             gsize signature_size);

GBytes *fr_identity_seal (const FrPeerKey *to, const void *data, gsize size);
GBytes *fr_identity_open (const FrIdentity *self, const void *data, gsize size);

gboolean fr_identity_make_contact_tags (const FrIdentity *self,
                                        const FrPeerKey *other,
                                        gboolean is_holder,
                                        gint64 day,
                                        guint n_days,
                                        FrContactTag *out_tags);
char *fr_identity_make_token (const FrIdentity *self, const char *server, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrIdentity, fr_identity_unref)

G_END_DECLS
