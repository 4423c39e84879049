/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-letter.h"

#include <string.h>

#include "fr-frame.h"

/**
 * fr_letter_seal:
 * @to: whom it is for
 * @signals: (element-type FrSignal): what is said, in order; at most %FR_LETTER_MAX_SIGNALS
 *
 * Writes a letter that only its receiver can read.
 *
 * Returns: (transfer full) (nullable): the letter; %NULL if it is too long for a Signal frame
 */
GBytes *
fr_letter_seal (const FrPeerKey *to, GPtrArray *signals)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) sealed = NULL;

  for (guint i = 0; i < signals->len; i++)
    {
      g_autofree char *json = fr_signal_to_json (g_ptr_array_index (signals, i));

      g_string_append (text, json);
      g_string_append_c (text, '\n');
    }
  sealed = fr_identity_seal (to, text->str, text->len);
  if (sealed == NULL || g_bytes_get_size (sealed) > FR_SIGNAL_SEALED_MAX_SIZE)
    return NULL;
  return g_steal_pointer (&sealed);
}

/* What only servers say has no place in a letter, and what names nobody can be answered by nobody. */
static gboolean
is_of_a_peer (const FrSignal *signal)
{
  return (signal->type == FR_SIGNAL_OFFER || signal->type == FR_SIGNAL_ANSWER || signal->type == FR_SIGNAL_CANDIDATE
          || signal->type == FR_SIGNAL_LEAVE)
         && signal->src != NULL && signal->dst != NULL && signal->connection_id != NULL;
}

/**
 * fr_letter_open:
 * @identity: whose letter it is
 * @letter: what came
 *
 * Reads a letter. Lines that are no words of a peer are passed over.
 *
 * Returns: (transfer full) (nullable) (element-type FrSignal): what it says; %NULL if it is not for us, or too much
 */
GPtrArray *
fr_letter_open (const FrIdentity *identity, GBytes *letter)
{
  gsize size;
  const void *data = g_bytes_get_data (letter, &size);
  g_autoptr (GBytes) opened = fr_identity_open (identity, data, size);
  g_autoptr (GPtrArray) signals = NULL;
  const char *line, *end;

  if (opened == NULL)
    return NULL;
  signals = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_signal_free);
  line = g_bytes_get_data (opened, &size);
  for (end = line + size; line < end;)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));
      g_autoptr (FrSignal) signal = NULL;

      if (stop == NULL || signals->len >= FR_LETTER_MAX_SIGNALS)
        return NULL;
      signal = fr_signal_parse (line, stop - line, NULL);
      if (signal != NULL && is_of_a_peer (signal))
        g_ptr_array_add (signals, g_steal_pointer (&signal));
      line = stop + 1;
    }
  return g_steal_pointer (&signals);
}
