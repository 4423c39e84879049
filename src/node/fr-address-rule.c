/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-address-rule.h"

#include <string.h>

#define FIRST_FREE_PORT 1024 /* below are well-known services (RFC 6335), of which two carry WebSockets */
#define HTTP_PORT 80
#define HTTPS_PORT 443

typedef enum
{
  RANGE_PUBLIC,
  RANGE_LOOPBACK,
  RANGE_PRIVATE,
  RANGE_NEVER, /* unspecified, link-local, multicast, broadcast or reserved */
} Range;

typedef struct
{
  guint8 bytes[16];
  guint n_bits; /* of those that count */
  Range range;
} Block;

/* RFC 6890 and its later registry; the first that fits. */
static const Block blocks_4[] = {
  { { 0 }, 8, RANGE_NEVER },
  { { 127 }, 8, RANGE_LOOPBACK },
  { { 10 }, 8, RANGE_PRIVATE },
  { { 172, 16 }, 12, RANGE_PRIVATE },
  { { 192, 168 }, 16, RANGE_PRIVATE },
  { { 100, 64 }, 10, RANGE_PRIVATE }, /* behind a provider's NAT (RFC 6598) */
  { { 169, 254 }, 16, RANGE_NEVER },
  { { 224 }, 3, RANGE_NEVER }, /* multicast, reserved, and broadcast */
};

static const Block blocks_6[] = {
  { { [15] = 1 }, 128, RANGE_LOOPBACK },
  { { 0 }, 96, RANGE_NEVER }, /* unspecified, and what was IPv4 once (RFC 4291, 2.5.5.1) */
  { { 0xfc }, 7, RANGE_PRIVATE },
  { { 0xfe, 0xc0 }, 10, RANGE_PRIVATE }, /* what RFC 4193 replaces */
  { { 0xfe, 0x80 }, 10, RANGE_NEVER },
  { { 0xff }, 8, RANGE_NEVER },
};

/* IPv4 addresses in the clothes of IPv6: mapped (RFC 4291), translated (RFC 6052) and in a tunnel (RFC 3056). */
static const struct
{
  guint8 bytes[12];
  guint n_bits;
  guint at; /* where the IPv4 address stands */
} clothes[] = {
  { { [10] = 0xff, 0xff }, 96, 12 },
  { { 0, 0x64, 0xff, 0x9b }, 96, 12 },
  { { 0x20, 0x02 }, 16, 2 },
};

static gboolean
fits (const guint8 *bytes, const guint8 *block, guint n_bits)
{
  guint n_whole = n_bits / 8, n_rest = n_bits % 8;
  guint8 mask = (guint8) (0xff << (8 - n_rest));

  return memcmp (bytes, block, n_whole) == 0 && (n_rest == 0 || ((bytes[n_whole] ^ block[n_whole]) & mask) == 0);
}

static Range
find_range (const guint8 *bytes, const Block *blocks, gsize n_blocks)
{
  for (gsize i = 0; i < n_blocks; i++)
    if (fits (bytes, blocks[i].bytes, blocks[i].n_bits))
      return blocks[i].range;
  return RANGE_PUBLIC;
}

static Range
range_of (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return find_range (bytes, blocks_4, G_N_ELEMENTS (blocks_4));
  for (gsize i = 0; i < G_N_ELEMENTS (clothes); i++)
    if (fits (bytes, clothes[i].bytes, clothes[i].n_bits))
      return find_range (bytes + clothes[i].at, blocks_4, G_N_ELEMENTS (blocks_4));
  return find_range (bytes, blocks_6, G_N_ELEMENTS (blocks_6));
}

/**
 * fr_address_rule_allows_address:
 * @self: a rule
 * @address: where a server is, perhaps found by its name
 *
 * Returns: whether a stranger's record may send us there
 */
gboolean
fr_address_rule_allows_address (const FrAddressRule *self, GInetAddress *address)
{
  switch (range_of (address))
    {
    case RANGE_PUBLIC:
      return TRUE;
    case RANGE_LOOPBACK:
      return self->loopback;
    case RANGE_PRIVATE:
      return self->private;
    case RANGE_NEVER:
    default:
      return FALSE;
    }
}

/**
 * fr_address_rule_allows_server:
 * @self: a rule
 * @server: the address of a server
 *
 * Looks at all that can be seen without looking a name up; fr_address_rule_allows_address() is for what that finds.
 *
 * Returns: whether a stranger's record may send us there
 */
gboolean
fr_address_rule_allows_server (const FrAddressRule *self, const FrServerAddress *server)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (fr_server_address_get_host (server));
  guint port = fr_server_address_get_port (server);

  /* one with a zone (RFC 4007) can only be meant for a neighbour on the cable */
  if (address == NULL && strpbrk (fr_server_address_get_host (server), ":%") != NULL)
    return FALSE;
  if (port == 0 || port > G_MAXUINT16 || (port < FIRST_FREE_PORT && port != HTTP_PORT && port != HTTPS_PORT))
    return FALSE;
  if (address != NULL)
    return fr_address_rule_allows_address (self, address);
  return self->loopback || !fr_server_address_is_loopback (server);
}

/**
 * fr_address_rule_is_private:
 * @address: an address of our own
 *
 * Returns: whether it is in a range that is used in many places (RFC 1918, RFC 4193)
 */
gboolean
fr_address_rule_is_private (GInetAddress *address)
{
  return range_of (address) == RANGE_PRIVATE;
}
