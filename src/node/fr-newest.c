/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-newest-private.h"

#include "fr-hit-private.h"

enum
{
  PROP_0,
  PROP_N_ASKING,
  PROP_N_SILENT,
  PROP_N_FRESH,
  PROP_UNREADABLE,
  N_PROPS
};

enum
{
  STATE_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
fr_newest_get_item_type (GListModel *model)
{
  return FR_TYPE_HIT;
}

static guint
fr_newest_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (FR_NEWEST (model)->hits));
}

static gpointer
fr_newest_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (FR_NEWEST (model)->hits), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_newest_get_item_type;
  iface->get_n_items = fr_newest_get_n_items;
  iface->get_item = fr_newest_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FrNewest, fr_newest, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
set_count (FrNewest *self, guint *count, guint n, guint property)
{
  if (*count == n)
    return;
  *count = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static guint
count_people (FrNewest *self, FrNewestState state)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += ((FrNewestPerson *) value)->state == state;
  return n;
}

static void
update_counts (FrNewest *self)
{
  set_count (self, &self->n_asking, count_people (self, FR_NEWEST_ASKING), PROP_N_ASKING);
  set_count (self, &self->n_silent, count_people (self, FR_NEWEST_SILENT), PROP_N_SILENT);
}

static void
set_state (FrNewestPerson *person, FrNewestState state)
{
  if (person->state == state)
    return;
  person->state = state;
  update_counts (person->newest);
  g_signal_emit (person->newest, signals[STATE_CHANGED], 0, person->person);
}

/* For its files. */
void
fr_newest_count_fresh (FrNewest *self, int change)
{
  set_count (self, &self->n_fresh, (guint) ((int) self->n_fresh + change), PROP_N_FRESH);
}

void
fr_newest_set_unreadable (FrNewest *self)
{
  if (self->unreadable)
    return;
  self->unreadable = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREADABLE]);
}

void
fr_newest_forget_fresh (FrNewest *self, const FrContentId *id)
{
  FrHit *hit = g_hash_table_lookup (self->by_id, id);

  if (hit == NULL || !fr_hit_get_fresh (hit))
    return;
  fr_hit_set_fresh (hit, FALSE);
  fr_newest_count_fresh (self, -1);
}

FrNewestPerson *
fr_newest_find_key (FrNewest *self, const FrPeerKey *key)
{
  FrPerson *person = fr_people_find_key (self->people, key);

  return person != NULL ? g_hash_table_lookup (self->persons, person) : NULL;
}

/* Questions */

static void
stop_waiting (FrNewestPerson *person)
{
  if (person->timer != NULL)
    g_source_destroy (person->timer);
  g_clear_pointer (&person->timer, g_source_unref);
}

static void
end_question (FrNewestPerson *person)
{
  FrNewest *self = person->newest;

  stop_waiting (person);
  if (person->number == 0)
    return;
  g_hash_table_remove (self->numbers, GUINT_TO_POINTER (person->number));
  fr_network_end_search (self->network, person->number);
  person->number = 0;
}

static gboolean
late_cb (gpointer data)
{
  FrNewestPerson *person = data;

  stop_waiting (person);
  set_state (person, person->heard ? FR_NEWEST_ANSWERED : FR_NEWEST_SILENT);
  return G_SOURCE_REMOVE;
}

static void
ask (FrNewestPerson *person)
{
  FrNewest *self = person->newest;

  end_question (person);
  g_hash_table_remove_all (person->listed);
  person->n_listed = 0;
  person->heard = FALSE;
  person->number = fr_network_ask_newest (self->network, &person->key);
  g_hash_table_insert (self->numbers, GUINT_TO_POINTER (person->number), person);
  person->timer = g_timeout_source_new (self->patience_ms);
  g_source_set_callback (person->timer, late_cb, person, NULL);
  g_source_attach (person->timer, g_main_context_get_thread_default ());
  set_state (person, FR_NEWEST_ASKING);
}

static void
take_hits (FrNewestPerson *person, const FrHits *hits)
{
  FrHolder holder = fr_hit_make_holder (hits);
  g_autoptr (GArray) older = NULL, gone = NULL;

  if (!fr_peer_key_equal (&holder.key, &person->key))
    return;
  person->heard = TRUE;
  for (guint i = 0; i < hits->items->len && person->n_listed < FR_NEWEST_MOST; i++, person->n_listed++)
    fr_newest_person_take (person, &g_array_index (hits->items, FrHitItem, i), &holder);
  older = fr_newest_person_withdraw (person, FR_NEWEST_MOST);
  fr_newest_person_save_soon (person);
  if (person->n_listed < MIN (hits->total, FR_NEWEST_MOST))
    return;
  gone = fr_newest_person_withdraw (person, 0);
  if (gone->len > 0 && hits->total <= FR_NEWEST_MOST) /* not only older than the newest */
    fr_store_forget_shown_async (person->newest->store, &person->key, (const FrContentId *) (gpointer) gone->data,
                                 gone->len, NULL, NULL, NULL);
  stop_waiting (person);
  set_state (person, FR_NEWEST_ANSWERED);
}

