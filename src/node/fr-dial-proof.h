/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"
#include "fr-signal.h"

G_BEGIN_DECLS

/* The signature that an offer or an answer carries: the dialler's, or answerer's, key over all that it says. It is
 * checked before anything is made for a stranger's offer. */

void fr_dial_proof_sign (FrSignal *signal, const FrIdentity *identity);
gboolean fr_dial_proof_verify (const FrSignal *signal);

G_END_DECLS
