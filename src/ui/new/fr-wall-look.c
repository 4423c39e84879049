/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-look.h"

#include "fr-seen-watch.h"

#define LOOK_MS 250

struct _FrWallLook
{
  /* owned */
  FrWall *wall;
  FrNewest *newest;
  FrSeenWatch *watch;

  /* state */
  guint timeout_id;
};

static gboolean
look_cb (gpointer data)
{
  FrWallLook *self = data;
  g_autoptr (GPtrArray) shown = fr_wall_list_shown (self->wall);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  g_autoptr (GArray) seen = NULL;

  for (guint i = 0; i < shown->len; i++)
    if (fr_wall_item_get_facts (shown->pdata[i])->is_fresh)
      g_array_append_vals (ids, fr_wall_item_get_id (shown->pdata[i]), 1);
  seen = fr_seen_watch_look (self->watch, ids, g_get_monotonic_time ());
  for (guint i = 0; i < seen->len; i++)
    fr_newest_mark_seen (self->newest, &g_array_index (seen, FrContentId, i));
  return G_SOURCE_CONTINUE;
}

/* Only while there is something new, and it can be seen. */
static void
update (FrWallLook *self)
{
  gboolean is_wanted = gtk_widget_get_mapped (GTK_WIDGET (self->wall)) && fr_newest_get_n_fresh (self->newest) > 0;

  if (is_wanted == (self->timeout_id != 0))
    return;
  if (is_wanted)
    self->timeout_id = g_timeout_add (LOOK_MS, look_cb, self);
  else
    g_clear_handle_id (&self->timeout_id, g_source_remove);
  fr_seen_watch_forget (self->watch);
}

/**
 * fr_wall_look_new:
 * @wall: (transfer none): what is looked at, while it is shown
 * @newest: (transfer none): is told what was seen
 *
 * Returns: (transfer full): it looks until fr_wall_look_free()
 */
FrWallLook *
fr_wall_look_new (FrWall *wall, FrNewest *newest)
{
  FrWallLook *self = g_new0 (FrWallLook, 1);

  self->wall = g_object_ref (wall);
  self->newest = g_object_ref (newest);
  self->watch = fr_seen_watch_new ();
  g_signal_connect_swapped (wall, "map", G_CALLBACK (update), self);
  g_signal_connect_swapped (wall, "unmap", G_CALLBACK (update), self);
  g_signal_connect_swapped (newest, "notify::n-fresh", G_CALLBACK (update), self);
  update (self);
  return self;
}

/**
 * fr_wall_look_free:
 * @self: (nullable) (transfer full): who looks
 */
void
fr_wall_look_free (FrWallLook *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->wall, self);
  g_signal_handlers_disconnect_by_data (self->newest, self);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  fr_seen_watch_free (self->watch);
  g_object_unref (self->newest);
  g_object_unref (self->wall);
  g_free (self);
}
