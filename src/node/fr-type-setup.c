/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-type-setup.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>

#include "fr-peerserver-client.h"

/**
 * fr_type_setup:
 *
 * Call this before the first other thread is started. GLib 2.74 can deadlock where two threads use a type for the first
 * time: the first holds the lock of class initialisation and waits for a type to be registered (libsoup's session does,
 * for socket addresses), the second is registering it and waits for that lock to add an interface.
 */
void
fr_type_setup (void)
{
  const GType types[] = {
    G_TYPE_FILE_INFO,         G_TYPE_INET_ADDRESS,      G_TYPE_TLS_INTERACTION,   G_TYPE_INET_SOCKET_ADDRESS,
    G_TYPE_INITABLE,          G_TYPE_NETWORK_ADDRESS,   G_TYPE_NETWORK_SERVICE,   G_TYPE_NATIVE_SOCKET_ADDRESS,
    G_TYPE_PROXY_ADDRESS,     G_TYPE_PROXY_RESOLVER,    G_TYPE_RESOLVER,          G_TYPE_ZLIB_DECOMPRESSOR,
    G_TYPE_SOCKET,            G_TYPE_SOCKET_ADDRESS,    G_TYPE_SOCKET_CLIENT,     G_TYPE_SOCKET_CONNECTION,
    G_TYPE_SOCKET_LISTENER,   G_TYPE_SOCKET_SERVICE,    G_TYPE_TCP_CONNECTION,    G_TYPE_TASK,
    G_TYPE_TLS_CERTIFICATE,   G_TYPE_TLS_DATABASE,      G_TYPE_UNIX_CONNECTION,   G_TYPE_UNIX_SOCKET_ADDRESS,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    g_type_ensure (types[i]);
  fr_peerserver_client_prepare ();
}
