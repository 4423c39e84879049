/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a rendezvous server is: what a person types, and its one canonical form. Immutable; any thread. */

#define FR_SERVER_ADDRESS_MAX_SIZE 512 /* bytes typed */
#define FR_SERVER_ADDRESS_DEFAULT_PORT 9000
#define FR_SERVER_ADDRESS_DEFAULT_SECURE_PORT 443
#define FR_SERVER_ADDRESS_DEFAULT_KEY "peerjs"

typedef struct _FrServerAddress FrServerAddress;

#define FR_TYPE_SERVER_ADDRESS (fr_server_address_get_type ())
GType fr_server_address_get_type (void);

FrServerAddress *fr_server_address_parse (const char *text, GError **error);
FrServerAddress *fr_server_address_copy (const FrServerAddress *self);
void fr_server_address_free (FrServerAddress *self);

const char *fr_server_address_get_host (const FrServerAddress *self);
guint fr_server_address_get_port (const FrServerAddress *self);
const char *fr_server_address_get_path (const FrServerAddress *self);
const char *fr_server_address_get_key (const FrServerAddress *self);
gboolean fr_server_address_is_secure (const FrServerAddress *self);
gboolean fr_server_address_is_loopback (const FrServerAddress *self);

char *fr_server_address_to_string (const FrServerAddress *self);
char *fr_server_address_make_socket_uri (const FrServerAddress *self, const char *id, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrServerAddress, fr_server_address_free)

G_END_DECLS
