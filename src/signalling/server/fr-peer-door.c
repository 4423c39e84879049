/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-door.h"

#include "fr-timer.h"

struct _FrPeerDoor
{
  GMainContext *context;
  FrPeerGuests *guests; /* how many, from where */
  GHashTable *inside;   /* of Guest, borrowed: the same in person */
  guint upgrade_ms;
};

/* A connection from when it is let in until its descriptor is closed; until it is a WebSocket, not for long. */
typedef struct
{
  FrPeerDoor *door;     /* borrowed; NULL: it has gone */
  GInetAddress *address;
  guint port;
  GSocket *socket;      /* borrowed from the connection */
  GSource *deadline;    /* nullable */
} Guest;

static void
guest_stay (Guest *guest)
{
  fr_timer_clear (&guest->deadline);
}

/* libsoup reads the end of the connection, and lets go of it. */
static gboolean
guest_late_cb (gpointer user_data)
{
  Guest *guest = user_data;

  guest_stay (guest);
  g_socket_shutdown (guest->socket, TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static void
guest_gone_cb (gpointer user_data, GObject *connection)
{
  Guest *guest = user_data;

  guest_stay (guest);
  if (guest->door != NULL)
    {
      g_hash_table_remove (guest->door->inside, guest);
      fr_peer_guests_leave (guest->door->guests, guest->address);
    }
  g_object_unref (guest->address);
  g_free (guest);
}

/**
 * fr_peer_door_new:
 * @context: where it lives
 * @max: how many connections there may be, at most %FR_PEER_GUESTS_MAX
 * @upgrade_ms: how long each has until fr_peer_door_stay()
 *
 * Returns: (transfer full): a door that nobody has come through
 */
FrPeerDoor *
fr_peer_door_new (GMainContext *context, guint max, guint upgrade_ms)
{
  FrPeerDoor *self = g_new0 (FrPeerDoor, 1);

  self->context = g_main_context_ref (context);
  self->guests = fr_peer_guests_new (max);
  self->inside = g_hash_table_new (NULL, NULL);
  self->upgrade_ms = upgrade_ms;
  return self;
}

/**
 * fr_peer_door_free:
 * @self: (nullable) (transfer full): a door
 *
 * Frees it. Who is there still is nobody's guest any more.
 */
void
fr_peer_door_free (FrPeerDoor *self)
{
  GHashTableIter iter;
  Guest *guest;

  if (self == NULL)
    return;
  g_hash_table_iter_init (&iter, self->inside);
  while (g_hash_table_iter_next (&iter, (gpointer *) &guest, NULL))
    {
      guest_stay (guest);
      guest->door = NULL;
    }
  g_hash_table_unref (self->inside);
  fr_peer_guests_free (self->guests);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * fr_peer_door_let_in:
 * @self: a door
 * @connection: somebody
 * @remote: where they are
 *
 * Returns: %FALSE if there is no room: the connection is to be closed
 */
gboolean
fr_peer_door_let_in (FrPeerDoor *self, GSocketConnection *connection, GSocketAddress *remote)
{
  GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  Guest *guest;

  if (!fr_peer_guests_enter (self->guests, address))
    return FALSE;
  guest = g_new0 (Guest, 1);
  guest->door = self;
  guest->address = g_object_ref (address);
  guest->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (remote));
  guest->socket = g_socket_connection_get_socket (connection);
  g_hash_table_add (self->inside, guest);
  fr_timer_set (&guest->deadline, self->context, self->upgrade_ms, guest_late_cb, guest);
  g_object_weak_ref (G_OBJECT (connection), guest_gone_cb, guest);
  return TRUE;
}

/**
 * fr_peer_door_stay:
 * @self: a door
 * @remote: of somebody who has become a WebSocket
 *
 * Lets somebody stay.
 */
void
fr_peer_door_stay (FrPeerDoor *self, GSocketAddress *remote)
{
  GInetSocketAddress *place = G_INET_SOCKET_ADDRESS (remote);
  GHashTableIter iter;
  Guest *guest;

  g_hash_table_iter_init (&iter, self->inside);
  while (g_hash_table_iter_next (&iter, (gpointer *) &guest, NULL))
    if (guest->port == g_inet_socket_address_get_port (place)
        && g_inet_address_equal (guest->address, g_inet_socket_address_get_address (place)))
      guest_stay (guest);
}

/**
 * fr_peer_door_count:
 * @self: a door
 *
 * Returns: how many are there
 */
guint
fr_peer_door_count (FrPeerDoor *self)
{
  return fr_peer_guests_count (self->guests);
}
