/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-private.h"

/* What the main thread has to say about who may come in, and who somebody is. */

static void
do_set_rule (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_set_admission_rule (core, (FrAdmissionRule) ((const FrNetworkCall *) arguments)->number);
}

/**
 * fr_network_set_admission_rule:
 * @self: a network
 * @rule: who may come in
 *
 * See fr_network_core_set_admission_rule().
 */
void
fr_network_set_admission_rule (FrNetwork *self, FrAdmissionRule rule)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_rule);

  call->number = rule;
  fr_network_call_send (call);
}

static void
do_set_place (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_set_place (core, &call->key, call->text, call->more);
}

/**
 * fr_network_set_place:
 * @self: a network
 * @key: somebody whom the person knows
 * @server: where they were met last
 * @address: what they were called there
 *
 * See fr_network_core_set_place().
 */
void
fr_network_set_place (FrNetwork *self, const FrPeerKey *key, const char *server, const char *address)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_place);

  call->key = *key;
  call->text = g_strdup (server);
  call->more = g_strdup (address);
  fr_network_call_send (call);
}

static void
do_turn_away (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_turn_away (core, &((const FrNetworkCall *) arguments)->key);
}

/**
 * fr_network_turn_away:
 * @self: a network
 * @key: somebody who waits
 *
 * See fr_network_core_turn_away().
 */
void
fr_network_turn_away (FrNetwork *self, const FrPeerKey *key)
{
  FrNetworkCall *call = fr_network_call_new (self, do_turn_away);

  call->key = *key;
  fr_network_call_send (call);
}

static void
do_set_blocked (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_set_blocked (core, &call->key, call->number != 0);
}

/**
 * fr_network_set_blocked:
 * @self: a network
 * @key: somebody
 * @blocked: whether the person wants nothing of them
 *
 * See fr_network_core_set_blocked().
 */
void
fr_network_set_blocked (FrNetwork *self, const FrPeerKey *key, gboolean blocked)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_blocked);

  call->key = *key;
  call->number = blocked != FALSE;
  fr_network_call_send (call);
}

static void
do_introduce (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_introduce (core, &call->key, call->acquaintances);
}

/**
 * fr_network_introduce:
 * @self: a network
 * @to: a contact
 * @acquaintances: (transfer full): what we say
 *
 * See fr_network_core_introduce().
 */
void
fr_network_introduce (FrNetwork *self, const FrPeerKey *to, FrAcquaintances *acquaintances)
{
  FrNetworkCall *call = fr_network_call_new (self, do_introduce);

  call->key = *to;
  call->acquaintances = acquaintances;
  fr_network_call_send (call);
}
