/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A STUN and TURN server on the loopback interface, which answers as it is told to: also as no server should. Runs in
 * the thread-default main context. */

#define FAKE_RELAY_USER "anna"
#define FAKE_RELAY_PASSWORD "of the sea"

typedef enum
{
  FAKE_RELAY_GOOD,
  FAKE_RELAY_SILENT,
  FAKE_RELAY_FORGETS_FIRST, /* answers each request the second time only, as if packets were lost */
  FAKE_RELAY_ELSEWHERE,     /* says that it sees us at another address */
  FAKE_RELAY_NOISE,         /* bytes that are no message; random ones, of many sizes */
  FAKE_RELAY_OTHER_ID,      /* a good answer to something else */
  FAKE_RELAY_TOO_LONG,      /* its length is more than has come */
  FAKE_RELAY_TOO_SHORT,     /* its length is less than has come */
  FAKE_RELAY_LONG_ATTRIBUTE,
  FAKE_RELAY_NO_ADDRESS,
  FAKE_RELAY_HUGE,          /* a datagram of 60,000 bytes */
  FAKE_RELAY_EMPTY,
  FAKE_RELAY_ECHO,          /* our own request */
  FAKE_RELAY_REFUSES,       /* 403 */
  FAKE_RELAY_FULL,          /* 486 */
  FAKE_RELAY_BROKEN,        /* 500 */
  FAKE_RELAY_NO_REALM,      /* asks who we are, and does not say by what that is to be proved */
  FAKE_RELAY_STALE,         /* asks for another proof each time */
  FAKE_RELAY_UNSIGNED,      /* lets us in, and does not prove that it knows the password */
} FakeRelayManner;

typedef struct _FakeRelay FakeRelay;

FakeRelay *fake_relay_new (FakeRelayManner manner, gboolean over_tcp);
void fake_relay_free (FakeRelay *self);
void fake_relay_set_manner (FakeRelay *self, FakeRelayManner manner);
char *fake_relay_make_stun (FakeRelay *self);
char *fake_relay_make_turn (FakeRelay *self, const char *user, const char *password);
guint fake_relay_get_n_requests (FakeRelay *self);
guint fake_relay_get_n_allocations (FakeRelay *self); /* those that were not given back */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeRelay, fake_relay_free)

G_END_DECLS
