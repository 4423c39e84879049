/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peerserver-client.h"

G_BEGIN_DECLS

/* A client with the patience of a test, and what it is told. */

typedef struct
{
  FrPeerserverClient *client;
  GPtrArray *signals; /* of FrSignal */
  GString *states;    /* their first letters: "co" for connecting, online */
} TestRendezvous;

/* Milliseconds. */
#define TEST_BASE_DELAY 20
#define TEST_SETTLE 100

TestRendezvous *test_rendezvous_new (guint port, const char *id, const char *token);
TestRendezvous *test_rendezvous_new_for (const char *server, const char *id, const char *token);
void test_rendezvous_free (TestRendezvous *self);

void test_rendezvous_await (TestRendezvous *self, FrRendezvousState state);
void test_rendezvous_await_error (TestRendezvous *self, FrRendezvousState state, FrRendezvousError code);
FrSignal *test_rendezvous_await_signal (TestRendezvous *self, guint index);

/* Connects, and waits until it is online. */
TestRendezvous *test_rendezvous_online (guint port, const char *id, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestRendezvous, test_rendezvous_free)

G_END_DECLS
