/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes new inputs of old ones. It sees no coverage, as libFuzzer does: what it finds, it finds near the corpus. */
typedef struct
{
  GRand *rand;           /* borrowed, as all here */
  GPtrArray *corpus;     /* of GBytes, at least one */
  GPtrArray *dictionary; /* of GBytes; may be empty */
  gsize max_size;
} FuzzMutator;

void fuzz_mutator_make (const FuzzMutator *self, GByteArray *out_input);

G_END_DECLS
