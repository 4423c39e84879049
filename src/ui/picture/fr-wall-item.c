/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wall-item.h"

#include "fr-audience-text.h"
#include "fr-facts.h"

struct _FrWallItem
{
  GObject parent_instance;

  /* owned */
  FrNode *node;
  FrGalleryItem *source; /* or else: */
  FrHit *hit;
  FrStack *stack; /* nullable: of which that is the best */
  FrVeil *veil; /* nullable */
  FrWallFacts facts;

  /* state */
  guint has_facts : 1;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrWallItem, fr_wall_item, G_TYPE_OBJECT)

/* Of a picture: what it is on a wall. */
static G_DEFINE_QUARK (fr-wall-item, item)

static void
clear_facts (FrWallItem *self)
{
  g_free (self->facts.who);
  g_free (self->facts.from);
  g_free (self->facts.audience);
  self->facts = (FrWallFacts){ 0 };
  self->has_facts = FALSE;
}

/* The audience that one usually chooses; for everyone, where one never has. */
static gboolean
is_usual (FrGallery *gallery, const FrPicture *picture)
{
  FrAudience audience = FR_AUDIENCE_EVERYONE;
  GBytes *readers = NULL;

  fr_gallery_get_audience (gallery, &audience, &readers);
  if (picture->audience != audience)
    return FALSE;
  return audience != FR_AUDIENCE_CHOSEN
         || (picture->readers != NULL && readers != NULL && g_bytes_equal (picture->readers, readers));
}

/* What is true of a picture in the own gallery, from wherever it is shown. */
static void
find_own_facts (FrWallItem *self, FrGalleryItem *item)
{
  FrPicture *picture = fr_gallery_item_get_picture (item);
  FrPeople *people = fr_node_get_people (self->node);
  gboolean is_mine = fr_picture_is_mine (picture), is_marked;

  self->facts.is_kept = !is_mine;
  /* What is kept is usually for oneself alone. */
  is_marked = is_mine ? !is_usual (fr_node_get_gallery (self->node), picture)
                      : picture->audience != FR_AUDIENCE_ONLY_ME;
  if (is_marked)
    {
      self->facts.audience = fr_audience_text_describe_audience (picture, people);
      self->facts.audience_icon = fr_audience_text_get_icon (picture->audience);
    }
}

/* Only contacts have an avatar: others could call themselves as one of them. */
static void
find_origin (FrWallItem *self)
{
  FrPicture *picture = fr_gallery_item_get_picture (self->source);
  FrPeople *people = fr_node_get_people (self->node);
  FrPerson *person;

  self->facts.from = fr_audience_text_describe_origin (picture, people);
  if (fr_picture_is_mine (picture))
    return;
  person = fr_people_find_key (people, &picture->origin);
  self->facts.who = g_strdup (person != NULL && fr_person_is_contact (person) ? fr_person_get_name (person) : "");
}

/* Somebody is one person at however many computers, and is called what their first is called. */
static FrPerson *
find_person (FrPeople *people, const FrPeerKey *key)
{
  FrPerson *person = fr_people_find_key (people, key);

  if (person == NULL || !fr_person_is_contact (person))
    return NULL;
  return fr_person_get_owner (person) != NULL ? fr_person_get_owner (person) : person;
}

/* Who has it: the nearest of the contacts, and how many others. */
static void
find_holders (FrWallItem *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  FrPeople *people = fr_node_get_people (self->node);
  guint n_holders = fr_hit_get_n_holders (self->hit), n_people = 0;
  const char *name = "";

  if (n_holders == 0)
    return;
  for (guint i = 0; i < n_holders; i++)
    {
      FrPerson *person = find_person (people, &fr_hit_get_holder (self->hit, i)->key);

      if (person != NULL && g_hash_table_size (known) == 0)
        name = fr_person_get_name (person);
      if (person == NULL || g_hash_table_add (known, person))
        n_people++;
    }
  self->facts.who = g_strdup (name);
  self->facts.n_others = n_people - 1;
  self->facts.from = fr_facts_describe_from (name, n_people - 1);
}

static FrGalleryItem *
find_own (FrWallItem *self)
{
  if (self->source != NULL)
    return self->source;
  return fr_hit_get_mine (self->hit) ? fr_gallery_find (fr_node_get_gallery (self->node), fr_hit_get_id (self->hit))
                                     : NULL;
}

