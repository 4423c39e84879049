/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-identity.h"
#include "fr-signal.h"

G_BEGIN_DECLS

/* The words of a dial as they go along links: signals in JSON, a line each, sealed to the key of the other side, so that
 * who passes them on learns neither addresses nor networks. Offers and answers in it sign themselves. */

#define FR_LETTER_MAX_SIGNALS 16

GBytes *fr_letter_seal (const FrPeerKey *to, GPtrArray *signals);
GPtrArray *fr_letter_open (const FrIdentity *identity, GBytes *letter);

G_END_DECLS
