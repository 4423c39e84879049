/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words that safety words are made of: ten bits each. */

#define FR_SAFETY_WORD_LIST_LENGTH 1024
#define FR_SAFETY_WORD_SIZE 10 /* bytes of the longest, with its end */

extern const char fr_safety_word_list[FR_SAFETY_WORD_LIST_LENGTH][FR_SAFETY_WORD_SIZE];

G_END_DECLS