static void
find_facts (FrWallItem *self)
{
  FrGalleryItem *own = find_own (self);

  self->has_facts = TRUE;
  if (own != NULL)
    find_own_facts (self, own);
  if (self->hit == NULL)
    {
      find_origin (self);
      return;
    }
  self->facts.n_alike = self->stack != NULL ? fr_stack_get_n (self->stack) : 1;
  find_holders (self);
  self->facts.is_fresh = fr_hit_get_fresh (self->hit);
  self->facts.is_veiled = self->veil != NULL && fr_veil_covers (self->veil, self->hit);
}

/* What it is of. */
static GObject *
get_object (FrWallItem *self)
{
  if (self->stack != NULL)
    return G_OBJECT (self->stack);
  return self->source != NULL ? G_OBJECT (self->source) : G_OBJECT (self->hit);
}

static void
set_hit (FrWallItem *self, FrHit *hit)
{
  static const char *const signal_names[]
      = { "notify::preview", "notify::n-holders", "notify::mine", "notify::fresh", "notify::shared-day" };

  if (self->hit != NULL)
    g_signal_handlers_disconnect_by_func (self->hit, fr_wall_item_refresh, self);
  g_set_object (&self->hit, hit);
  for (gsize i = 0; i < G_N_ELEMENTS (signal_names); i++)
    g_signal_connect_object (hit, signal_names[i], G_CALLBACK (fr_wall_item_refresh), self, G_CONNECT_SWAPPED);
}

static void
stack_changed_cb (FrWallItem *self)
{
  if (fr_stack_get_top (self->stack) != self->hit)
    set_hit (self, fr_stack_get_top (self->stack));
  fr_wall_item_refresh (self);
}

static void
fr_wall_item_dispose (GObject *object)
{
  FrWallItem *self = FR_WALL_ITEM (object);

  clear_facts (self);
  if (get_object (self) != NULL)
    g_object_set_qdata (get_object (self), item_quark (), NULL);
  g_clear_object (&self->source);
  g_clear_object (&self->hit);
  g_clear_object (&self->stack);
  g_clear_object (&self->veil);
  g_clear_object (&self->node);
  G_OBJECT_CLASS (fr_wall_item_parent_class)->dispose (object);
}

