/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-private.h"

#include "fr-contact-tags.h"
#include "fr-hit-private.h"

#define LISTEN_SECONDS 60  /* routes back live that long */
#define MAX_HITS 5000      /* whatever strangers send */

struct _FrSearch
{
  GObject parent_instance;

  /* owned */
  FrSearchTerms *terms;
  FrNetwork *network;
  FrGallery *gallery;
  GPtrArray *hits;     /* of FrHit */
  GHashTable *by_id;   /* FrContentId -> FrHit, both owned by the hits */
  GHashTable *holders; /* set of FrPeerKey */
  GError *error;
  GCancellable *cancellable;
  GSource *timer;

  /* state */
  guint number; /* at the network; 0: not asked */
  guint n_asked;
  guint n_hidden;
  guint n_own; /* hits of the own gallery, which stand first */
  gint64 started_us;
  gboolean listening;
  gboolean looked_here;
  gboolean has_xray;
  FrQueryXray xray;
};

enum
{
  PROP_0,
  PROP_N_HOLDERS,
  PROP_N_HIDDEN,
  PROP_LISTENING,
  PROP_LOOKED_HERE,
  PROP_ERROR_MESSAGE,
  N_PROPS
};

enum
{
  HIT,
  PREVIEW,
  XRAY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
fr_search_get_item_type (GListModel *model)
{
  return FR_TYPE_HIT;
}

static guint
fr_search_get_n_items (GListModel *model)
{
  return FR_SEARCH (model)->hits->len;
}

static gpointer
fr_search_get_item (GListModel *model, guint position)
{
  FrSearch *self = FR_SEARCH (model);

  return position < self->hits->len ? g_object_ref (g_ptr_array_index (self->hits, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fr_search_get_item_type;
  iface->get_n_items = fr_search_get_n_items;
  iface->get_item = fr_search_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FrSearch, fr_search, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static FrHit *
insert_hit (FrSearch *self, guint position, const FrHitItem *item, gint64 delay_us)
{
  FrHit *hit = fr_hit_new (item, delay_us);

  g_ptr_array_insert (self->hits, (int) position, hit);
  g_hash_table_insert (self->by_id, (gpointer) fr_hit_get_id (hit), hit);
  return hit;
}

/* The own gallery */

static void
own_preview_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrHit) hit = data;
  g_autoptr (GBytes) thumbnail = fr_gallery_get_thumbnail_finish (FR_GALLERY (source), result, NULL);

  if (thumbnail != NULL && fr_hit_get_preview (hit) == NULL)
    fr_hit_set_preview (hit, thumbnail, 0);
}

static void
add_own (FrSearch *self, const FrPicture *picture)
{
  FrHitItem item = { .id = picture->id,
                     .title = picture->title,
                     .type = picture->type,
                     .size = picture->size,
                     .width = picture->width,
                     .height = picture->height,
                     .day = (guint) CLAMP ((picture->shared_us != 0 ? picture->shared_us : picture->added_us) / FR_DAY_US,
                                           0, G_MAXUINT32) };
  FrHit *hit = g_hash_table_lookup (self->by_id, &picture->id);

  if (hit == NULL)
    {
      guint position = self->n_own++;

      hit = insert_hit (self, position, &item, g_get_monotonic_time () - self->started_us);
      fr_hit_set_mine (hit, TRUE);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
    }
  fr_hit_set_mine (hit, TRUE);
  if (picture->has_thumbnail)
    fr_gallery_get_thumbnail_async (self->gallery, &picture->id, self->cancellable, own_preview_cb,
                                    g_object_ref (hit));
}

static void
own_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FrSearch) self = data;
  g_autoptr (GPtrArray) pictures = fr_gallery_search_finish (FR_GALLERY (source), result, NULL);

  for (guint i = 0; pictures != NULL && i < pictures->len && self->listening; i++)
    add_own (self, g_ptr_array_index (pictures, i));
  self->looked_here = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOKED_HERE]);
}

/* For the wishes: what was found by an earlier search stands here too, whether or not those who have it answer again. */
void
fr_search_add_known (FrSearch *self, FrHit *hit)
{
  if (self->hits->len >= MAX_HITS || g_hash_table_contains (self->by_id, fr_hit_get_id (hit)))
    return;
  g_ptr_array_add (self->hits, g_object_ref (hit));
  g_hash_table_insert (self->by_id, (gpointer) fr_hit_get_id (hit), hit);
  g_list_model_items_changed (G_LIST_MODEL (self), self->hits->len - 1, 0, 1);
}

/* What the network says */

