/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fuzz-input.h"

/* For test-driver.c: two bytes of its corpus have to change for its fault. */

const gsize fuzz_max_size = 64;

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_assert_cmpuint (size, <=, fuzz_max_size);
  if (size >= 4 && memcmp (data, "boom", 4) == 0)
    g_error ("the planted fault");
  return 0;
}
