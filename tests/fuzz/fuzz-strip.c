/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-image-sniff.h"
#include "fr-image-strip.h"
#include "fuzz-input.h"

/* The copy of a picture without metadata. One program a kind, so that each has a corpus and a dictionary of its own. */

const gsize fuzz_max_size = 8192;

/* What is taken for a copy has nothing left to remove. */
static void
check_copy (FrStripOutput *output, FrImageType type, gsize size)
{
  g_autoptr (GBytes) copy = fr_strip_output_to_bytes (output);
  g_autoptr (FrStripOutput) again = NULL;
  g_autoptr (GBytes) copy_of_copy = NULL;
  FrStripDetails removed = 0;
  gsize copy_size;
  const guint8 *data = g_bytes_get_data (copy, &copy_size);

  g_assert_cmpuint (copy_size, ==, fr_strip_output_get_size (output));
  g_assert_cmpuint (copy_size, <=, size + FR_STRIP_MAX_GROWTH);
  g_assert_cmpint (fr_image_sniff (data, copy_size), ==, type);
  g_assert_cmpint (fr_image_strip (data, copy_size, &again, &removed), ==, FR_STRIP_DONE);
  g_assert_cmpint (removed, ==, 0);
  copy_of_copy = fr_strip_output_to_bytes (again);
  g_assert_true (g_bytes_equal (copy, copy_of_copy));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (FrStripOutput) output = NULL;
  FrStripDetails removed = 0;
  FrStripResult result = fr_image_strip (data, size, &output, &removed);

  g_assert_true ((output != NULL) == (result == FR_STRIP_DONE));
  if (output == NULL)
    return 0;
  g_assert_cmpint (removed & ~FR_STRIP_ALL_DETAILS, ==, 0);
  check_copy (output, fr_image_sniff (data, size), size);
  return 0;
}