static void
take_hits (FrSearch *self, const FrNetworkReport *report)
{
  const FrHits *hits = report->hits;
  FrHolder holder = fr_hit_make_holder (hits);

  for (guint i = 0; i < hits->items->len && self->hits->len < MAX_HITS; i++)
    {
      const FrHitItem *item = &g_array_index (hits->items, FrHitItem, i);
      FrHit *hit = g_hash_table_lookup (self->by_id, &item->id);
      gboolean is_new = hit == NULL;

      holder.size = item->size;
      if (is_new)
        hit = insert_hit (self, self->hits->len, item, report->at_us - self->started_us);
      if (!fr_hit_add_holder (hit, &holder) && !is_new)
        continue;
      if (is_new)
        g_list_model_items_changed (G_LIST_MODEL (self), self->hits->len - 1, 0, 1);
      for (guint h = 0; h < fr_hit_get_n_holders (hit); h++)
        if (fr_peer_key_equal (&fr_hit_get_holder (hit, h)->key, &holder.key))
          g_signal_emit (self, signals[HIT], 0, hit, h);
    }
  if (g_hash_table_add (self->holders, g_memdup2 (&holder.key, sizeof holder.key)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HOLDERS]);
}

static void
take_preview (FrSearch *self, const FrNetworkReport *report)
{
  for (guint i = self->hits->len; i > 0; i--)
    {
      FrHit *hit = g_ptr_array_index (self->hits, i - 1);

      if (!fr_hit_wants_preview (hit, &report->hash))
        continue;
      fr_hit_set_preview (hit, report->data, report->at_us - self->started_us);
      g_signal_emit (self, signals[PREVIEW], 0, hit);
    }
}

static void
take_asked (FrSearch *self, guint n_links)
{
  self->n_asked = n_links;
  g_signal_emit (self, signals[XRAY], 0);
}

static void
take_xray (FrSearch *self, const FrQueryXray *xray)
{
  self->has_xray = TRUE;
  self->xray = *xray;
  g_signal_emit (self, signals[XRAY], 0);
}

static void
take_hidden (FrSearch *self, guint n)
{
  self->n_hidden += n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HIDDEN]);
}

/* For FrNode: ASKED, HITS, HIDDEN, PREVIEW and XRAY with this search's number. */
void
fr_search_take_report (FrSearch *self, FrNetworkReport *report)
{
  g_autoptr (FrSearch) keep = g_object_ref (self);

  if (!self->listening)
    return;
  if (report->type == FR_REPORT_HITS)
    take_hits (self, report);
  else if (report->type == FR_REPORT_HIDDEN)
    take_hidden (self, report->count);
  else if (report->type == FR_REPORT_PREVIEW)
    take_preview (self, report);
  else if (report->type == FR_REPORT_XRAY)
    take_xray (self, &report->xray);
  else if (report->type == FR_REPORT_ASKED)
    take_asked (self, report->count);
}

static gboolean
timer_cb (gpointer data)
{
  fr_search_stop (data);
  return G_SOURCE_REMOVE;
}

static void
fr_search_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FrSearch *self = FR_SEARCH (object);

  switch (id)
    {
    case PROP_N_HOLDERS:
      g_value_set_uint (value, fr_search_get_n_holders (self));
      break;
    case PROP_N_HIDDEN:
      g_value_set_uint (value, self->n_hidden);
      break;
    case PROP_LISTENING:
      g_value_set_boolean (value, self->listening);
      break;
    case PROP_LOOKED_HERE:
      g_value_set_boolean (value, self->looked_here);
      break;
    case PROP_ERROR_MESSAGE:
      g_value_set_string (value, self->error != NULL ? self->error->message : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fr_search_dispose (GObject *object)
{
  FrSearch *self = FR_SEARCH (object);

  fr_search_stop (self);
  g_clear_object (&self->gallery);
  g_clear_object (&self->network);
  G_OBJECT_CLASS (fr_search_parent_class)->dispose (object);
}

static void
fr_search_finalize (GObject *object)
{
  FrSearch *self = FR_SEARCH (object);

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->holders);
  g_ptr_array_unref (self->hits);
  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->terms, fr_search_terms_free);
  G_OBJECT_CLASS (fr_search_parent_class)->finalize (object);
}

