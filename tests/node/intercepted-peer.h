/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The program of a peer in a process of its own, since a process has one certificate only: test-intercepted.c starts
 * two of them and stands between. They say and take lines: "key HEX", "sdp ESCAPED", "candidate TEXT"; and say "agrees
 * 0" or "1" (the fingerprint in the SDP, with the certificate), "ready NAME" and "closed CODE". */

#define INTERCEPTED_PEER_OPTION "--intercepted-peer"

int intercepted_peer_main (const char *role);

G_END_DECLS
