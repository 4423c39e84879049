/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-peerserver-fault.h"

#include <libsoup/soup.h>

/* The protocol has words for its errors, no codes. */
#define KEY_MESSAGE "Invalid key provided"
#define FULL_MESSAGE "Server has reached its concurrent user limit"

/**
 * fr_peerserver_fault_from_signal:
 * @signal: an ID-TAKEN or ERROR that came in place of OPEN
 *
 * Returns: (transfer full): the error that it means
 */
GError *
fr_peerserver_fault_from_signal (const FrSignal *signal)
{
  if (signal->type == FR_SIGNAL_ID_TAKEN)
    return g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_ID_TAKEN,
                                "Somebody else has this address on the server");
  if (signal->reason == NULL || g_strcmp0 (signal->reason, KEY_MESSAGE) == 0)
    return g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_KEY_REFUSED,
                                "The server asks for another key");
  if (g_strcmp0 (signal->reason, FULL_MESSAGE) == 0)
    return g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_FULL, "The server takes no more people");
  return g_error_new (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_NOT_A_SERVER, "The server refused: %s", signal->reason);
}

static gboolean
is_other_language (const GError *error)
{
  return error->domain == SOUP_WEBSOCKET_ERROR || error->domain == G_TLS_ERROR
         || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING)
         || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING);
}

/**
 * fr_peerserver_fault_from_connect:
 * @error: why there is no WebSocket
 * @http_status: what the server answered; 0 if it did not
 *
 * Returns: (transfer full): the error that it means
 */
GError *
fr_peerserver_fault_from_connect (const GError *error, guint http_status)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_BAD_CERTIFICATE,
                                "The certificate of the server cannot be trusted");
  /* A proxy in front of a server that is starting: it may be there in a minute. */
  if (SOUP_STATUS_IS_SERVER_ERROR (http_status))
    return g_error_new (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_UNREACHABLE, "The server answers with an error (%u)",
                        http_status);
  if (is_other_language (error))
    return g_error_new_literal (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_NOT_A_SERVER,
                                "What answers there is not a server for Freshet");
  return g_error_new (FR_RENDEZVOUS_ERROR, FR_RENDEZVOUS_ERROR_UNREACHABLE, "The server cannot be reached: %s",
                      error->message);
}
