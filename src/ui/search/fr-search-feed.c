/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fr-search-feed.h"

/* Small forms that are decoded at once for what they look like: the loader has others to do, which are seen. */
#define DECODED_AT_ONCE 4

enum
{
  NOT_KNOWN, /* blurred on the wall */
  KNOWN,     /* from one's people */
  OWN,
};

struct _FrSearchFeed
{
  GObject parent_instance;

  /* owned */
  FrSearch *search;
  FrTextureLoader *loader;
  FrVeil *veil;
  FrSteadyList *list;
  GQueue undecoded; /* of FrHit */
  GCancellable *cancellable;

  /* state */
  guint n_decoding;
};

enum
{
  WAITING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FrSearchFeed, fr_search_feed, G_TYPE_OBJECT)

static guint
get_trust (FrHit *hit, gpointer data)
{
  FrSearchFeed *self = data;

  if (fr_hit_get_mine (hit))
    return OWN;
  return fr_veil_covers (self->veil, hit) ? NOT_KNOWN : KNOWN;
}

static void
set_ready (FrSearchFeed *self, FrHit *hit, GdkTexture *texture)
{
  FrImageLikeness likeness;
  gboolean is_told = texture != NULL && fr_texture_find_likeness (texture, &likeness);

  fr_steady_list_set_ready (self->list, hit, is_told ? &likeness : NULL);
  g_signal_emit (self, signals[WAITING], 0);
}

/* Small forms, in the order of coming; what has entered without one is not decoded for that any more. Of one's own the
 * gallery has a better one, which the wall shows, too. */

typedef struct
{
  FrSearchFeed *feed;
  FrHit *hit;
} Decoding;

static void decode_next (FrSearchFeed *self);

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Decoding *decoding = data;
  g_autoptr (FrSearchFeed) self = decoding->feed;
  g_autoptr (FrHit) hit = decoding->hit;
  g_autoptr (GdkTexture) texture = fr_texture_loader_load_finish (FR_TEXTURE_LOADER (source), result, NULL);

  g_free (decoding);
  self->n_decoding--;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_ready (self, hit, texture);
  decode_next (self);
}

static void
decode (FrSearchFeed *self, FrHit *hit)
{
  GBytes *preview = fr_hit_get_mine (hit) ? NULL : fr_hit_get_preview (hit);
  GdkTexture *remembered = fr_texture_loader_recall (self->loader, fr_hit_get_id (hit), preview != NULL);
  Decoding *decoding;

  if (remembered != NULL)
    {
      set_ready (self, hit, remembered);
      return;
    }
  decoding = g_new (Decoding, 1);
  *decoding = (Decoding){ g_object_ref (self), g_object_ref (hit) };
  self->n_decoding++;
  fr_texture_loader_load_async (self->loader, fr_hit_get_id (hit), preview, self->cancellable, decoded_cb, decoding);
}

static void
decode_next (FrSearchFeed *self)
{
  while (self->n_decoding < DECODED_AT_ONCE && !g_queue_is_empty (&self->undecoded))
    {
      g_autoptr (FrHit) hit = g_queue_pop_head (&self->undecoded);

      if (fr_steady_list_is_waiting (self->list, hit))
        decode (self, hit);
    }
}

static void
preview_cb (FrSearchFeed *self, GParamSpec *pspec, FrHit *hit)
{
  gboolean has_picture = fr_hit_get_mine (hit) || fr_hit_get_preview (hit) != NULL;

  if (!has_picture || !fr_steady_list_is_waiting (self->list, hit) || g_queue_find (&self->undecoded, hit) != NULL)
    return;
  g_queue_push_tail (&self->undecoded, g_object_ref (hit));
  decode_next (self);
}

/* What is found */

static void
items_changed_cb (FrSearchFeed *self, guint position, guint removed, guint added)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (FrHit) hit = g_list_model_get_item (G_LIST_MODEL (self->search), i);

      fr_steady_list_put (self->list, hit, now_us);
      g_signal_connect_object (hit, "notify::preview", G_CALLBACK (preview_cb), self, G_CONNECT_SWAPPED);
      preview_cb (self, NULL, hit);
    }
  g_signal_emit (self, signals[WAITING], 0);
}

static void
hit_cb (FrSearchFeed *self, FrHit *hit)
{
  fr_steady_list_recheck (self->list, hit);
  g_signal_emit (self, signals[WAITING], 0);
}

static void
fr_search_feed_dispose (GObject *object)
{
  FrSearchFeed *self = FR_SEARCH_FEED (object);

  if (self->search != NULL)
    fr_search_feed_end (self);
  g_clear_object (&self->search);
  g_clear_object (&self->list);
  g_clear_object (&self->veil);
  g_clear_object (&self->loader);
  G_OBJECT_CLASS (fr_search_feed_parent_class)->dispose (object);
}

static void
fr_search_feed_finalize (GObject *object)
{
  FrSearchFeed *self = FR_SEARCH_FEED (object);

  g_queue_clear_full (&self->undecoded, g_object_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (fr_search_feed_parent_class)->finalize (object);
}

static void
fr_search_feed_class_init (FrSearchFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fr_search_feed_dispose;
  G_OBJECT_CLASS (klass)->finalize = fr_search_feed_finalize;
  signals[WAITING]
      = g_signal_new ("waiting", FR_TYPE_SEARCH_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fr_search_feed_init (FrSearchFeed *self)
{
  g_queue_init (&self->undecoded);
  self->cancellable = g_cancellable_new ();
}

/**
 * fr_search_feed_new:
 * @search: what is looked for; just begun
 * @loader: who decodes what has been found
 * @veil: what is trusted less
 *
 * Returns: (transfer full): its feed
 */
FrSearchFeed *
fr_search_feed_new (FrSearch *search, FrTextureLoader *loader, FrVeil *veil)
{
  FrSearchFeed *self = g_object_new (FR_TYPE_SEARCH_FEED, NULL);

  self->search = g_object_ref (search);
  self->loader = g_object_ref (loader);
  self->veil = g_object_ref (veil);
  self->list = fr_steady_list_new (get_trust, self);
  g_signal_connect_object (search, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "hit", G_CALLBACK (hit_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (search)));
  return self;
}

FrSearch *
fr_search_feed_get_search (FrSearchFeed *self)
{
  return self->search;
}

FrSteadyList *
fr_search_feed_get_list (FrSearchFeed *self)
{
  return self->list;
}

/**
 * fr_search_feed_count_asked:
 * @self: a feed
 *
 * Returns: how many people the search has come to, as far as is known
 */
guint
fr_search_feed_count_asked (FrSearchFeed *self)
{
  FrQueryXray xray;
  guint n = 0;

  if (fr_search_get_xray (self->search, &xray))
    for (guint i = 1; i < MIN (xray.n_hops, FR_QUERY_XRAY_HOPS); i++)
      n += xray.hops[i].asked;
  return MAX (n, fr_search_get_n_asked (self->search));
}

/**
 * fr_search_feed_end:
 * @self: a feed
 *
 * Stops the search, and all that goes on for it: another one is looked at.
 */
void
fr_search_feed_end (FrSearchFeed *self)
{
  g_cancellable_cancel (self->cancellable);
  fr_search_stop (self->search);
}

/**
 * fr_search_feed_begin_frame:
 * @self: a feed
 *
 * Lets in what can enter by now.
 *
 * Returns: %FALSE if nothing waits any more
 */
gboolean
fr_search_feed_begin_frame (FrSearchFeed *self)
{
  fr_steady_list_begin_frame (self->list, g_get_monotonic_time ());
  return fr_steady_list_get_deadline (self->list) != G_MAXINT64;
}
