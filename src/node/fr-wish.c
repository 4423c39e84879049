/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wishes-private.h"

#include "fr-hit-private.h"
#include "fr-search-private.h"

#define WATCH_MS 1000 /* what the person looks at is noted so soon after it has come, in one go */

enum
{
  PROP_0,
  PROP_N_NEW,
  PROP_ASKED_US,
  PROP_ASKING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FrWish, fr_wish, G_TYPE_OBJECT)

/* What is found */

static gboolean
has_holder (FrWish *self, FrHit *hit)
{
  for (guint i = 0; i < fr_hit_get_n_holders (hit); i++)
    {
      FrPerson *person = fr_people_find_key (self->wishes->people, &fr_hit_get_holder (hit, i)->key);

      if (person == NULL || !fr_person_get_blocked (person))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_found (FrWish *self, FrHit *hit)
{
  return !fr_hit_get_mine (hit) && fr_gallery_find (self->wishes->gallery, fr_hit_get_id (hit)) == NULL
         && has_holder (self, hit) && fr_search_terms_match (self->terms, hit);
}

/* For the wishes: what of a search is what was wished for. */
GArray *
fr_wish_list_found (FrWish *self, FrSearch *search)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (FrContentId));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (search)); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (search), i);

      if (is_found (self, hit))
        g_array_append_val (ids, *fr_hit_get_id (hit));
    }
  return ids;
}

static void
add_fresh (FrWish *self, const FrContentId *id)
{
  g_hash_table_add (self->fresh, g_memdup2 (id, sizeof *id));
}

static void
hold_found (FrWish *self, FrHit *hit)
{
  fr_hit_set_fresh (hit, TRUE);
  g_list_store_append (self->found, hit);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) > FR_WISH_MAX_FOUND)
    g_list_store_remove (self->found, 0);
}

/* For the wishes: takes over what of a search was never told of; returns how many. What somebody gets in between is not
 * news any more. */
guint
fr_wish_take_news (FrWish *self, FrSearch *search, GArray *news)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (fr_content_id_hash, fr_content_id_equal_func);
  guint n = 0;

  for (guint i = 0; i < news->len; i++)
    g_hash_table_add (ids, &g_array_index (news, FrContentId, i));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (search)); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (search), i);

      if (!g_hash_table_contains (ids, fr_hit_get_id (hit)) || !is_found (self, hit))
        continue;
      add_fresh (self, fr_hit_get_id (hit));
      hold_found (self, hit);
      n++;
    }
  if (n > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NEW]);
  return n;
}

/* For the wishes: what is on disk. */
void
fr_wish_take_record (FrWish *self, const FrWishRecord *record)
{
  self->asked_us = record->asked_us;
  for (guint i = 0; i < record->fresh->len; i++)
    add_fresh (self, &g_array_index (record->fresh, FrContentId, i));
}

void
fr_wish_set_asked (FrWish *self, gint64 asked_us)
{
  self->asked_us = asked_us;
  fr_store_put_wish_async (self->wishes->store, self->key, asked_us, NULL, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASKED_US]);
}

/* For the wishes: while it is asked; NULL: it is not. */
void
fr_wish_set_search (FrWish *self, FrSearch *search)
{
  gboolean was_asking = self->search != NULL;

  if (was_asking)
    fr_search_stop (self->search);
  g_set_object (&self->search, search);
  if (was_asking != (search != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASKING]);
}

/* What the person looks at */

static void
note_watched (FrWish *self)
{
  g_autoptr (GArray) ids = NULL;

  if (self->watch_timer != NULL)
    g_source_destroy (self->watch_timer);
  g_clear_pointer (&self->watch_timer, g_source_unref);
  if (self->wishes == NULL || self->watched == NULL)
    return;
  ids = fr_wish_list_found (self, self->watched);
  for (guint i = 0; i < ids->len; i += FR_WISHES_MAX_TOLD_ONCE)
    fr_store_tell_wish_async (self->wishes->store, self->key, &g_array_index (ids, FrContentId, i),
                              MIN (ids->len - i, FR_WISHES_MAX_TOLD_ONCE), FALSE, NULL, NULL, NULL);
}

static gboolean
watch_cb (gpointer data)
{
  note_watched (data);
  return G_SOURCE_REMOVE;
}

/* Of what stands in it from a place on. */
static void
mark_fresh (FrWish *self, FrSearch *search, guint position, guint n)
{
  for (guint i = position; i < position + n; i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (search), i);

      if (hit != NULL && g_hash_table_contains (self->shown, fr_hit_get_id (hit)))
        fr_hit_set_fresh (hit, TRUE);
    }
}

static void
watched_changed_cb (FrWish *self, guint position, guint removed, guint added, GListModel *search)
{
  mark_fresh (self, FR_SEARCH (search), position, added);
  if (self->watch_timer != NULL)
    return;
  self->watch_timer = g_timeout_source_new (WATCH_MS);
  g_source_set_callback (self->watch_timer, watch_cb, self, NULL);
  g_source_attach (self->watch_timer, g_main_context_get_thread_default ());
}

static void
leave_watched (FrWish *self)
{
  if (self->watched == NULL)
    return;
  note_watched (self);
  g_signal_handlers_disconnect_by_data (self->watched, self);
  g_hash_table_remove_all (self->shown);
  g_clear_object (&self->watched);
}

