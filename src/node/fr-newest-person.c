/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-newest-private.h"

#include "fr-hit-private.h"

/* Those shared last first; what was shared on the same day stays in the order of coming. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  guint first = fr_hit_get_shared_day ((FrHit *) a), second = fr_hit_get_shared_day ((FrHit *) b);

  return first > second ? -1 : first < second;
}

/* Somebody of whom nothing is known yet. */
FrNewestPerson *
fr_newest_person_new (FrNewest *newest, FrPerson *person)
{
  FrNewestPerson *self = g_new0 (FrNewestPerson, 1);

  self->newest = newest;
  self->person = g_object_ref (person);
  self->hits = g_ptr_array_new_with_free_func (g_object_unref);
  self->all = g_list_store_new (FR_TYPE_HIT);
  self->listed = g_hash_table_new (fr_content_id_hash, fr_content_id_equal_func);
  self->root = self;
  fr_person_get_key (person, &self->key);
  return self;
}

void
fr_newest_person_free (FrNewestPerson *self)
{
  if (self == NULL)
    return;
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->save_timer != NULL)
    g_source_destroy (self->save_timer);
  g_clear_pointer (&self->save_timer, g_source_unref);
  g_hash_table_unref (self->listed);
  g_ptr_array_unref (self->hits);
  g_object_unref (self->all);
  g_object_unref (self->person);
  g_free (self);
}

static void
add_to_all (FrNewestPerson *root, FrHit *hit)
{
  if (!g_list_store_find (root->all, hit, NULL))
    g_list_store_insert_sorted (root->all, hit, compare, NULL);
}

/* Unless another computer of the same person has it too. */
static void
remove_from_all (FrNewestPerson *root, FrHit *hit)
{
  GHashTableIter iter;
  gpointer value;
  guint position;

  g_hash_table_iter_init (&iter, root->newest->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((FrNewestPerson *) value)->root == root && g_ptr_array_find (((FrNewestPerson *) value)->hits, hit, NULL))
      return;
  if (g_list_store_find (root->all, hit, &position))
    g_list_store_remove (root->all, position);
}

/* Whose computer it is may turn out later. */
void
fr_newest_person_set_root (FrNewestPerson *self, FrNewestPerson *root)
{
  FrNewestPerson *old = self->root;

  if (old == root)
    return;
  self->root = root;
  for (guint i = 0; i < self->hits->len; i++)
    {
      remove_from_all (old, self->hits->pdata[i]);
      add_to_all (root, self->hits->pdata[i]);
    }
}

static void
set_fresh (FrNewest *newest, FrHit *hit, gboolean fresh)
{
  if (fr_hit_get_fresh (hit) == fresh)
    return;
  fr_hit_set_fresh (hit, fresh);
  fr_newest_count_fresh (newest, fresh ? 1 : -1);
}

/* Nobody shares it any more. */
static void
forget (FrNewest *newest, FrHit *hit)
{
  guint position;

  set_fresh (newest, hit, FALSE);
  g_hash_table_remove (newest->by_id, fr_hit_get_id (hit));
  if (g_list_store_find (newest->hits, hit, &position))
    g_list_store_remove (newest->hits, position);
}

static void
withdraw (FrNewestPerson *self, guint position)
{
  g_autoptr (FrHit) hit = g_ptr_array_steal_index (self->hits, position);

  g_hash_table_remove (self->listed, fr_hit_get_id (hit));
  remove_from_all (self->root, hit);
  if (fr_hit_remove_holder (hit, &self->key) == 0)
    forget (self->newest, hit);
}

/* What an answer does not name is not shared any more, or is older than the newest: takes it away while there is more than
 * so much, the oldest first. Returns what that is. */
GArray *
fr_newest_person_withdraw (FrNewestPerson *self, guint most)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));
  guint position = 0;

  while (self->hits->len > most && position < self->hits->len)
    if (g_hash_table_contains (self->listed, fr_hit_get_id (self->hits->pdata[position])))
      {
        position++;
      }
    else
      {
        g_array_append_vals (ids, fr_hit_get_id (self->hits->pdata[position]), 1);
        withdraw (self, position);
      }
  return ids;
}

void
fr_newest_person_withdraw_all (FrNewestPerson *self)
{
  while (self->hits->len > 0)
    withdraw (self, self->hits->len - 1);
}

/* One of a known picture, or of one that nobody has named before; none where there are too many. */
static FrHit *
find_or_make (FrNewest *newest, const FrHitItem *item)
{
  FrHit *known = g_hash_table_lookup (newest->by_id, &item->id);
  FrHit *hit;

  if (known != NULL)
    return g_object_ref (known);
  if (g_list_model_get_n_items (G_LIST_MODEL (newest->hits)) >= FR_NEWEST_MAX)
    return NULL;
  hit = fr_hit_new (item, 0);
  fr_hit_set_mine (hit, fr_gallery_find (newest->gallery, &item->id) != NULL);
  set_fresh (newest, hit, !fr_hit_get_mine (hit));
  g_hash_table_insert (newest->by_id, (gpointer) fr_hit_get_id (hit), hit);
  return hit;
}

/* They share that picture. It is in no list before it has a holder. */
void
fr_newest_person_take (FrNewestPerson *self, const FrHitItem *item, FrHolder *holder)
{
  g_autoptr (FrHit) hit = find_or_make (self->newest, item);

  if (hit == NULL)
    return;
  holder->size = item->size;
  if (fr_hit_add_holder (hit, holder) && fr_hit_get_n_holders (hit) == 1)
    g_list_store_insert_sorted (self->newest->hits, hit, compare, NULL);
  if (!g_ptr_array_find (self->hits, hit, NULL))
    {
      g_ptr_array_add (self->hits, g_object_ref (hit));
      add_to_all (self->root, hit);
    }
  g_hash_table_add (self->listed, (gpointer) fr_hit_get_id (hit));
}

void
fr_newest_person_take_preview (FrNewestPerson *self, const FrBlockHash *hash, GBytes *preview)
{
  for (guint i = 0; i < self->hits->len; i++)
    if (fr_hit_wants_preview (self->hits->pdata[i], hash))
      fr_hit_set_preview (self->hits->pdata[i], preview, 0);
}