/* For FrNode: ASKED, HITS, HIDDEN and PREVIEW with the number of a question; others are nobody's. */
void
fr_newest_take_report (FrNewest *self, const FrNetworkReport *report)
{
  FrNewestPerson *person = g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (report->number));

  if (person == NULL)
    return;
  if (report->type == FR_REPORT_HITS)
    {
      take_hits (person, report->hits);
    }
  else if (report->type == FR_REPORT_PREVIEW)
    {
      fr_newest_person_take_preview (person, &report->hash, report->data);
      fr_newest_person_save_soon (person);
    }
}

/* People */

static FrNewestPerson *
find_root (FrNewest *self, FrNewestPerson *person)
{
  FrPerson *owner = fr_person_get_owner (person->person);
  FrNewestPerson *root = owner != NULL ? g_hash_table_lookup (self->persons, owner) : NULL;

  return root != NULL ? root : person;
}

/* Something about them has changed: whoever comes is asked, and whoever is not one's people any more is forgotten. */
static void
person_changed_cb (FrNewestPerson *person)
{
  FrNewest *self = person->newest;
  gboolean is_contact = fr_person_is_contact (person->person);
  gboolean here = is_contact && fr_person_get_state (person->person) == FR_PERSON_HERE;
  gboolean was_here = person->here;
  FrPeerKey key = { { 0 } };

  fr_person_get_key (person->person, &key);
  if (!fr_peer_key_equal (&key, &person->key))
    {
      fr_newest_person_withdraw_all (person);
      was_here = FALSE;
    }
  person->key = key;
  person->here = here;
  if (!is_contact)
    fr_newest_person_withdraw_all (person);
  fr_newest_person_set_root (person, find_root (self, person));
  if (here && !was_here && !self->stopped)
    ask (person);
  if (here)
    return;
  end_question (person);
  set_state (person, FR_NEWEST_NOT_ASKED);
}

static void
add_person (FrNewest *self, FrPerson *person)
{
  FrNewestPerson *added = fr_newest_person_new (self, person);

  g_hash_table_insert (self->persons, person, added);
  g_signal_connect_swapped (person, "notify", G_CALLBACK (person_changed_cb), added);
  fr_newest_person_load (added);
  person_changed_cb (added);
}

/* Those who are their other computers are by themselves from now on. */
static void
remove_person (FrNewest *self, FrNewestPerson *person)
{
  GHashTableIter iter;
  gpointer value;

  g_signal_handlers_disconnect_by_data (person->person, person);
  end_question (person);
  fr_newest_person_withdraw_all (person);
  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((FrNewestPerson *) value)->root == person)
      fr_newest_person_set_root (value, value);
  g_hash_table_remove (self->persons, person->person);
}

static void
remove_gone (FrNewest *self, GHashTable *present)
{
  g_autoptr (GList) known = g_hash_table_get_values (self->persons);

  for (GList *l = known; l != NULL; l = l->next)
    if (!g_hash_table_contains (present, ((FrNewestPerson *) l->data)->person))
      remove_person (self, l->data);
}

static void
people_changed_cb (FrNewest *self)
{
  g_autoptr (GHashTable) present = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  GListModel *model = G_LIST_MODEL (self->people);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      FrPerson *person = g_list_model_get_item (model, i);

      g_hash_table_add (present, person);
      if (!g_hash_table_contains (self->persons, person))
        add_person (self, person);
    }
  remove_gone (self, present);
  update_counts (self);
}

static void
fr_newest_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrNewest *self = FR_NEWEST (object);

  switch (id)
    {
    case PROP_N_ASKING:
      g_value_set_uint (value, self->n_asking);
      break;
    case PROP_N_SILENT:
      g_value_set_uint (value, self->n_silent);
      break;
    case PROP_N_FRESH:
      g_value_set_uint (value, self->n_fresh);
      break;
    case PROP_UNREADABLE:
      g_value_set_boolean (value, self->unreadable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_newest_dispose (GObject *object)
{
  FrNewest *self = FR_NEWEST (object);
  GHashTableIter iter;
  gpointer person, value;

  fr_newest_stop (self);
  if (self->people != NULL)
    g_signal_handlers_disconnect_by_data (self->people, self);
  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, &person, &value))
    g_signal_handlers_disconnect_by_data (person, value);
  g_hash_table_remove_all (self->persons);
  g_clear_object (&self->gallery);
  g_clear_object (&self->store);
  g_clear_object (&self->people);
  g_clear_object (&self->network);
  G_OBJECT_CLASS (fr_newest_parent_class)->dispose (object);
}

static void
fr_newest_finalize (GObject *object)
{
  FrNewest *self = FR_NEWEST (object);

  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->by_id);
  g_object_unref (self->hits);
  G_OBJECT_CLASS (fr_newest_parent_class)->finalize (object);
}

static void
fr_newest_class_init (FrNewestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_newest_get_property;
  object_class->dispose = fr_newest_dispose;
  object_class->finalize = fr_newest_finalize;
  properties[PROP_N_ASKING] = g_param_spec_uint ("n-asking", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_SILENT] = g_param_spec_uint ("n-silent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_FRESH] = g_param_spec_uint ("n-fresh", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_UNREADABLE] = g_param_spec_boolean ("unreadable", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", FR_TYPE_NEWEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, FR_TYPE_PERSON);
}

