/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-private.h"

/* What the main thread asks of the network. */

static void
do_search (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_search (core, call->number, call->text);
}

/**
 * fr_network_search:
 * @self: a network with a name
 * @words: what is searched for
 *
 * See fr_network_core_search().
 *
 * Returns: the number by which answers are reported
 */
guint
fr_network_search (FrNetwork *self, const char *words)
{
  FrNetworkCall *call = fr_network_call_new (self, do_search);

  call->number = ++self->last_number;
  call->text = g_strdup (words);
  fr_network_call_send (call);
  return self->last_number;
}

static void
do_search_near (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_search_near (core, call->number, call->text, call->keys);
}

/**
 * fr_network_search_near:
 * @self: a network with a name
 * @words: what is searched for
 * @people: whom to ask, a #FrPeerKey each
 *
 * See fr_network_core_search_near().
 *
 * Returns: the number by which answers are reported
 */
guint
fr_network_search_near (FrNetwork *self, const char *words, GBytes *people)
{
  FrNetworkCall *call = fr_network_call_new (self, do_search_near);

  call->number = ++self->last_number;
  call->text = g_strdup (words);
  call->keys = g_bytes_ref (people);
  fr_network_call_send (call);
  return self->last_number;
}

static void
do_ask_newest (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_ask_newest (core, call->number, &call->key);
}

/**
 * fr_network_ask_newest:
 * @self: a network with a name
 * @key: whom to ask
 *
 * See fr_network_core_ask_newest().
 *
 * Returns: the number by which answers are reported
 */
guint
fr_network_ask_newest (FrNetwork *self, const FrPeerKey *key)
{
  FrNetworkCall *call = fr_network_call_new (self, do_ask_newest);

  call->number = ++self->last_number;
  call->key = *key;
  fr_network_call_send (call);
  return self->last_number;
}

static void
do_search_further (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_search_further (core, ((const FrNetworkCall *) arguments)->number);
}

void
fr_network_search_further (FrNetwork *self, guint number)
{
  FrNetworkCall *call = fr_network_call_new (self, do_search_further);

  call->number = number;
  fr_network_call_send (call);
}

static void
do_end_search (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_end_search (core, ((const FrNetworkCall *) arguments)->number);
}

void
fr_network_end_search (FrNetwork *self, guint number)
{
  FrNetworkCall *call = fr_network_call_new (self, do_end_search);

  call->number = number;
  fr_network_call_send (call);
}
