/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a fuzz target is, and how one that drives a machine reads its operations. A target is one file that has these
 * two; libFuzzer or fuzz-driver.c calls it, again and again in one process, with bytes that have nothing behind their
 * end. Whatever is wrong aborts: a failed g_assert_*(), a critical, a sanitizer. */

extern const gsize fuzz_max_size; /* longer inputs are not made */
extern char **fuzz_command_line; /* what libFuzzer was told, which it does not copy */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
int LLVMFuzzerInitialize (int *argc, char ***argv);
const char *fuzz_get_dictionary (void);

/* The bytes of an input from its beginning to its end; what is taken after that is 0 and empty. */
typedef struct
{
  const guint8 *at;
  gsize left;
} FuzzInput;

guint fuzz_take_byte (FuzzInput *self);
guint32 fuzz_take_number (FuzzInput *self);
guint fuzz_take_below (FuzzInput *self, guint bound);
const guint8 *fuzz_take_bytes (FuzzInput *self, gsize max, gsize *out_size);
char *fuzz_take_text (FuzzInput *self, gsize max);

/* All of an input as text, as functions take it that want an end of the text: up to the first NUL. */
char *fuzz_text (const guint8 *data, gsize size);

G_END_DECLS
