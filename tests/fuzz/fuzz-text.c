/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fr-peer-name.h"
#include "fr-picture.h"
#include "fr-search-words.h"
#include "fr-text-fold.h"
#include "fr-title.h"
#include "fuzz-input.h"

/* Names, titles and texts from anywhere: what comes out may be shown, be a file's name, be searched. */

const gsize fuzz_max_size = 1024;

static void
try_name (const char *text)
{
  g_autofree char *name = NULL, *again = NULL, *address = NULL;

  if (fr_peer_name_normalise (text, &name) != FR_PEER_NAME_OK)
    return;
  g_assert_true (fr_peer_name_is_valid (name));
  g_assert_cmpint (fr_peer_name_normalise (name, &again), ==, FR_PEER_NAME_OK);
  g_assert_cmpstr (name, ==, again);
  address = fr_peer_address_from_name (name);
  if (address != NULL)
    {
      g_autofree char *other = fr_peer_address_with_suffix (address, 0xdeadbeef);

      g_assert_true (fr_peer_address_is_valid (address));
      g_assert_true (fr_peer_address_is_valid (other));
    }
}

static void
try_title (const char *text, guint type)
{
  g_autofree char *title = fr_title_clean (text), *again = fr_title_clean (title);
  g_autofree char *from_name = fr_title_from_file_name (text), *name = fr_title_to_file_name (title, type);

  g_assert_cmpstr (title, ==, again);
  g_assert_cmpuint (strlen (title), <=, FR_PICTURE_MAX_TITLE);
  g_assert_cmpuint (strlen (from_name), <=, FR_PICTURE_MAX_TITLE);
  g_assert_true (g_utf8_validate (title, -1, NULL) && g_utf8_validate (from_name, -1, NULL));
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (strlen (name), <=, FR_TITLE_MAX_FILE_NAME);
  g_assert_true (*name != '\0' && *name != '.' && strpbrk (name, "/\\:*?\"<>|\n") == NULL);
}

static void
try_fold (const char *text)
{
  g_autofree char *folded = fr_text_fold (text, -1), *again = fr_text_fold (folded, -1);

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpstr (folded, ==, again);
}

static void
try_words (const char *text)
{
  g_autoptr (FrSearchWords) words = fr_search_words_parse (text, NULL);
  g_autofree char *understood = words != NULL ? fr_search_words_to_string (words) : NULL;

  if (words == NULL)
    return;
  g_assert_cmpuint (fr_search_words_get_n (words), >, 0);
  g_assert_cmpuint (fr_search_words_get_n (words), <=, FR_SEARCH_MAX_WORDS);
  g_assert_nonnull (understood);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint type = fuzz_take_below (&input, 10);
  g_autofree char *text = fuzz_text (input.at, input.left);

  try_name (text);
  try_title (text, type);
  try_fold (text);
  try_words (text);
  return 0;
}
