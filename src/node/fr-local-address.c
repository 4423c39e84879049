/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-local-address.h"

#include "fr-address-rule.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

/* Addresses of containers and virtual machines on this computer lead nowhere from outside of it. */
static gboolean
is_virtual (const char *interface)
{
  static const char *const prefixes[] = { "docker", "virbr", "veth", "br-", "lxc", "vbox", "vmnet" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (interface, prefixes[i]))
      return TRUE;
  return FALSE;
}

/**
 * fr_local_address_find:
 *
 * Looks at the network interfaces that are up, those of containers and virtual machines last.
 *
 * Returns: (transfer full) (nullable): an IPv4 address; %NULL if there is only the loopback interface
 */
char *
fr_local_address_find (void)
{
  struct ifaddrs *interfaces = NULL;
  char *found = NULL;
  gboolean found_virtual = FALSE;

  if (getifaddrs (&interfaces) != 0)
    return NULL;
  for (struct ifaddrs *i = interfaces; i != NULL && (found == NULL || found_virtual); i = i->ifa_next)
    {
      char text[INET_ADDRSTRLEN];
      const struct sockaddr_in *address = (const struct sockaddr_in *) i->ifa_addr;

      if (address == NULL || address->sin_family != AF_INET || (i->ifa_flags & IFF_UP) == 0
          || (i->ifa_flags & IFF_LOOPBACK) != 0 || (found != NULL && is_virtual (i->ifa_name))
          || inet_ntop (AF_INET, &address->sin_addr, text, sizeof text) == NULL)
        continue;
      g_free (found);
      found = g_strdup (text);
      found_virtual = is_virtual (i->ifa_name);
    }
  freeifaddrs (interfaces);
  return found;
}

static gboolean
is_private (const struct sockaddr *address)
{
  g_autoptr (GInetAddress) inet = NULL;

  if (address == NULL)
    return FALSE;
  if (address->sa_family == AF_INET)
    inet = g_inet_address_new_from_bytes ((const guint8 *) &((const struct sockaddr_in *) address)->sin_addr,
                                          G_SOCKET_FAMILY_IPV4);
  else if (address->sa_family == AF_INET6)
    inet = g_inet_address_new_from_bytes ((const guint8 *) &((const struct sockaddr_in6 *) address)->sin6_addr,
                                          G_SOCKET_FAMILY_IPV6);
  return inet != NULL && fr_address_rule_is_private (inet);
}

/**
 * fr_local_address_any_private:
 *
 * Looks at the network interfaces that are up, but for those of containers and virtual machines.
 *
 * Returns: whether any address is in a private range
 */
gboolean
fr_local_address_any_private (void)
{
  struct ifaddrs *interfaces = NULL;
  gboolean any = FALSE;

  if (getifaddrs (&interfaces) != 0)
    return FALSE;
  for (struct ifaddrs *i = interfaces; i != NULL && !any; i = i->ifa_next)
    any = (i->ifa_flags & IFF_UP) != 0 && !is_virtual (i->ifa_name) && is_private (i->ifa_addr);
  freeifaddrs (interfaces);
  return any;
}
