/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-wishes-private.h"

#include <string.h>

#include "fr-clock.h"
#include "fr-node-error.h"

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS
};

enum
{
  FOUND,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
fr_wishes_get_item_type (GListModel *model)
{
  return FR_TYPE_WISH;
}

static guint
fr_wishes_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (FR_WISHES (model)->wishes));
}

static gpointer
fr_wishes_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (FR_WISHES (model)->wishes), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_wishes_get_item_type;
  iface->get_n_items = fr_wishes_get_n_items;
  iface->get_item = fr_wishes_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FrWishes, fr_wishes, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static FrWish *
find_key (FrWishes *self, const char *key)
{
  for (guint i = 0; i < fr_wishes_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (FrWish) wish = fr_wishes_get_item (G_LIST_MODEL (self), i);

      if (g_str_equal (wish->key, key))
        return wish; /* the list holds it */
    }
  return NULL;
}

/* One of the own pictures needs no wish, and whoever wishes while looking at those means all others. */
static FrSearchTerms *
make_terms (const FrSearchTerms *terms)
{
  FrSearchTerms *copy = fr_search_terms_copy (terms);

  g_strstrip (copy->words);
  if (copy->scope == FR_SCOPE_MINE)
    copy->scope = FR_SCOPE_EVERYONE;
  return copy;
}

/* A clock that was set back does not make it wait for ever. */
static void
place (FrWishes *self, FrWish *wish)
{
  gint64 age_us = MAX (g_get_real_time () - wish->asked_us, 0);

  wish->due_us = fr_clock_now_us ();
  if (wish->asked_us == 0)
    return;
  wish->turn_us = wish->due_us - age_us;
  wish->due_us = MAX (wish->due_us, wish->turn_us + self->pace.least * G_GINT64_CONSTANT (1000));
}

static void
add_record (FrWishes *self, const FrWishRecord *record)
{
  g_autoptr (FrSearchTerms) terms = fr_search_terms_from_string (record->terms);
  g_autoptr (FrWish) wish = NULL;

  if (terms == NULL || find_key (self, record->terms) != NULL)
    return;
  wish = fr_wish_new (self, terms, record->terms);
  fr_wish_take_record (wish, record);
  place (self, wish);
  g_list_store_append (self->wishes, wish);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrWishes) self = data;
  g_autoptr (GPtrArray) records = fr_store_list_wishes_finish (FR_STORE (source), result, NULL);

  for (guint i = 0; records != NULL && !self->stopped && i < records->len; i++)
    add_record (self, records->pdata[i]);
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  fr_wishes_plan (self);
}

static void
fr_wishes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADED)
    g_value_set_boolean (value, FR_WISHES (object)->loaded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
fr_wishes_dispose (GObject *object)
{
  FrWishes *self = FR_WISHES (object);

  fr_wishes_stop (self);
  g_clear_object (&self->people);
  g_clear_object (&self->gallery);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (fr_wishes_parent_class)->dispose (object);
}

static void
fr_wishes_finalize (GObject *object)
{
  g_object_unref (FR_WISHES (object)->wishes);
  G_OBJECT_CLASS (fr_wishes_parent_class)->finalize (object);
}

static void
fr_wishes_class_init (FrWishesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_wishes_get_property;
  object_class->dispose = fr_wishes_dispose;
  object_class->finalize = fr_wishes_finalize;
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FOUND] = g_signal_new ("found", FR_TYPE_WISHES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 FR_TYPE_WISH, G_TYPE_UINT);
}

static void
fr_wishes_init (FrWishes *self)
{
  self->wishes = g_list_store_new (FR_TYPE_WISH);
  self->pace = FR_WISH_PACE_USUAL;
  g_signal_connect_swapped (self->wishes, "items-changed", G_CALLBACK (g_list_model_items_changed), self);
}

/* For FrNode: from now on they are asked, by `ask`. */
FrWishes *
fr_wishes_new (FrPeople *people, FrGallery *gallery, FrStore *store, FrWishesAsk ask, FrWishesCanAsk can_ask,
               gpointer asker)
{
  FrWishes *self = g_object_new (FR_TYPE_WISHES, NULL);

  self->people = g_object_ref (people);
  self->gallery = g_object_ref (gallery);
  self->store = g_object_ref (store);
  self->ask = ask;
  self->can_ask = can_ask;
  self->asker = asker;
  fr_wishes_init_turns (self);
  fr_store_list_wishes_async (store, NULL, loaded_cb, g_object_ref (self));
  return self;
}

