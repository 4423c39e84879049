/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FR_RENDEZVOUS_ERROR (fr_rendezvous_error_quark ())
GQuark fr_rendezvous_error_quark (void);

/**
 * FrRendezvousError:
 * @FR_RENDEZVOUS_ERROR_UNREACHABLE: nothing answers there, or not now
 * @FR_RENDEZVOUS_ERROR_NOT_A_SERVER: something answers, but it is no PeerServer
 * @FR_RENDEZVOUS_ERROR_BAD_CERTIFICATE: the server cannot prove that it is the one that was asked for
 * @FR_RENDEZVOUS_ERROR_ID_TAKEN: somebody else has the id
 * @FR_RENDEZVOUS_ERROR_KEY_REFUSED: the server asks for another key
 * @FR_RENDEZVOUS_ERROR_FULL: the server takes no more peers
 * @FR_RENDEZVOUS_ERROR_BAD_ADDRESS: what was given is not the address of a server
 * @FR_RENDEZVOUS_ERROR_LOST: the connection ended
 * @FR_RENDEZVOUS_ERROR_NOT_ONLINE: nothing can be sent before the id is registered
 * @FR_RENDEZVOUS_ERROR_TOO_LARGE: a message is larger than a server passes on
 *
 * Why there is no rendezvous.
 */
typedef enum
{
  FR_RENDEZVOUS_ERROR_UNREACHABLE,
  FR_RENDEZVOUS_ERROR_NOT_A_SERVER,
  FR_RENDEZVOUS_ERROR_BAD_CERTIFICATE,
  FR_RENDEZVOUS_ERROR_ID_TAKEN,
  FR_RENDEZVOUS_ERROR_KEY_REFUSED,
  FR_RENDEZVOUS_ERROR_FULL,
  FR_RENDEZVOUS_ERROR_BAD_ADDRESS,
  FR_RENDEZVOUS_ERROR_LOST,
  FR_RENDEZVOUS_ERROR_NOT_ONLINE,
  FR_RENDEZVOUS_ERROR_TOO_LARGE,
} FrRendezvousError;

G_END_DECLS
