/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-local-address.h"

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
