/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-rendezvous-error.h"
#include "fr-signal.h"

G_BEGIN_DECLS

/* Says what went wrong with a PeerServer in the words of #FrRendezvousError. */

GError *fr_peerserver_fault_from_signal (const FrSignal *signal);
GError *fr_peerserver_fault_from_connect (const GError *error, guint http_status);

G_END_DECLS
