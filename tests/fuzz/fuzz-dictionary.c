/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-dictionary.h"

#include <string.h>

/* NULL where the line has no word. */
GBytes *
fuzz_dictionary_parse_line (const char *line)
{
  const char *at = strchr (line, '"');
  g_autoptr (GByteArray) word = NULL;

  if (at == NULL || *line == '#')
    return NULL;
  word = g_byte_array_new ();
  for (at++; *at != '\0' && *at != '"'; at++)
    {
      guint8 byte = (guint8) *at;

      if (*at == '\\' && at[1] == 'x' && g_ascii_isxdigit (at[2]) && g_ascii_isxdigit (at[3]))
        {
          byte = (guint8) (g_ascii_xdigit_value (at[2]) << 4 | g_ascii_xdigit_value (at[3]));
          at += 3;
        }
      else if (*at == '\\' && at[1] != '\0')
        byte = (guint8) *++at;
      g_byte_array_append (word, &byte, 1);
    }
  return *at == '"' && word->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&word)) : NULL;
}

GPtrArray *
fuzz_dictionary_load (const char *path, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      GBytes *word = fuzz_dictionary_parse_line (lines[i]);

      if (word != NULL)
        g_ptr_array_add (words, word);
    }
  return g_steal_pointer (&words);
}
