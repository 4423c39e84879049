/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A bare WebSocket that keeps what it is sent. */

typedef struct
{
  SoupSession *session;
  SoupWebsocketConnection *connection; /* NULL: refused */
  guint http_status;                   /* of the answer, once there is one */
  GQueue received;                     /* of texts */
  gboolean is_done;
  gboolean is_closed;
} TestSocket;

/* Opens ws://127.0.0.1:PORT + `rest`, and waits for the answer. */
TestSocket *test_socket_open (guint port, const char *rest);
/* The same, as a peer of a PeerServer. */
TestSocket *test_socket_register (guint port, const char *id, const char *token);
void test_socket_free (TestSocket *self);

void test_socket_send (TestSocket *self, const char *text);
void test_socket_close (TestSocket *self);
void test_socket_await_closed (TestSocket *self);

/* Waits for the next message and compares it, as JSON, with single quotes for double ones. So nothing came between
 * two that were expected. */
void test_socket_expect (TestSocket *self, const char *json, double seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestSocket, test_socket_free)

G_END_DECLS