static void
fr_newest_init (FrNewest *self)
{
  self->hits = g_list_store_new (FR_TYPE_HIT);
  self->by_id = g_hash_table_new (fr_content_id_hash, fr_content_id_equal_func);
  self->persons = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) fr_newest_person_free);
  self->numbers = g_hash_table_new (NULL, NULL);
  self->patience_ms = FR_NEWEST_PATIENCE_MS;
  g_signal_connect_swapped (self->hits, "items-changed", G_CALLBACK (g_list_model_items_changed), self);
}

/* For FrNode: from now on whoever comes is asked. */
FrNewest *
fr_newest_new (FrNetwork *network, FrPeople *people, FrGallery *gallery, FrStore *store)
{
  FrNewest *self = g_object_new (FR_TYPE_NEWEST, NULL);

  self->network = g_object_ref (network);
  self->people = g_object_ref (people);
  self->gallery = g_object_ref (gallery);
  self->store = g_object_ref (store);
  g_signal_connect_swapped (people, "items-changed", G_CALLBACK (people_changed_cb), self);
  people_changed_cb (self);
  return self;
}

/* For FrNode, before the store is closed: nobody is asked any more. What there is stays. */
void
fr_newest_stop (FrNewest *self)
{
  GHashTableIter iter;
  gpointer value;

  self->stopped = TRUE;
  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      end_question (value);
      if (((FrNewestPerson *) value)->save_timer != NULL)
        fr_newest_person_save (value);
    }
}

void
fr_newest_set_patience (FrNewest *self, guint ms)
{
  self->patience_ms = ms;
}

guint
fr_newest_get_n_asking (FrNewest *self)
{
  return self->n_asking;
}

guint
fr_newest_get_n_silent (FrNewest *self)
{
  return self->n_silent;
}

guint
fr_newest_get_n_fresh (FrNewest *self)
{
  return self->n_fresh;
}

/**
 * fr_newest_get_unreadable:
 * @self: the newest
 *
 * Returns: whether what somebody has shown earlier could not be read; it comes again when they are here
 */
gboolean
fr_newest_get_unreadable (FrNewest *self)
{
  return self->unreadable;
}

/**
 * fr_newest_get_state:
 * @self: the newest
 * @person: somebody, at one of their computers
 *
 * Returns: whether they have been asked, and have answered
 */
FrNewestState
fr_newest_get_state (FrNewest *self, FrPerson *person)
{
  const FrNewestPerson *known = g_hash_table_lookup (self->persons, person);

  return known != NULL ? known->state : FR_NEWEST_NOT_ASKED;
}

/**
 * fr_newest_list_people:
 * @self: the newest
 * @state: how far they are
 *
 * Returns: (transfer full) (element-type FrPerson): those with whom it stands like that, in the order of the people
 */
GPtrArray *
fr_newest_list_people (FrNewest *self, FrNewestState state)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (self->people);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FrPerson) person = g_list_model_get_item (model, i);

      if (fr_newest_get_state (self, person) == state)
        g_ptr_array_add (people, g_steal_pointer (&person));
    }
  return people;
}

/**
 * fr_newest_ask:
 * @self: the newest
 * @person: (nullable): somebody; %NULL: everybody who is here
 *
 * Asks again for what they share. Whoever is being asked is not asked twice; whoever is not here, or was not added, is not
 * asked at all.
 */
void
fr_newest_ask (FrNewest *self, FrPerson *person)
{
  GListModel *model = G_LIST_MODEL (self->people);

  for (guint i = 0; !self->stopped && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FrPerson) one = g_list_model_get_item (model, i);
      FrNewestPerson *known = g_hash_table_lookup (self->persons, one);

      if (known != NULL && known->here && known->state != FR_NEWEST_ASKING
          && (person == NULL || person == one || person == known->root->person))
        ask (known);
    }
}

/**
 * fr_newest_of:
 * @self: the newest
 * @person: somebody in the list of people
 *
 * Returns: (transfer full): a model of #FrHit: what they share, at all of their computers, those shared last first
 */
GListModel *
fr_newest_of (FrNewest *self, FrPerson *person)
{
  const FrNewestPerson *known = g_hash_table_lookup (self->persons, person);

  return G_LIST_MODEL (known != NULL ? g_object_ref (known->all) : g_list_store_new (FR_TYPE_HIT));
}

/**
 * fr_newest_mark_seen:
 * @self: the newest
 * @id: a picture
 *
 * Notes that the person here has looked at it.
 */
void
fr_newest_mark_seen (FrNewest *self, const FrContentId *id)
{
  FrHit *hit = g_hash_table_lookup (self->by_id, id);

  if (hit == NULL || !fr_hit_get_fresh (hit))
    return;
  fr_newest_forget_fresh (self, id);
  fr_store_mark_shown_seen_async (self->store, id, NULL, NULL, NULL);
}