static void
fr_search_class_init (FrSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fr_search_get_property;
  object_class->dispose = fr_search_dispose;
  object_class->finalize = fr_search_finalize;
  properties[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_HOLDERS] = g_param_spec_uint ("n-holders", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LISTENING] = g_param_spec_boolean ("listening", NULL, NULL, FALSE, flags);
  properties[PROP_LOOKED_HERE] = g_param_spec_boolean ("looked-here", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR_MESSAGE] = g_param_spec_string ("error-message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[HIT] = g_signal_new ("hit", FR_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               FR_TYPE_HIT, G_TYPE_UINT);
  signals[PREVIEW] = g_signal_new ("preview", FR_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   FR_TYPE_HIT);
  signals[XRAY] = g_signal_new ("xray", FR_TYPE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_search_init (FrSearch *self)
{
  self->hits = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (fr_content_id_hash, fr_content_id_equal_func);
  self->holders = g_hash_table_new_full (fr_peer_key_hash, fr_peer_key_equal_func, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

/* Own pictures are found beside those of others, but not where one person alone is asked. */
static gboolean
looks_here (FrSearchScope scope)
{
  return scope != FR_SCOPE_PERSON;
}

static guint
ask_others (FrSearch *self, GBytes *people)
{
  switch (self->terms->scope)
    {
    case FR_SCOPE_PEOPLE:
    case FR_SCOPE_PERSON:
      return fr_network_search_near (self->network, self->terms->words, people);
    case FR_SCOPE_MINE:
      return 0;
    case FR_SCOPE_EVERYONE:
    default:
      return fr_network_search (self->network, self->terms->words);
    }
}

/* For FrNode: starts a search; `people`: whom to ask, a key each, where only some are; `error`: why other people cannot
 * be asked. */
FrSearch *
fr_search_new (FrNetwork *network, FrGallery *gallery, const FrSearchTerms *terms, GBytes *people, const GError *error)
{
  FrSearch *self = g_object_new (FR_TYPE_SEARCH, NULL);

  self->network = g_object_ref (network);
  self->gallery = g_object_ref (gallery);
  self->terms = fr_search_terms_copy (terms);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->started_us = g_get_monotonic_time ();
  self->listening = TRUE;
  if (error == NULL)
    self->number = ask_others (self, people);
  if (looks_here (terms->scope))
    fr_gallery_search_async (gallery, terms->words, self->cancellable, own_found_cb, g_object_ref (self));
  self->timer = g_timeout_source_new_seconds (LISTEN_SECONDS);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

guint
fr_search_get_number (FrSearch *self)
{
  return self->number;
}

/**
 * fr_search_get_words:
 * @self: a search
 *
 * Returns: what was asked for
 */
const char *
fr_search_get_words (FrSearch *self)
{
  return self->terms->words;
}

/**
 * fr_search_get_terms:
 * @self: a search
 *
 * Returns: (transfer none): what is looked for, and of whom. Nothing is left out that does not pass them
 */
const FrSearchTerms *
fr_search_get_terms (FrSearch *self)
{
  return self->terms;
}

/**
 * fr_search_get_n_holders:
 * @self: a search
 *
 * Returns: how many people have answered
 */
guint
fr_search_get_n_holders (FrSearch *self)
{
  return g_hash_table_size (self->holders);
}

/**
 * fr_search_get_n_hidden:
 * @self: a search
 *
 * Returns: how many pictures are not shown, as those who have them are blocked
 */
guint
fr_search_get_n_hidden (FrSearch *self)
{
  return self->n_hidden;
}

/**
 * fr_search_get_n_asked:
 * @self: a search
 *
 * Returns: how many neighbours it was sent to; they pass it on
 */
guint
fr_search_get_n_asked (FrSearch *self)
{
  return self->n_asked;
}

gboolean
fr_search_get_listening (FrSearch *self)
{
  return self->listening;
}

/**
 * fr_search_get_looked_here:
 * @self: a search
 *
 * Returns: whether all that was found in the own gallery is there by now
 */
gboolean
fr_search_get_looked_here (FrSearch *self)
{
  return self->looked_here;
}

/**
 * fr_search_get_error:
 * @self: a search
 *
 * Returns: (nullable): why only the own gallery was looked in
 */
const GError *
fr_search_get_error (FrSearch *self)
{
  return self->error;
}

/**
 * fr_search_get_started_us:
 * @self: a search
 *
 * Returns: when it was asked, by g_get_monotonic_time()
 */
gint64
fr_search_get_started_us (FrSearch *self)
{
  return self->started_us;
}

/**
 * fr_search_get_xray:
 * @self: a search
 * @out_xray: (out caller-allocates): what has become of it, step by step; untouched when nothing is known
 *
 * Returns: whether anything is known yet
 */
gboolean
fr_search_get_xray (FrSearch *self, FrQueryXray *out_xray)
{
  if (!self->has_xray)
    return FALSE;
  *out_xray = self->xray;
  return TRUE;
}

/**
 * fr_search_look_further:
 * @self: a search
 *
 * Asks people further away too.
 *
 * Returns: %FALSE if it has gone as far as it can
 */
gboolean
fr_search_look_further (FrSearch *self)
{
  if (!self->listening || !self->has_xray || !self->xray.can_widen)
    return FALSE;
  fr_network_search_further (self->network, self->number);
  return TRUE;
}

/**
 * fr_search_stop:
 * @self: a search
 *
 * Wants no more answers. What has been found stays.
 */
void
fr_search_stop (FrSearch *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (!self->listening)
    return;
  self->listening = FALSE;
  g_cancellable_cancel (self->cancellable);
  if (self->number != 0)
    fr_network_end_search (self->network, self->number);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LISTENING]);
}
