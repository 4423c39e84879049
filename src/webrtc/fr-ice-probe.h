/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Looks whether a server helps through firewalls: a STUN server that tells our address, a TURN server that would relay
 * for us. Asks, waits a bounded time, and gives back what it got. Belongs to the thread-default main context in which it
 * was begun, and never keeps that waiting. */

#define FR_ICE_PROBE_TIMEOUT_MS 5000
#define FR_ICE_PROBE_FIRST_REPEAT_MS 500 /* packets may be lost; then twice as long each time (RFC 8489, 6.2.1) */

#define FR_ICE_PROBE_ERROR (fr_ice_probe_error_quark ())
GQuark fr_ice_probe_error_quark (void);

typedef enum
{
  FR_ICE_PROBE_ERROR_BAD_ADDRESS,  /* what was given is no address of such a server */
  FR_ICE_PROBE_ERROR_UNKNOWN_NAME, /* nothing is known by that name */
  FR_ICE_PROBE_ERROR_NO_ANSWER,
  FR_ICE_PROBE_ERROR_NOT_A_SERVER, /* something answers, but not what was asked */
  FR_ICE_PROBE_ERROR_REFUSED,      /* name and password are wrong */
  FR_ICE_PROBE_ERROR_FULL,         /* it has no room for us now */
} FrIceProbeError;

typedef struct
{
  guint took_ms;       /* from the first packet to the answer, at least 1 */
  gboolean translated; /* the server sees us at another address than our own: there is a router between */
} FrIceProbeResult;

void fr_ice_probe_async (const char *uri, guint timeout_ms, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data);
gboolean fr_ice_probe_finish (GAsyncResult *result, FrIceProbeResult *out_result, GError **error);

G_END_DECLS
