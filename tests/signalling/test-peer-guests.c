/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peer-guests.h"
#include "tests.h"

static gboolean
enter (FrPeerGuests *guests, const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return fr_peer_guests_enter (guests, address);
}

static void
leave (FrPeerGuests *guests, const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  fr_peer_guests_leave (guests, address);
}

/* At the limit of an address, and one past it; of IPv6 a whole network counts as one. */
static void
test_per_address (void)
{
  static const struct
  {
    const char *address;
    const char *neighbour; /* counts as the same */
    const char *other;
  } rows[] = {
    { "192.0.2.1", "192.0.2.1", "192.0.2.2" },
    { "2001:db8::1", "2001:db8::2:3", "2001:db8:0:1::1" },
    { "::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2" }, /* as a socket for both kinds tells it */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FrPeerGuests) guests = fr_peer_guests_new (FR_PEER_GUESTS_MAX);

      g_test_message ("%s", rows[i].address);
      for (guint n = 0; n < FR_PEER_GUESTS_MAX_PER_ADDRESS; n++)
        g_assert_true (enter (guests, rows[i].address));
      g_assert_false (enter (guests, rows[i].address));
      g_assert_false (enter (guests, rows[i].neighbour));
      g_assert_true (enter (guests, rows[i].other));
      g_assert_cmpuint (fr_peer_guests_count (guests), ==, FR_PEER_GUESTS_MAX_PER_ADDRESS + 1);
      leave (guests, rows[i].address);
      g_assert_true (enter (guests, rows[i].neighbour));
      g_assert_false (enter (guests, rows[i].address));
    }
}

/* Behind a proxy on this computer may be anybody. */
static void
test_in_all (void)
{
  static const char *const loopback[] = { "::1", "127.0.0.1", "::ffff:127.0.0.1" };
  static const guint limits[] = { 3, FR_PEER_GUESTS_MAX, FR_PEER_GUESTS_MAX + 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      guint most = MIN (limits[i], FR_PEER_GUESTS_MAX);
      g_autoptr (FrPeerGuests) guests = fr_peer_guests_new (limits[i]);

      for (guint n = 0; n < most; n++)
        g_assert_true (enter (guests, loopback[n % G_N_ELEMENTS (loopback)]));
      g_assert_false (enter (guests, "127.0.0.1"));
      g_assert_false (enter (guests, "192.0.2.1"));
      leave (guests, "::1");
      g_assert_true (enter (guests, "192.0.2.1"));
      g_assert_cmpuint (fr_peer_guests_count (guests), ==, most);
    }
}

void
test_peer_guests_add (void)
{
  g_test_add_func ("/signalling/peer-guests/per-address", test_per_address);
  g_test_add_func ("/signalling/peer-guests/in-all", test_in_all);
}
