/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A host and a port, of whose addresses only those are handed out that a guard lets pass: whoever connects to it never
 * comes near the others, whatever a name is made to stand for. A GNetworkAddress, so that TLS knows the name; what goes
 * through a proxy is looked up there, and not seen here. */

typedef gboolean (*FrAddressGuard) (GInetAddress *address, gpointer data);

#define FR_TYPE_GUARDED_ADDRESS (fr_guarded_address_get_type ())
G_DECLARE_FINAL_TYPE (FrGuardedAddress, fr_guarded_address, FR, GUARDED_ADDRESS, GNetworkAddress)

FrGuardedAddress *fr_guarded_address_new (const char *host, guint port, const char *scheme, FrAddressGuard guard,
                                          gpointer data, GDestroyNotify destroy);

G_END_DECLS
