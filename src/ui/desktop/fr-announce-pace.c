/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-announce-pace.h"

void
fr_announce_pace_clear (FrAnnouncePace *self)
{
  g_clear_pointer (&self->waiting, g_free);
  self->said_at_us = 0;
}

/**
 * fr_announce_pace_put:
 * @self: what waits to be said
 * @text: what is to be said in its place
 * @is_progress: whether the next one says it as well
 *
 * What is no progress is said at once, and what waited is not said any more.
 */
void
fr_announce_pace_put (FrAnnouncePace *self, const char *text, gboolean is_progress)
{
  g_free (self->waiting);
  self->waiting = g_strdup (text);
  if (!is_progress)
    self->said_at_us = 0;
}

/**
 * fr_announce_pace_take:
 * @self: what waits to be said
 * @now_us: the monotonic time
 *
 * Returns: (transfer full) (nullable): what to say now
 */
char *
fr_announce_pace_take (FrAnnouncePace *self, gint64 now_us)
{
  if (now_us < fr_announce_pace_get_deadline (self))
    return NULL;
  self->said_at_us = now_us;
  return g_steal_pointer (&self->waiting);
}

gint64
fr_announce_pace_get_deadline (const FrAnnouncePace *self)
{
  if (self->waiting == NULL)
    return G_MAXINT64;
  return self->said_at_us == 0 ? 0 : self->said_at_us + FR_ANNOUNCE_EVERY_US;
}
