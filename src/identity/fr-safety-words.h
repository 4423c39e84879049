/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fr-peer-key.h"

G_BEGIN_DECLS

/* The few words that two people compare aloud: the same on both sides where each has the other's key, and others where
 * somebody is between them. They are the same in all languages. */

#define FR_SAFETY_WORDS_N 8

char **fr_safety_words_make (const FrPeerKey *one, const FrPeerKey *other);

G_END_DECLS