static void
fr_wall_item_class_init (FrWallItemClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_wall_item_dispose;
  signals[CHANGED]
      = g_signal_new ("changed", FR_TYPE_WALL_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_wall_item_init (FrWallItem *self)
{
}

/**
 * fr_wall_item_get:
 * @node: whose pictures and people
 * @source: one of its gallery
 *
 * Returns: (transfer full): the same on a wall; the one that there is, if somebody holds it
 */
FrWallItem *
fr_wall_item_get (FrNode *node, FrGalleryItem *source)
{
  FrWallItem *self = g_object_get_qdata (G_OBJECT (source), item_quark ());

  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (FR_TYPE_WALL_ITEM, NULL);
  g_object_set_qdata (G_OBJECT (source), item_quark (), self);
  self->node = g_object_ref (node);
  self->source = g_object_ref (source);
  g_signal_connect_object (source, "notify::picture", G_CALLBACK (fr_wall_item_refresh), self, G_CONNECT_SWAPPED);
  return self;
}

static FrWallItem *
make_found (FrNode *node, FrVeil *veil, FrHit *hit)
{
  FrWallItem *self = g_object_new (FR_TYPE_WALL_ITEM, NULL);

  self->node = g_object_ref (node);
  set_hit (self, hit);
  g_set_object (&self->veil, veil);
  if (veil != NULL)
    g_signal_connect_object (veil, "changed", G_CALLBACK (fr_wall_item_refresh), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * fr_wall_item_get_found:
 * @node: who has found it
 * @veil: (nullable): says whether it is blurred; %NULL: it is not
 * @hit: what was found
 *
 * Returns: (transfer full): the same on a wall; the one that there is, if somebody holds it
 */
FrWallItem *
fr_wall_item_get_found (FrNode *node, FrVeil *veil, FrHit *hit)
{
  FrWallItem *self = g_object_get_qdata (G_OBJECT (hit), item_quark ());

  if (self != NULL)
    return g_object_ref (self);
  self = make_found (node, veil, hit);
  g_object_set_qdata (G_OBJECT (hit), item_quark (), self);
  return self;
}

/**
 * fr_wall_item_get_stacked:
 * @node: who has found them
 * @veil: (nullable): says whether the best is blurred; %NULL: it is not
 * @stack: what was found and is nearly the same
 *
 * Returns: (transfer full): the best of it on a wall, which may be another one later; the one that there is, if somebody
 *   holds it
 */
FrWallItem *
fr_wall_item_get_stacked (FrNode *node, FrVeil *veil, FrStack *stack)
{
  FrWallItem *self = g_object_get_qdata (G_OBJECT (stack), item_quark ());

  if (self != NULL)
    return g_object_ref (self);
  self = make_found (node, veil, fr_stack_get_top (stack));
  self->stack = g_object_ref (stack);
  g_object_set_qdata (G_OBJECT (stack), item_quark (), self);
  g_signal_connect_object (stack, "items-changed", G_CALLBACK (stack_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

FrGalleryItem *
fr_wall_item_get_source (FrWallItem *self)
{
  return self->source;
}

FrHit *
fr_wall_item_get_hit (FrWallItem *self)
{
  return self->hit;
}

FrStack *
fr_wall_item_get_stack (FrWallItem *self)
{
  return self->stack;
}

FrNode *
fr_wall_item_get_node (FrWallItem *self)
{
  return self->node;
}

const FrContentId *
fr_wall_item_get_id (FrWallItem *self)
{
  return self->source != NULL ? fr_gallery_item_get_id (self->source) : fr_hit_get_id (self->hit);
}

const char *
fr_wall_item_get_words (FrWallItem *self)
{
  const FrPicture *picture;

  if (self->source == NULL)
    return fr_hit_get_title (self->hit);
  picture = fr_gallery_item_get_picture (self->source);
  return *picture->description != '\0' ? picture->description : picture->title;
}

/* Others say a day of the calendar, whatever the hour is here. */
static gint64
get_shared_us (FrHit *hit)
{
  guint day = fr_hit_get_shared_day (hit);
  g_autoptr (GDateTime) utc = day > 0 ? g_date_time_new_from_unix_utc ((gint64) day * 24 * 60 * 60) : NULL;
  g_autoptr (GDateTime) noon = NULL;

  if (utc != NULL)
    noon = g_date_time_new_local (g_date_time_get_year (utc), g_date_time_get_month (utc),
                                  g_date_time_get_day_of_month (utc), 12, 0, 0);
  return noon != NULL ? g_date_time_to_unix (noon) * G_USEC_PER_SEC : 0;
}

gint64
fr_wall_item_get_time_us (FrWallItem *self)
{
  if (self->source != NULL)
    return fr_gallery_item_get_picture (self->source)->added_us;
  return get_shared_us (self->hit);
}

gboolean
fr_wall_item_has_picture (FrWallItem *self)
{
  return self->source != NULL || fr_hit_get_mine (self->hit) || fr_hit_get_preview (self->hit) != NULL;
}

/**
 * fr_wall_item_get_preview:
 * @self: a picture on a wall
 *
 * Returns: (transfer none) (nullable): what others have sent, to be decoded; %NULL: the own gallery has a thumbnail, which
 *   is better
 */
GBytes *
fr_wall_item_get_preview (FrWallItem *self)
{
  return self->source != NULL || fr_hit_get_mine (self->hit) ? NULL : fr_hit_get_preview (self->hit);
}

const FrWallFacts *
fr_wall_item_get_facts (FrWallItem *self)
{
  if (!self->has_facts)
    find_facts (self);
  return &self->facts;
}

/**
 * fr_wall_item_refresh:
 * @self: a picture on a wall
 *
 * What stands on it may be something else by now: people have other names, or another audience is the usual.
 */
void
fr_wall_item_refresh (FrWallItem *self)
{
  clear_facts (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What was found and has come, but is not kept. */
static FrFetch *
find_come (FrWallItem *self)
{
  GListModel *fetches = fr_node_get_fetches (self->node);
  guint n = g_list_model_get_n_items (fetches);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FrFetch) fetch = g_list_model_get_item (fetches, i);

      if (fr_fetch_get_state (fetch) == FR_FETCH_DONE
          && fr_content_id_equal (fr_fetch_get_id (fetch), fr_wall_item_get_id (self)))
        return g_steal_pointer (&fetch);
    }
  return NULL;
}

/**
 * fr_wall_item_list_whole:
 * @items: (element-type FrWallItem): pictures on a wall
 *
 * Returns: (transfer full) (element-type GObject): those of them that are here, in their order: #FrGalleryItem, or
 *   #FrFetch that is done
 */
GPtrArray *
fr_wall_item_list_whole (GPtrArray *items)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      FrGalleryItem *own = find_own (items->pdata[i]);
      FrFetch *fetch = own == NULL ? find_come (items->pdata[i]) : NULL;

      if (own != NULL)
        g_ptr_array_add (pictures, g_object_ref (own));
      else if (fetch != NULL)
        g_ptr_array_add (pictures, fetch);
    }
  return pictures;
}