/* What was told of is looked at in another search from now on. */
static void
hand_over (FrWish *self, FrSearch *search)
{
  GHashTable *shown = self->shown;

  self->shown = self->fresh;
  self->fresh = shown;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->found)); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      fr_hit_set_fresh (hit, FALSE);
      fr_search_add_known (search, hit);
    }
  mark_fresh (self, search, 0, g_list_model_get_n_items (G_LIST_MODEL (search)));
  if (g_hash_table_size (self->shown) == 0)
    return;
  fr_store_mark_wish_seen_async (self->wishes->store, self->key, NULL, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NEW]);
}

static void
watched_over_cb (FrWish *self)
{
  if (!fr_search_get_listening (self->watched))
    leave_watched (self);
}

/* For the wishes: it was removed, or everything ends. */
void
fr_wish_end (FrWish *self)
{
  fr_wish_set_search (self, NULL);
  leave_watched (self);
  self->wishes = NULL;
}

static void
fr_wish_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrWish *self = FR_WISH (object);

  switch (id)
    {
    case PROP_N_NEW:
      g_value_set_uint (value, fr_wish_get_n_new (self));
      break;
    case PROP_ASKED_US:
      g_value_set_int64 (value, self->asked_us);
      break;
    case PROP_ASKING:
      g_value_set_boolean (value, fr_wish_get_asking (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_wish_finalize (GObject *object)
{
  FrWish *self = FR_WISH (object);

  fr_wish_end (self);
  g_hash_table_unref (self->fresh);
  g_hash_table_unref (self->shown);
  g_object_unref (self->found);
  g_free (self->key);
  fr_search_terms_free (self->terms);
  G_OBJECT_CLASS (fr_wish_parent_class)->finalize (object);
}

static void
fr_wish_class_init (FrWishClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_wish_get_property;
  object_class->finalize = fr_wish_finalize;
  properties[PROP_N_NEW] = g_param_spec_uint ("n-new", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ASKED_US] = g_param_spec_int64 ("asked-us", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_ASKING] = g_param_spec_boolean ("asking", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fr_wish_init (FrWish *self)
{
  self->found = g_list_store_new (FR_TYPE_HIT);
  self->fresh = g_hash_table_new_full (fr_content_id_hash, fr_content_id_equal_func, g_free, NULL);
  self->shown = g_hash_table_new_full (fr_content_id_hash, fr_content_id_equal_func, g_free, NULL);
}

/* For the wishes. */
FrWish *
fr_wish_new (FrWishes *wishes, const FrSearchTerms *terms, const char *key)
{
  FrWish *self = g_object_new (FR_TYPE_WISH, NULL);

  self->wishes = wishes;
  self->terms = fr_search_terms_copy (terms);
  self->key = g_strdup (key);
  return self;
}

/**
 * fr_wish_get_terms:
 * @self: a wish
 *
 * Returns: (transfer none): what is looked for, and of whom
 */
const FrSearchTerms *
fr_wish_get_terms (FrWish *self)
{
  return self->terms;
}

const char *
fr_wish_get_words (FrWish *self)
{
  return self->terms->words;
}

/**
 * fr_wish_get_found:
 * @self: a wish
 *
 * Returns: (transfer none): a model of #FrHit: what it has told of since the start, at most %FR_WISH_MAX_FOUND
 */
GListModel *
fr_wish_get_found (FrWish *self)
{
  return G_LIST_MODEL (self->found);
}

/**
 * fr_wish_get_n_new:
 * @self: a wish
 *
 * Returns: how many pictures it has told of that were not looked at since
 */
guint
fr_wish_get_n_new (FrWish *self)
{
  return g_hash_table_size (self->fresh);
}

/**
 * fr_wish_is_new:
 * @self: a wish
 * @id: a picture
 *
 * Returns: whether it is one of those
 */
gboolean
fr_wish_is_new (FrWish *self, const FrContentId *id)
{
  return g_hash_table_contains (self->fresh, id);
}

gint64
fr_wish_get_asked_us (FrWish *self)
{
  return self->asked_us;
}

gboolean
fr_wish_get_asking (FrWish *self)
{
  return self->search != NULL;
}

/**
 * fr_wish_watch:
 * @self: a wish
 * @search: a search for the same, that the person looks at
 *
 * What it has found, and finds, is not told of: the person sees it. What the wish has found since the start stands in it
 * too, whoever is here now; what was news is marked as fresh, and is none any more. It counts as a time that the wish was
 * asked.
 */
void
fr_wish_watch (FrWish *self, FrSearch *search)
{
  if (self->wishes == NULL || search == self->watched)
    return;
  leave_watched (self);
  fr_wishes_note_asked (self->wishes, self);
  self->watched = g_object_ref (search);
  hand_over (self, search);
  note_watched (self);
  g_signal_connect_swapped (search, "items-changed", G_CALLBACK (watched_changed_cb), self);
  g_signal_connect_swapped (search, "notify::listening", G_CALLBACK (watched_over_cb), self);
  watched_over_cb (self);
}

/**
 * fr_wish_mark_seen:
 * @self: a wish
 *
 * The person has looked at what is new.
 */
void
fr_wish_mark_seen (FrWish *self)
{
  if (fr_wish_get_n_new (self) == 0)
    return;
  g_hash_table_remove_all (self->fresh);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->found)); i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      fr_hit_set_fresh (hit, FALSE);
    }
  if (self->wishes != NULL)
    fr_store_mark_wish_seen_async (self->wishes->store, self->key, NULL, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NEW]);
}
