/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-text-fold.h"

#include <string.h>

/* What a character is to a search: part of a word, a gap, or nothing at all. */
typedef enum
{
  LETTER,
  GAP,
  NOTHING,
} Part;

static Part
part_of (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SPACE_SEPARATOR:
      return GAP;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return NOTHING;
    default:
      return LETTER;
    }
}

/* Most text, and nearly all that relays fold, is ASCII, where folding is lower case and gaps alone. NULL if this is
 * not; a zero byte inside is no text either. */
static char *
fold_ascii (const char *text, gsize size)
{
  char *folded;
  gsize n = 0;

  for (gsize i = 0; i < size; i++)
    if (text[i] == '\0' || ((guchar) text[i] & 0x80))
      return NULL;
  folded = g_malloc (size + 1);
  for (gsize i = 0; i < size; i++)
    {
      if (text[i] > ' ' && text[i] != 0x7f)
        folded[n++] = g_ascii_tolower (text[i]);
      else if (n > 0 && folded[n - 1] != ' ')
        folded[n++] = ' ';
    }
  if (n > 0 && folded[n - 1] == ' ')
    n--;
  folded[n] = '\0';
  return folded;
}

/**
 * fr_text_fold:
 * @text: (array length=size): any bytes
 * @size: how many, or -1 where a zero byte ends them
 *
 * Folds text for comparison: NFKD (Unicode Standard Annex 15), marks off, case folded, gaps of any kind one space, none
 * at either end. Bytes that are not UTF-8 become U+FFFD.
 *
 * Returns: (transfer full): the folded text, the same when folded again
 */
char *
fr_text_fold (const char *text, gssize size)
{
  char *ascii = fold_ascii (text, size < 0 ? strlen (text) : (gsize) size);
  g_autofree char *valid = NULL, *folded = NULL, *parts = NULL;
  GString *result;

  if (ascii != NULL)
    return ascii;

  valid = g_utf8_make_valid (text, size);
  /* Twice: folding turns some marks into letters and brings out others that have to go (ᾳ, İ), and taking letters
   * apart brings out capitals (𝐀, ™). */
  folded = g_utf8_casefold (valid, -1);
  parts = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKD);
  g_free (g_steal_pointer (&folded));
  folded = g_utf8_casefold (parts, -1);
  g_free (g_steal_pointer (&parts));
  parts = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKD);

  result = g_string_sized_new (64);
  for (const char *at = parts; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      Part part = part_of (character);

      if (part == LETTER)
        g_string_append_unichar (result, character);
      else if (part == GAP && result->len > 0 && result->str[result->len - 1] != ' ')
        g_string_append_c (result, ' ');
    }
  if (result->len > 0 && result->str[result->len - 1] == ' ')
    g_string_truncate (result, result->len - 1);
  return g_string_free (result, FALSE);
}
