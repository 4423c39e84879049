/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-seen-watch.h"

struct _FrSeenWatch
{
  GHashTable *since; /* owned: FrContentId, owned -> when it came onto the screen, or TOLD */
};

/* No time of a clock. */
#define TOLD G_MININT64

FrSeenWatch *
fr_seen_watch_new (void)
{
  FrSeenWatch *self = g_new0 (FrSeenWatch, 1);

  self->since = g_hash_table_new_full (fr_content_id_hash, fr_content_id_equal_func, g_free, g_free);
  return self;
}

void
fr_seen_watch_free (FrSeenWatch *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->since);
  g_free (self);
}

/**
 * fr_seen_watch_look:
 * @self: a watch
 * @shown: (element-type FrContentId): what is on the screen
 * @now_us: the monotonic time
 *
 * Returns: (transfer full) (element-type FrContentId): what has been there for long enough, and was not told yet
 */
GArray *
fr_seen_watch_look (FrSeenWatch *self, const GArray *shown, gint64 now_us)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->since);
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (FrContentId));

  self->since = g_hash_table_new_full (fr_content_id_hash, fr_content_id_equal_func, g_free, g_free);
  for (guint i = 0; i < shown->len; i++)
    {
      const FrContentId *id = &g_array_index (shown, FrContentId, i);
      const gint64 *known = g_hash_table_lookup (before, id);
      gint64 since_us = known != NULL ? *known : now_us;

      if (g_hash_table_contains (self->since, id))
        continue;
      if (since_us != TOLD && now_us - since_us >= FR_SEEN_WATCH_US)
        {
          g_array_append_vals (seen, id, 1);
          since_us = TOLD;
        }
      g_hash_table_insert (self->since, g_memdup2 (id, sizeof *id), g_memdup2 (&since_us, sizeof since_us));
    }
  return seen;
}

void
fr_seen_watch_forget (FrSeenWatch *self)
{
  g_hash_table_remove_all (self->since);
}
