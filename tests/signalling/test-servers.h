/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-server.h"
#include "fr-server-address.h"

G_BEGIN_DECLS

/* A rendezvous server on loopback, ours or the reference, so that one test body can speak to either. */

typedef enum
{
  TEST_SERVER_OWN,
  TEST_SERVER_REFERENCE,
} TestServerKind;

typedef struct
{
  TestServerKind kind;
  guint port;
  FrPeerServer *own;
  GSubprocess *node;
} TestServer;

/* Skips the test and returns NULL if the reference cannot be run here. `port` may be 0. */
TestServer *test_server_start (TestServerKind kind, guint port);
void test_server_stop (TestServer *self);
FrServerAddress *test_server_make_address (TestServer *self);

/* One that is nobody's but its own, for 127.0.0.1, and the file that it is in. */
GTlsCertificate *test_server_make_certificate (const char *folder, char **out_path);

/* One server of the kind for all tests that use other ids than the others, so that node starts once. */
TestServer *test_server_get_shared (TestServerKind kind);
void test_server_stop_shared (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_stop)

G_END_DECLS
