/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-guests.h"

#include <string.h>

#define IPV6_NETWORK_SIZE 8 /* of an address's 16 bytes: whoever has one has all that begin so */

struct _FrPeerGuests
{
  GHashTable *counts; /* owned: address or network as text -> how many */
  guint max;
  guint n;
};

/* A socket for both kinds of addresses tells those of IPv4 so (RFC 4291, 2.5.5.2). */
static GInetAddress *
unmap (GInetAddress *address)
{
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && memcmp (bytes, mapped, sizeof mapped) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
  return g_object_ref (address);
}

static char *
make_key (GInetAddress *address)
{
  guint8 bytes[16] = { 0 };
  g_autoptr (GInetAddress) network = NULL;

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_inet_address_to_string (address);
  memcpy (bytes, g_inet_address_to_bytes (address), IPV6_NETWORK_SIZE);
  network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
  return g_inet_address_to_string (network);
}

/**
 * fr_peer_guests_new:
 * @max: how many there may be, at most %FR_PEER_GUESTS_MAX
 *
 * Returns: (transfer full): a house without guests
 */
FrPeerGuests *
fr_peer_guests_new (guint max)
{
  FrPeerGuests *self = g_new0 (FrPeerGuests, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->max = MIN (max, FR_PEER_GUESTS_MAX);
  return self;
}

/**
 * fr_peer_guests_free:
 * @self: (nullable) (transfer full): a house
 *
 * Frees it.
 */
void
fr_peer_guests_free (FrPeerGuests *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->counts);
  g_free (self);
}

/**
 * fr_peer_guests_enter:
 * @self: a house
 * @address: where somebody connects from
 *
 * Somebody comes. What comes from this computer itself may be a proxy that stands for many.
 *
 * Returns: %FALSE if there are too many, in all or from there: nobody has entered
 */
gboolean
fr_peer_guests_enter (FrPeerGuests *self, GInetAddress *address)
{
  g_autoptr (GInetAddress) from = unmap (address);
  g_autofree char *key = make_key (from);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));

  if (self->n >= self->max || (n >= FR_PEER_GUESTS_MAX_PER_ADDRESS && !g_inet_address_get_is_loopback (from)))
    return FALSE;
  self->n++;
  g_hash_table_insert (self->counts, g_steal_pointer (&key), GUINT_TO_POINTER (n + 1));
  return TRUE;
}

/**
 * fr_peer_guests_leave:
 * @self: a house
 * @address: of somebody who has entered
 *
 * Somebody goes.
 */
void
fr_peer_guests_leave (FrPeerGuests *self, GInetAddress *address)
{
  g_autoptr (GInetAddress) from = unmap (address);
  g_autofree char *key = make_key (from);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));

  g_return_if_fail (n > 0);
  self->n--;
  if (n == 1)
    g_hash_table_remove (self->counts, key);
  else
    g_hash_table_insert (self->counts, g_steal_pointer (&key), GUINT_TO_POINTER (n - 1));
}

/**
 * fr_peer_guests_count:
 * @self: a house
 *
 * Returns: how many are there
 */
guint
fr_peer_guests_count (FrPeerGuests *self)
{
  return self->n;
}
