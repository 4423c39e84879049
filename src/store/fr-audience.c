/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-audience.h"

#include <string.h>

static const char *const names[] = {
  [FR_AUDIENCE_EVERYONE] = "everyone",
  [FR_AUDIENCE_CONTACTS] = "contacts",
  [FR_AUDIENCE_CHOSEN] = "chosen",
  [FR_AUDIENCE_ONLY_ME] = "me",
};

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return fr_peer_key_compare (a, b);
}

/**
 * fr_audience_list_readers:
 * @keys: (array length=n_keys): the keys of people, in any order
 * @n_keys: how many
 *
 * Returns: (transfer full) (nullable): the list of them, as a picture has it; %NULL where there are none
 */
GBytes *
fr_audience_list_readers (const FrPeerKey *keys, guint n_keys)
{
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof (FrPeerKey), n_keys);
  guint n = 0;

  if (n_keys == 0)
    return NULL;
  g_array_append_vals (sorted, keys, n_keys);
  g_array_sort (sorted, compare_keys);
  for (guint i = 0; i < n_keys; i++)
    {
      const FrPeerKey key = g_array_index (sorted, FrPeerKey, i);

      if (n == 0 || !fr_peer_key_equal (&key, &g_array_index (sorted, FrPeerKey, n - 1)))
        g_array_index (sorted, FrPeerKey, n++) = key;
    }
  return g_bytes_new (sorted->data, n * sizeof (FrPeerKey));
}

/**
 * fr_audience_get_readers:
 * @readers: (nullable): a list
 * @out_n: (out): how many there are
 *
 * Returns: (transfer none) (nullable) (array length=out_n): the keys in it
 */
const FrPeerKey *
fr_audience_get_readers (GBytes *readers, guint *out_n)
{
  gsize size = 0;
  const FrPeerKey *keys = readers != NULL ? g_bytes_get_data (readers, &size) : NULL;

  *out_n = (guint) (size / sizeof *keys);
  return keys;
}

/**
 * fr_audience_is_valid:
 * @audience: who may see a picture
 * @readers: (nullable): the people chosen
 *
 * Returns: whether both belong together: 1 to %FR_AUDIENCE_MAX_READERS keys where people are chosen, else none
 */
gboolean
fr_audience_is_valid (FrAudience audience, GBytes *readers)
{
  gsize size = readers != NULL ? g_bytes_get_size (readers) : 0;
  guint n;
  const FrPeerKey *keys = fr_audience_get_readers (readers, &n);

  if (audience != FR_AUDIENCE_CHOSEN)
    return audience >= 0 && audience <= FR_AUDIENCE_LAST && readers == NULL;
  if (size % sizeof *keys != 0 || n < 1 || n > FR_AUDIENCE_MAX_READERS)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (fr_peer_key_is_zero (&keys[i]))
      return FALSE;
  return TRUE;
}

/**
 * fr_audience_to_text:
 * @audience: who may see a picture
 * @readers: (nullable): the people chosen
 *
 * Returns: (transfer full): `everyone`, `contacts`, `me`, or `chosen:` and their keys, with commas between them; not
 *   for people to read
 */
char *
fr_audience_to_text (FrAudience audience, GBytes *readers)
{
  GString *text = g_string_new (names[audience]);
  guint n;
  const FrPeerKey *keys = fr_audience_get_readers (readers, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = fr_peer_key_to_string (&keys[i]);

      g_string_append_printf (text, "%c%s", i == 0 ? ':' : ',', key);
    }
  return g_string_free (text, FALSE);
}

static GBytes *
parse_readers (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", FR_AUDIENCE_MAX_READERS + 1);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (FrPeerKey));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      FrPeerKey key;

      if (!fr_peer_key_parse (&key, parts[i]))
        return NULL;
      g_array_append_val (keys, key);
    }
  return fr_audience_list_readers ((const FrPeerKey *) (gpointer) keys->data, keys->len);
}

/**
 * fr_audience_parse:
 * @text: as from fr_audience_to_text()
 * @out_audience: (out): who may see a picture
 * @out_readers: (out) (nullable): the people chosen
 *
 * Returns: whether @text says so; else nothing is changed
 */
gboolean
fr_audience_parse (const char *text, FrAudience *out_audience, GBytes **out_readers)
{
  gsize chosen = strlen (names[FR_AUDIENCE_CHOSEN]);
  g_autoptr (GBytes) readers = NULL;

  if (strncmp (text, names[FR_AUDIENCE_CHOSEN], chosen) == 0 && text[chosen] == ':')
    {
      readers = parse_readers (text + chosen + 1);
      if (!fr_audience_is_valid (FR_AUDIENCE_CHOSEN, readers))
        return FALSE;
      *out_audience = FR_AUDIENCE_CHOSEN;
      *out_readers = g_steal_pointer (&readers);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (i != FR_AUDIENCE_CHOSEN && strcmp (text, names[i]) == 0)
      {
        *out_audience = (FrAudience) i;
        *out_readers = NULL;
        return TRUE;
      }
  return FALSE;
}
