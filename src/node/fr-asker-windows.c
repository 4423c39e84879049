/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-asker-windows.h"

typedef struct
{
  FrPeerKey key;
  GList link; /* in by_use */
  guint64 highest;
  guint64 seen[FR_ASKER_WINDOW_SIZE]; /* in no order */
  guint n_seen;
} Asker;

struct _FrAskerWindows
{
  GHashTable *askers; /* FrPeerKey -> Asker, owned */
  GQueue by_use;      /* of Asker: who asked last is last */
};

/**
 * fr_asker_windows_new:
 *
 * Returns: (transfer full): a memory of nobody
 */
FrAskerWindows *
fr_asker_windows_new (void)
{
  FrAskerWindows *self = g_new0 (FrAskerWindows, 1);

  self->askers = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, NULL, g_free);
  g_queue_init (&self->by_use);
  return self;
}

/**
 * fr_asker_windows_free:
 * @self: (nullable) (transfer full): a memory
 *
 * Frees it.
 */
void
fr_asker_windows_free (FrAskerWindows *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->askers);
  g_free (self);
}

static Asker *
find_or_add (FrAskerWindows *self, const FrPeerKey *key)
{
  Asker *asker = g_hash_table_lookup (self->askers, key);

  if (asker != NULL)
    {
      g_queue_unlink (&self->by_use, &asker->link);
    }
  else
    {
      if (self->by_use.length >= FR_ASKER_WINDOWS_MAX)
        {
          Asker *oldest = g_queue_pop_head_link (&self->by_use)->data;

          g_hash_table_remove (self->askers, &oldest->key);
        }
      asker = g_new0 (Asker, 1);
      asker->key = *key;
      asker->link.data = asker;
      g_hash_table_insert (self->askers, &asker->key, asker);
    }
  g_queue_push_tail_link (&self->by_use, &asker->link);
  return asker;
}

/**
 * fr_asker_windows_take:
 * @self: a memory
 * @asker: who has signed a search
 * @sequence: its number
 * @now_real_us: the time in microseconds since 1970
 *
 * Notes a search. What is far ahead of our clock is not noted: it would shut its asker out once their clock is right again.
 *
 * Returns: %FALSE if it was noted before, or is so old that it may have been
 */
gboolean
fr_asker_windows_take (FrAskerWindows *self, const FrPeerKey *asker, guint64 sequence, gint64 now_real_us)
{
  Asker *window;
  guint lowest = 0;

  if (sequence > (guint64) (now_real_us + FR_ASKER_WINDOW_AHEAD_US))
    return TRUE;
  window = find_or_add (self, asker);
  if (window->highest > FR_ASKER_WINDOW_US && sequence < window->highest - FR_ASKER_WINDOW_US)
    return FALSE;
  for (guint i = 0; i < window->n_seen; i++)
    {
      if (window->seen[i] == sequence)
        return FALSE;
      if (window->seen[i] < window->seen[lowest])
        lowest = i;
    }
  if (window->n_seen == FR_ASKER_WINDOW_SIZE && sequence < window->seen[lowest])
    return FALSE;
  window->seen[window->n_seen < FR_ASKER_WINDOW_SIZE ? window->n_seen++ : lowest] = sequence;
  window->highest = MAX (window->highest, sequence);
  return TRUE;
}
