/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-network-private.h"

/* What the main thread has to say about neighbours, and about what they can find here. */

static void
do_set_open (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_set_open (core, ((const FrNetworkCall *) arguments)->number != 0);
}

/**
 * fr_network_set_open:
 * @self: a network
 * @open: whether links are made to strangers by themselves
 *
 * See fr_network_core_set_open().
 */
void
fr_network_set_open (FrNetwork *self, gboolean open)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_open);

  call->number = open != FALSE;
  fr_network_call_send (call);
}

static void
do_pin (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_pin (core, &call->key, call->number != 0);
}

/**
 * fr_network_pin:
 * @self: a network
 * @key: somebody
 * @pinned: whether the person has added them
 *
 * See fr_network_core_pin().
 */
void
fr_network_pin (FrNetwork *self, const FrPeerKey *key, gboolean pinned)
{
  FrNetworkCall *call = fr_network_call_new (self, do_pin);

  call->key = *key;
  call->number = pinned != FALSE;
  fr_network_call_send (call);
}

static void
do_set_loopback_only (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_set_loopback_only (core, ((const FrNetworkCall *) arguments)->number != 0);
}

/**
 * fr_network_set_loopback_only:
 * @self: a network
 * @loopback_only: whether this computer is on no network
 *
 * See fr_network_core_set_loopback_only().
 */
void
fr_network_set_loopback_only (FrNetwork *self, gboolean loopback_only)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_loopback_only);

  call->number = loopback_only != FALSE;
  fr_network_call_send (call);
}

static void
do_ring (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_ring (core, ((const FrNetworkCall *) arguments)->text);
}

/**
 * fr_network_ring:
 * @self: a network
 * @host: the address of this computer that others reach it by
 *
 * See fr_network_core_ring().
 */
void
fr_network_ring (FrNetwork *self, const char *host)
{
  FrNetworkCall *call = fr_network_call_new (self, do_ring);

  call->text = g_strdup (host);
  fr_network_call_send (call);
}

static void
do_set_doorbell (FrNetworkCore *core, gconstpointer arguments)
{
  const FrNetworkCall *call = arguments;

  fr_network_core_set_doorbell (core, &call->key, call->text);
}

/**
 * fr_network_set_doorbell:
 * @self: a network
 * @key: somebody whom the person knows
 * @doorbell: their own server, as their invitation said; "": none
 *
 * See fr_network_core_set_doorbell().
 */
void
fr_network_set_doorbell (FrNetwork *self, const FrPeerKey *key, const char *doorbell)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_doorbell);

  call->key = *key;
  call->text = g_strdup (doorbell);
  fr_network_call_send (call);
}

static void
do_add_content (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_add_content (core, ((const FrNetworkCall *) arguments)->text);
}

/**
 * fr_network_add_content:
 * @self: a network
 * @text: (nullable): the folded text of a picture that is offered now; %NULL: something is gone
 *
 * See fr_network_core_add_content().
 */
void
fr_network_add_content (FrNetwork *self, const char *text)
{
  FrNetworkCall *call = fr_network_call_new (self, do_add_content);

  call->text = g_strdup (text);
  fr_network_call_send (call);
}

static void
do_wake (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_wake (core);
}

/**
 * fr_network_wake:
 * @self: a network
 *
 * See fr_network_core_wake().
 */
void
fr_network_wake (FrNetwork *self)
{
  fr_network_call_send (fr_network_call_new (self, do_wake));
}

static void
do_measure (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_measure (core);
}

/**
 * fr_network_measure:
 * @self: a network
 *
 * See fr_network_core_measure().
 */
void
fr_network_measure (FrNetwork *self)
{
  fr_network_call_send (fr_network_call_new (self, do_measure));
}

static void
do_set_watching (FrNetworkCore *core, gconstpointer arguments)
{
  fr_network_core_set_watching (core, ((const FrNetworkCall *) arguments)->number != 0);
}

/**
 * fr_network_set_watching:
 * @self: a network
 * @watching: whether somebody looks at it
 *
 * See fr_network_core_set_watching().
 */
void
fr_network_set_watching (FrNetwork *self, gboolean watching)
{
  FrNetworkCall *call = fr_network_call_new (self, do_set_watching);

  call->number = watching != FALSE;
  fr_network_call_send (call);
}
