/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-newest-private.h"

#include "fr-hit-private.h"

/* What people have shown is kept, so that it is there before they are; and what was looked at is not new again after a
 * restart. */

#define SAVE_MS 1000 /* after something has come: small pictures come one by one */

typedef struct
{
  FrNewest *newest; /* owned */
  FrPeerKey key;
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->newest);
  g_free (loading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static void
take_shown (FrNewestPerson *person, const FrShown *shown)
{
  const FrHitItem item = { .id = shown->id,
                           .title = shown->title,
                           .type = shown->type,
                           .size = shown->size,
                           .width = shown->width,
                           .height = shown->height,
                           .has_preview = shown->has_preview,
                           .preview_hash = shown->preview_hash,
                           .day = shown->day };
  FrHolder holder = { .key = person->key,
                      .name = (char *) fr_person_get_name (person->person),
                      .server = (char *) fr_person_get_server (person->person),
                      .address = (char *) fr_person_get_address (person->person),
                      .doorbell = (char *) fr_person_get_doorbell (person->person),
                      .hops = 1 };

  fr_newest_person_take (person, &item, &holder);
  if (!shown->fresh)
    fr_newest_forget_fresh (person->newest, &shown->id);
  if (shown->preview != NULL)
    fr_newest_person_take_preview (person, &shown->preview_hash, shown->preview);
}

/* Whoever has answered meanwhile has said what they share; nothing is to be added to that. */
static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Loading) loading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shown = fr_store_list_shown_finish (FR_STORE (source), result, &error);
  FrNewestPerson *person = fr_newest_find_key (loading->newest, &loading->key);

  if (shown == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !loading->newest->stopped)
    fr_newest_set_unreadable (loading->newest);
  if (shown == NULL || person == NULL || person->heard || !fr_person_is_contact (person->person))
    return;
  for (guint i = 0; i < shown->len; i++)
    take_shown (person, shown->pdata[i]);
  g_hash_table_remove_all (person->listed); /* no answer has named them */
}

/* Brings back what somebody has shown last, if they are one's people. */
void
fr_newest_person_load (FrNewestPerson *self)
{
  Loading *loading;

  if (!fr_person_is_contact (self->person) || self->newest->stopped)
    return;
  loading = g_new0 (Loading, 1);
  loading->newest = g_object_ref (self->newest);
  loading->key = self->key;
  fr_store_list_shown_async (self->newest->store, &self->key, 0, FR_NEWEST_MOST, NULL, loaded_cb, loading);
}

static FrShown *
make_shown (FrHit *hit)
{
  FrShown *shown = fr_shown_new (fr_hit_get_id (hit), fr_hit_get_title (hit));

  shown->type = fr_hit_get_picture_type (hit);
  shown->size = fr_hit_get_size (hit);
  shown->width = fr_hit_get_width (hit);
  shown->height = fr_hit_get_height (hit);
  shown->day = fr_hit_get_shared_day (hit);
  shown->fresh = fr_hit_get_fresh (hit);
  shown->has_preview = fr_hit_get_preview_hash (hit, &shown->preview_hash);
  if (shown->has_preview && fr_hit_get_preview (hit) != NULL)
    shown->preview = g_bytes_ref (fr_hit_get_preview (hit));
  return shown;
}

/* Keeps what there is of somebody now. */
void
fr_newest_person_save (FrNewestPerson *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) fr_shown_free);

  if (self->save_timer != NULL)
    g_source_destroy (self->save_timer);
  g_clear_pointer (&self->save_timer, g_source_unref);
  for (guint i = self->hits->len; i > 0; i--) /* the oldest first */
    g_ptr_array_add (shown, make_shown (self->hits->pdata[i - 1]));
  fr_store_put_shown_async (self->newest->store, &self->key, shown, NULL, NULL, NULL);
}

static gboolean
save_cb (gpointer data)
{
  fr_newest_person_save (data);
  return G_SOURCE_REMOVE;
}

void
fr_newest_person_save_soon (FrNewestPerson *self)
{
  if (self->save_timer != NULL || self->newest->stopped)
    return;
  self->save_timer = g_timeout_source_new (SAVE_MS);
  g_source_set_callback (self->save_timer, save_cb, self, NULL);
  g_source_attach (self->save_timer, g_main_context_get_thread_default ());
}
