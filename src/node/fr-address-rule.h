/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fr-server-address.h"

G_BEGIN_DECLS

/* Where a stranger's record may send us: it names a server and a doorbell of its subject's choice, and nobody shall have
 * us knock at what is none of theirs. All zero: public addresses alone. A plain value; looks nothing up. */

typedef struct
{
  guint loopback : 1; /* our own server or doorbell is on this computer alone, so others' may be too */
  guint private : 1;  /* we ourselves have an address in a private range */
} FrAddressRule;

gboolean fr_address_rule_allows_server (const FrAddressRule *self, const FrServerAddress *server);
gboolean fr_address_rule_allows_address (const FrAddressRule *self, GInetAddress *address);
gboolean fr_address_rule_is_private (GInetAddress *address);

G_END_DECLS