/* For FrNode, before the store is closed: nobody is asked any more. */
void
fr_wishes_stop (FrWishes *self)
{
  self->stopped = TRUE;
  fr_wishes_end_turn (self);
  for (guint i = 0; i < fr_wishes_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (FrWish) wish = fr_wishes_get_item (G_LIST_MODEL (self), i);

      fr_wish_end (wish);
    }
}

void
fr_wishes_set_pace (FrWishes *self, const FrWishPace *pace)
{
  self->pace = *pace;
  for (guint i = 0; i < fr_wishes_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (FrWish) wish = fr_wishes_get_item (G_LIST_MODEL (self), i);

      place (self, wish);
    }
  fr_wishes_plan (self);
}

/**
 * fr_wishes_add:
 * @self: wishes
 * @terms: what is looked for, and of whom
 * @error: return location for %FR_NODE_ERROR_SEARCH or %FR_NODE_ERROR_TOO_MANY_WISHES
 *
 * Keeps a search, to be asked again by itself. Whoever looks at what it finds says so with fr_wish_watch(). What is there
 * already is not made twice.
 *
 * Returns: (transfer none) (nullable): the wish
 */
FrWish *
fr_wishes_add (FrWishes *self, const FrSearchTerms *terms, GError **error)
{
  g_autoptr (FrSearchTerms) wanted = make_terms (terms), read = NULL;
  g_autofree char *key = fr_search_terms_to_string (wanted);
  g_autoptr (FrWish) wish = NULL;
  FrWish *known = find_key (self, key);

  if (known != NULL)
    return known;
  read = strlen (key) <= FR_WISHES_MAX_TERMS ? fr_search_terms_from_string (key) : NULL;
  if (read == NULL || fr_wishes_get_n_items (G_LIST_MODEL (self)) >= FR_WISHES_MAX)
    {
      FrNodeError code = read == NULL ? FR_NODE_ERROR_SEARCH : FR_NODE_ERROR_TOO_MANY_WISHES;

      g_propagate_error (error, fr_node_error_new (code, NULL));
      return NULL;
    }
  wish = fr_wish_new (self, wanted, key);
  place (self, wish);
  fr_store_put_wish_async (self->store, key, 0, NULL, NULL, NULL);
  g_list_store_insert (self->wishes, 0, wish);
  fr_wishes_plan (self);
  return wish; /* the list holds it */
}

/**
 * fr_wishes_remove:
 * @self: wishes
 * @wish: one of them
 *
 * Forgets it; nobody is asked for it any more. What it has told of is told of by no other wish, nor by the same one when it
 * is wished for again.
 */
void
fr_wishes_remove (FrWishes *self, FrWish *wish)
{
  guint position;

  if (!g_list_store_find (self->wishes, wish, &position))
    return;
  if (self->asking == wish)
    fr_wishes_end_turn (self);
  fr_store_forget_wish_async (self->store, wish->key, NULL, NULL, NULL);
  fr_wish_end (wish);
  g_list_store_remove (self->wishes, position);
  fr_wishes_plan (self);
}

/**
 * fr_wishes_restore:
 * @self: wishes
 * @wish: one that was removed
 *
 * Takes it back, with what it had found, unless the same has been wished for since, or there are too many.
 */
void
fr_wishes_restore (FrWishes *self, FrWish *wish)
{
  if (self->stopped || find_key (self, wish->key) != NULL
      || fr_wishes_get_n_items (G_LIST_MODEL (self)) >= FR_WISHES_MAX)
    return;
  wish->wishes = self;
  fr_store_put_wish_async (self->store, wish->key, wish->asked_us, NULL, NULL, NULL);
  g_list_store_insert (self->wishes, 0, wish);
  fr_wishes_plan (self);
}

/**
 * fr_wishes_find:
 * @self: wishes
 * @terms: what is looked for
 *
 * Returns: (transfer none) (nullable): the wish for just that
 */
FrWish *
fr_wishes_find (FrWishes *self, const FrSearchTerms *terms)
{
  g_autoptr (FrSearchTerms) wanted = make_terms (terms);
  g_autofree char *key = fr_search_terms_to_string (wanted);

  return find_key (self, key);
}

/**
 * fr_wishes_get_loaded:
 * @self: wishes
 *
 * Returns: whether those from the last time are in the list by now
 */
gboolean
fr_wishes_get_loaded (FrWishes *self)
{
  return self->loaded;
}
